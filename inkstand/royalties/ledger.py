"""The double-entry ledger: every booking says what each account gains, and sums to zero. The database holds it to that.

An account's balance is the sum of its entries. `members` is where money comes from and runs negative; what stands on
a publisher's account is owed to them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, Sum

from inkstand.royalties.errors import ReferenceTaken
from inkstand.royalties.models import Account, Booking, Entry
from inkstand.royalties.periods import make

Kind = Account.Kind


@dataclass(frozen=True, slots=True)
class Place:
    """An account by what it is: pots have a month, publishers' accounts a publisher, the others neither."""

    kind: str
    publisher: int | None = None
    month: date | None = None


@transaction.atomic
def book(
    *,
    kind: str,
    month: date,
    currency: str,
    reference: str,
    gains: Iterable[tuple[Place, int]],
    now: datetime,
    of: Booking | None = None,
    why: str = "",
) -> Booking:
    """Writes one booking. Places that gain nothing are left out; what does not sum to zero fails at commit."""
    moves = [(place, minor) for place, minor in gains if minor]
    make({place.month for place, _ in moves if place.month} | {month})
    accounts = _accounts([place for place, _ in moves], currency)
    made = Booking.objects.create(
        kind=kind,
        period_id=month,
        currency=currency,
        reference=reference,
        entries=len(moves),
        of=of,
        why=why,
        booked_at=now,
    )
    Entry.objects.bulk_create(Entry(booking=made, account_id=accounts[place], minor=minor) for place, minor in moves)
    return made


def once(reference: str, gained: tuple[Place, int], write: Callable[[], Booking]) -> Booking:
    """What is booked under `reference`, now or before; `ReferenceTaken` where that is not what `gained` says: the
    account and what it gained.
    """
    found = Booking.objects.filter(reference=reference).first()
    if found is None:
        try:
            with transaction.atomic():
                return write()
        except IntegrityError:
            # The same event came twice at once and the other was first, or the month was settled while we waited
            # for it: the second try finds the next one open. Any other trouble comes again, and is not hidden.
            if (found := Booking.objects.filter(reference=reference).first()) is None:
                with transaction.atomic():
                    return write()
    if _gained(found, gained[0]) != gained[1]:
        raise ReferenceTaken(reference=reference)
    return found


def _gained(booking: Booking, place: Place) -> int:
    return Entry.objects.filter(_at(place), booking=booking).aggregate(minor=Sum("minor"))["minor"] or 0


def _accounts(places: list[Place], currency: str) -> dict[Place, int]:
    """Ids of the accounts, made where they are not yet; two statements however many."""
    Account.objects.bulk_create(
        (Account(kind=p.kind, publisher_id=p.publisher, period_id=p.month, currency=currency) for p in places),
        ignore_conflicts=True,
    )
    kinds = {place.kind for place in places}
    rows = Account.objects.filter(currency=currency, kind__in=kinds)
    found = {Place(a.kind, a.publisher_id, a.period_id): a.pk for a in rows}
    return {place: found[place] for place in places}


def balances(place: Place) -> dict[str, int]:
    """What stands on an account, in minor units by currency."""
    rows = Entry.objects.filter(_at(place)).values_list("account__currency").annotate(minor=Sum("minor"))
    return {currency: int(minor) for currency, minor in rows if minor}


def _at(place: Place) -> Q:
    return Q(account__kind=place.kind, account__publisher=place.publisher, account__period=place.month)
