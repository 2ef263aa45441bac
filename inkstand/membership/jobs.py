"""Membership's work by the clock."""

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.membership import crowd, free_notes, groups, letters, trial_letters
from inkstand.membership.models import Group


@app.periodic(cron="*/5 * * * *")
@app.task(name="membership.letters", queue="membership", queueing_lock="membership.letters")
def trials(timestamp: int) -> None:
    """In a paper that is open to everyone a trial means nothing, so nothing is written of one."""
    if settings.ACCESS == "open":
        return
    trial_letters.send_due(now=clock.now())


@app.periodic(cron="7 * * * *")
@app.task(name="membership.forget", queue="membership", queueing_lock="membership.forget")
def forget(timestamp: int) -> None:
    """Yesterday's salt and counts of address ranges; last month's notes of free articles."""
    crowd.forget(now=clock.now())
    free_notes.forget(now=clock.now())


@app.task(name="membership.invite", queue="membership", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
def invite(group: int, email: str) -> None:
    found = Group.objects.filter(pk=group).first()
    if found:
        letters.send(letters.invitation(found.name, groups.invitation(found, email)), email)
