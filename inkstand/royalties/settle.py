"""Settles a month: both rules computed, one paid, the inputs published and signed, the readers' numbers thrown away.

All in one transaction: a month is settled wholly or not at all, and never again.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Sum

from inkstand.royalties import ledger, seal
from inkstand.royalties.divide import Divided, Pot, divided
from inkstand.royalties.errors import EarlierMonthOpen, MonthClosed, MonthNotOver
from inkstand.royalties.gather import cells, gather
from inkstand.royalties.groups import grouped
from inkstand.royalties.inputs import inputs
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Booking, Earning, Inputs, MonthsFee, Period, Pulse, Reading, Rule
from inkstand.royalties.months import after, told
from inkstand.royalties.periods import period
from inkstand.royalties.receipts import write_receipts
from inkstand.royalties.rules import rule_for
from inkstand.royalties.values import Listed, Pays
from inkstand.titles.models import Title

GRACE = timedelta(days=1)
"""A ticket of the month's last hour may beat into the next day; payments of its last day may come in late."""


@transaction.atomic
def settle(month: date, *, now: datetime, home: Path) -> Period:
    """Settles `month`; `home` holds the key it is signed with. Months are settled in their order, once over."""
    period(month)
    settling = Period.objects.select_for_update().get(month=month)
    _refuse(settling, now)
    rule = rule_for(month)
    paid = gather(month, rule.ruling())
    pots = _divided(month, paid)
    titles = _read_titles(pots)
    for pot in pots:
        _book(settling, rule, pot, titles, now)
    listed = [Listed(title.pk, title.name, title.publisher.name) for title in titles.values()]
    text = inputs(month, rule.ruling(), listed, pots)
    Inputs.objects.create(period=settling, text=text, signature=seal.signature(home, text.encode()))
    write_receipts(settling, {pot.pot.currency: pot.amounts.get(Pays(rule.pays), {}) for pot in pots}, rule.pays)
    _throw_away(settling)
    settling.rule, settling.settled_at, settling.key = rule, now, None
    settling.save(update_fields=["rule", "settled_at", "key"])
    return settling


def ready_from(month: date) -> datetime:
    return datetime.combine(after(month), datetime.min.time(), UTC) + GRACE


def due(now: datetime) -> list[date]:
    """Months with something in them that are over and not settled yet, in their order."""
    months = Period.objects.filter(settled_at=None).order_by("month").values_list("month", flat=True)
    return [month for month in months if ready_from(month) <= now]


def _refuse(settling: Period, now: datetime) -> None:
    month = settling.month
    if settling.settled_at:
        raise MonthClosed(month=told(month))
    if now < (ready := ready_from(month)):
        raise MonthNotOver(month=told(month), ready=ready.date())
    if earlier := Period.objects.filter(month__lt=month, settled_at=None).order_by("month").first():
        raise EarlierMonthOpen(month=told(month), earlier=told(earlier.month))


def _divided(month: date, paid: Sequence[tuple[str, int, int]]) -> list[Divided]:
    counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for currency, fee, readers in paid:
        counts[currency][fee] = readers
    groups = {currency: grouped(by_fee.items()) for currency, by_fee in counts.items()}
    found = cells(groups)
    return [
        divided(pot, groups.get(pot.currency, []), counts[pot.currency], found[pot.currency]) for pot in _pots(month)
    ]


def _read_titles(pots: Sequence[Divided]) -> dict[int, Title]:
    """Every title some pot pays, by number, in their order."""
    wanted = {title for pot in pots for title in pot.weights}
    return {title.pk: title for title in Title.objects.filter(pk__in=wanted).select_related("publisher").order_by("pk")}


def _pots(month: date) -> list[Pot]:
    """What stands in the month's pots; of that, what was not paid for this month was brought from the one before."""
    fees = dict(
        MonthsFee.objects.filter(period_id=month).values_list("currency").annotate(minor=Sum("minor")).order_by()
    )
    pots = ledger.balances(Place(Kind.POT, month=month))
    return [Pot(currency, minor, minor - fees.get(currency, 0)) for currency, minor in sorted(pots.items())]


def _book(settling: Period, rule: Rule, pot: Divided, titles: Mapping[int, Title], now: datetime) -> None:
    """The pot to the publishers, or to the next month where nobody read."""
    month, currency, minor = settling.month, pot.pot.currency, pot.pot.minor
    owed: Counter[int] = Counter()
    if pot.amounts:
        _write_earnings(settling, pot, titles)
        for title, amount in pot.amounts[Pays(rule.pays)].items():
            owed[titles[title].publisher_id] += amount
    ledger.book(
        kind=Booking.Kind.SETTLEMENT if pot.amounts else Booking.Kind.CARRY,
        month=month,
        currency=currency,
        reference=f"settlement {told(month)} {currency}",
        gains=[
            (Place(Kind.POT, month=month), -minor),
            *((Place(Kind.PUBLISHER, publisher), amount) for publisher, amount in owed.items()),
            (Place(Kind.POT, month=after(month)), 0 if pot.amounts else minor),
        ],
        now=now,
        why=f"rule {rule.version}",
    )


def _write_earnings(settling: Period, pot: Divided, titles: Mapping[int, Title]) -> None:
    Earning.objects.bulk_create(
        Earning(
            period=settling,
            title_id=title,
            publisher_id=titles[title].publisher_id,
            name=titles[title].name,
            currency=pot.pot.currency,
            user_centric=pot.amounts[Pays.USER_CENTRIC][title],
            pro_rata=pot.amounts[Pays.PRO_RATA][title],
        )
        for title in pot.weights
    )


def _throw_away(settling: Period) -> None:
    """Who read and paid what: nobody can tell any more. The sums are in the tallies, earnings and inputs."""
    for table in (Reading, Pulse, MonthsFee):
        table.objects.filter(period=settling).delete()
