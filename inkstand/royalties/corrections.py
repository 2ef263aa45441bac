"""Corrections: a settled month stays as it is, and what was wrong with it is put right in the month that is open."""

from collections.abc import Mapping
from datetime import date, datetime

from inkstand.kit.months import month_of
from inkstand.royalties import ledger
from inkstand.royalties.errors import MonthNotSettled
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Booking, Period
from inkstand.royalties.months import told


def correct(*, of: date, currency: str, gains: Mapping[int, int], reference: str, why: str, now: datetime) -> Booking:
    """Gives each publisher in `gains` so many minor units more (or less, below zero) for the settled month `of`.

    What these do not sum to zero by is the operator's. Publishers see `why` on their next statement.
    """
    if not Period.objects.filter(month=of).exclude(settled_at=None).exists():
        raise MonthNotSettled(month=told(of))
    return ledger.book(
        kind=Booking.Kind.CORRECTION,
        month=month_of(now),
        currency=currency,
        reference=reference,
        gains=[
            *((Place(Kind.PUBLISHER, publisher), minor) for publisher, minor in gains.items()),
            (Place(Kind.OPERATOR), -sum(gains.values())),
        ],
        now=now,
        why=f"{told(of)}: {why}",
    )
