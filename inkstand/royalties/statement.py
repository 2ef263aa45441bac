"""What one publisher is told of one month: plain values, from the ledger and what the month was settled on."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from inkstand.royalties.errors import MonthNotSettled, NoSuchPublisher
from inkstand.royalties.ledger import Kind
from inkstand.royalties.models import Booking, Earning, Entry, Period, Tally
from inkstand.royalties.months import told
from inkstand.royalties.values import AT_LEAST, Pays, Ruling
from inkstand.titles.models import Publisher


@dataclass(frozen=True, slots=True)
class Earned:
    """A title's month by either rule, in minor units."""

    title: str
    user_centric: int
    pro_rata: int


@dataclass(frozen=True, slots=True)
class Read:
    """How a title was read in a month; None stands for fewer than AT_LEAST readers or readings."""

    title: str
    readings: int | None
    completed: int | None
    not_worth_it: int | None


@dataclass(frozen=True, slots=True)
class Money:
    """One currency of a statement, in minor units: `brought` + what was paid + corrections - `paid_out` = `owed`."""

    currency: str
    brought: int
    earned: tuple[Earned, ...]
    paid: int
    corrections: tuple[tuple[str, int], ...]
    paid_out: int
    owed: int


@dataclass(frozen=True, slots=True)
class Statement:
    publisher: str
    number: int
    month: date
    rule: Ruling
    read: tuple[Read, ...]
    money: tuple[Money, ...]

    def paid(self, earned: Earned) -> int:
        """Of both, what the month's rule pays."""
        return earned.user_centric if self.rule.pays == Pays.USER_CENTRIC else earned.pro_rata


def statement(publisher: int, month: date) -> Statement:
    """The same for ever: nothing of a settled month changes. `MonthNotSettled`, `NoSuchPublisher`."""
    rule = _rule(month)
    found = Publisher.objects.filter(pk=publisher).first()
    if found is None:
        raise NoSuchPublisher(publisher=publisher)
    return Statement(found.name, found.pk, month, rule, _read(publisher, month), _money(publisher, month))


def publishers(month: date) -> list[int]:
    """Everyone whose account has moved until the end of `month`, which is settled; else `MonthNotSettled`."""
    _rule(month)
    moved = Entry.objects.filter(account__kind=Kind.PUBLISHER, booking__period__lte=month)
    return sorted(moved.values_list("account__publisher", flat=True).distinct())


def _rule(month: date) -> Ruling:
    settled = Period.objects.select_related("rule").filter(month=month, rule__isnull=False).first()
    if settled is None or settled.rule is None:
        raise MonthNotSettled(month=told(month))
    return settled.rule.ruling()


def few(count: int) -> int | None:
    """None for a count so small that it would tell of single readers; none at all may be said."""
    return None if 0 < count < AT_LEAST else count


def read_of(tally: Tally) -> Read:
    """Where readers are few, nothing of them is told; else each count that is large enough itself."""
    if few(tally.readers) is None:
        return Read(tally.name, None, None, None)
    return Read(tally.name, few(tally.readings), few(tally.completed), few(tally.not_worth_it))


def _read(publisher: int, month: date) -> tuple[Read, ...]:
    tallies = Tally.objects.filter(period=month, publisher=publisher)
    return tuple(read_of(tally) for tally in tallies.order_by("title_id"))


def _money(publisher: int, month: date) -> tuple[Money, ...]:
    moved: defaultdict[str, dict[str, int]] = defaultdict(dict)
    until = Entry.objects.filter(account__publisher=publisher, booking__period__lte=month)
    for currency, minor in _by_currency(until.filter(booking__period__lt=month)):
        moved[currency]["brought"] = minor
    within = until.filter(booking__period=month)
    for kind in (Booking.Kind.SETTLEMENT, Booking.Kind.CORRECTION, Booking.Kind.PAY_OUT):
        for currency, minor in _by_currency(within.filter(booking__kind=kind)):
            moved[currency][kind] = minor
    return tuple(_one(publisher, month, currency, moved[currency]) for currency in sorted(moved))


def _by_currency(entries: QuerySet[Entry]) -> list[tuple[str, int]]:
    return list(entries.values_list("account__currency").annotate(minor=Sum("minor")).order_by())


def _one(publisher: int, month: date, currency: str, moved: Mapping[str, int]) -> Money:
    lines = Earning.objects.filter(period=month, publisher=publisher, currency=currency)
    corrections = Entry.objects.filter(
        account__publisher=publisher, booking__period=month, booking__kind="correction", booking__currency=currency
    )
    return Money(
        currency=currency,
        brought=moved.get("brought", 0),
        earned=tuple(Earned(e.name, e.user_centric, e.pro_rata) for e in lines.order_by("title_id")),
        paid=moved.get("settlement", 0),
        corrections=tuple(corrections.order_by("booking_id").values_list("booking__why", "minor")),
        paid_out=-moved.get("pay-out", 0),
        owed=sum(moved.values()),
    )
