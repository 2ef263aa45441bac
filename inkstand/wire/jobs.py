"""Work of the wire that waits in the queue."""

from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.wire import hubs
from inkstand.wire.read_pages import read_pages as read


@app.periodic(cron="*/5 * * * *")
@app.task(name="wire.subscribe_due", queue="wire", queueing_lock="wire.subscribe_due")
def subscribe_due(timestamp: int) -> None:
    """`timestamp` is when the queue says it was due; what is due to hubs is asked of the paper's own clock."""
    hubs.subscribe_due(now=clock.now())


@app.task(name="wire.read_pages", queue="wire")
def read_pages(articles: list[int]) -> None:
    read(articles, now=clock.now())
