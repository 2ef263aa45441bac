"""Work of the editions room that waits in the queue."""

from procrastinate.contrib.django import app

from inkstand.editions.own import print_own
from inkstand.editions.printing import print_public
from inkstand.kit import clock


@app.periodic(cron="* * * * *")
@app.task(name="editions.print", queue="editions", queueing_lock="editions.print", lock="editions.print")
def print_editions(timestamp: int) -> None:
    now = clock.now()
    print_public(now)
    print_own(now)
