"""Work of the search room that waits in the queue."""

from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.search import fill


@app.task(name="search.catch_up", queue="search", lock="search")
def catch_up() -> None:
    """What was published or revised is to be found: whoever did it wakes this."""
    fill.catch_up(now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="search.catch_up_again", queue="search", lock="search", queueing_lock="search.catch_up_again")
def catch_up_again(timestamp: int) -> None:
    """Should nobody have woken us. `timestamp` is when the queue says it was due."""
    fill.catch_up(now=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="search.refresh", queue="search", lock="search", queueing_lock="search.refresh")
def refresh(timestamp: int) -> None:
    """Terms change and texts expire without a revision."""
    fill.refresh(now=clock.now())
