"""Work of the readers' room that waits in the queue."""

from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.readers.forget import forget


@app.periodic(cron="40 3 * * *")
@app.task(name="readers.forget", queue="readers", queueing_lock="readers.forget", lock="readers.forget")
def nightly(timestamp: int) -> None:
    forget(now=clock.now())
