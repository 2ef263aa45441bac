"""Errands carried out: one at a time, and marked in the transaction that held it, so that none is ever lost.

Killed between the bringing and the mark, the transaction is gone and the errand waits again: whoever was being brought
something then is brought it twice. Many workers may carry at once; each passes over what another holds.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from inkstand.editions.models import Errand

Outcome = Errand.Outcome
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)


class NotNow(Exception):
    """It cannot be brought at present: it waits, longer each time."""


Bring = Callable[[Errand], Outcome]


def waiting(way: Errand.Way, now: datetime) -> QuerySet[Errand]:
    """What waits longest first, held for whoever asks to the end of their transaction."""
    due = Errand.objects.filter(way=way, done_at=None, next_at__lte=now).order_by("next_at", "pk")
    return due.select_for_update(skip_locked=True, of=("self",)).select_related("reader", "edition")


def carry_next(way: Errand.Way, bring: Bring, now: datetime) -> bool:
    """The errand that waits longest; False where none waits."""
    with transaction.atomic():
        if (errand := waiting(way, now).first()) is None:
            return False
        carry(errand, bring, now)
    return True


def carry(errand: Errand, bring: Bring, now: datetime) -> None:
    """Brings it and notes how that went."""
    try:
        errand.outcome = Outcome.LATE if now >= errand.until else bring(errand)
        errand.done_at = now
    except NotNow:
        errand.next_at = now + wait(errand.tries)
    errand.tries += 1
    errand.save(update_fields=["outcome", "done_at", "next_at", "tries"])


def wait(tries: int) -> timedelta:
    """How long after so many tries in vain."""
    doubled: int = 2 ** min(tries, 10)
    return min(LONGEST_WAIT, FIRST_WAIT * doubled)
