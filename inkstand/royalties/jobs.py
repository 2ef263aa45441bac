"""Work of the royalties room that waits in the queue."""

from django.conf import settings
from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.royalties.settle import due, settle


@app.periodic(cron="0 3 * * *")
@app.task(name="royalties.settle", queue="royalties", lock="royalties.settle")
def settle_due(timestamp: int) -> None:
    """Every night; on most there is nothing to settle."""
    for month in due(clock.now()):
        settle(month, now=clock.now(), home=settings.HOME)
