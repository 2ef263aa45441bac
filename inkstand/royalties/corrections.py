"""Corrections: a settled month stays as it is, and what was wrong with it is put right in the month that is open."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from inkstand.kit.months import month_of
from inkstand.royalties import ledger
from inkstand.royalties.errors import MonthNotSettled, NoSuchPublisher
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Booking, Period
from inkstand.royalties.months import told
from inkstand.titles.models import Publisher


def correct(*, of: date, currency: str, gains: Mapping[int, int], reference: str, why: str, now: datetime) -> Booking:
    """Gives each publisher in `gains` so many minor units more (or less, below zero) for the settled month `of`.

    What these do not sum to zero by is the operator's. Publishers see `why` on their next statement. The same
    reference twice is once. `MonthNotSettled`, `NoSuchPublisher`; `ReferenceTaken` where it was another correction.
    """
    if not Period.objects.filter(month=of).exclude(settled_at=None).exists():
        raise MonthNotSettled(month=told(of))
    known = Publisher.objects.filter(pk__in=gains).values_list("pk", flat=True)
    for unknown in sorted({*gains} - {*known}):
        raise NoSuchPublisher(publisher=unknown)
    moves = [(Place(Kind.PUBLISHER, publisher), minor) for publisher, minor in gains.items()]
    said = f"{told(of)}: {why}"
    return ledger.once(reference, moves[0], lambda: _book(moves, currency, reference, said, now))


def _book(moves: Sequence[tuple[Place, int]], currency: str, reference: str, why: str, now: datetime) -> Booking:
    return ledger.book(
        kind=Booking.Kind.CORRECTION,
        month=month_of(now),
        currency=currency,
        reference=reference,
        gains=[*moves, (Place(Kind.OPERATOR), -sum(minor for _, minor in moves))],
        now=now,
        why=why,
    )
