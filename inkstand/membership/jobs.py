"""Membership's work by the clock."""

from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.membership import crowd, trial_letters


@app.periodic(cron="*/5 * * * *")
@app.task(name="membership.letters", queue="membership", queueing_lock="membership.letters")
def letters(timestamp: int) -> None:
    trial_letters.send_due(now=clock.now())


@app.periodic(cron="7 * * * *")
@app.task(name="membership.forget", queue="membership", queueing_lock="membership.forget")
def forget(timestamp: int) -> None:
    """Yesterday's salt and counts of address ranges."""
    crowd.forget(now=clock.now())
