"""Work of the reading room that waits in the queue."""

from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.reading.forget import forget


@app.periodic(cron="20 3 * * *")
@app.task(name="reading.forget", queue="reading", lock="reading.forget", queueing_lock="reading.forget")
def forget_by_night(timestamp: int) -> None:
    forget(now=clock.now())
