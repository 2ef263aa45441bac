"""Work of the royalties room that waits in the queue."""

from django.conf import settings
from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.royalties.collect import collect
from inkstand.royalties.settle import due, settle
from inkstand.royalties.worth import tell_ranking


@app.periodic(cron="0 3 * * *")
@app.task(name="royalties.settle", queue="royalties", lock="royalties.settle")
def settle_due(timestamp: int) -> None:
    """Every night; on most there is nothing to settle."""
    collect(now=clock.now())
    for month in due(clock.now()):
        settle(month, now=clock.now(), home=settings.HOME)


@app.periodic(cron="*/10 * * * *")
@app.task(name="royalties.worth", queue="royalties", queueing_lock="royalties.worth")
def tell_worth(timestamp: int) -> None:
    tell_ranking(now=clock.now())


@app.periodic(cron="41 * * * *")
@app.task(name="royalties.collect", queue="royalties", lock="royalties.settle")
def collect_paid(timestamp: int) -> None:
    """What members have paid since; by the hour, so that a month's last payments are in before it is settled."""
    collect(now=clock.now())
