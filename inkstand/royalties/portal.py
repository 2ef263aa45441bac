"""What a publisher sees of its titles, month by month: sums alone, nothing of a single reader.

Readings are told of settled months only. Shown day by day, a count that grows by one would tell of one reader.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from inkstand.articles.models import Article
from inkstand.kit.months import month_of
from inkstand.royalties import ledger
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Booking, Entry, Insider, Period, Tally
from inkstand.royalties.months import after
from inkstand.royalties.statement import Read, read_of
from inkstand.titles.models import Publisher

Month = date


@dataclass(frozen=True, slots=True)
class MonthSeen:
    """A publisher's month. `read` is empty until the month is settled; `earned` is minor units by currency, of the
    rule that paid, corrections that were booked in this month included.
    """

    month: Month
    settled: bool
    delivered: Mapping[str, int]
    read: tuple[Read, ...]
    earned: Mapping[str, int]


def publishers_of(reader: int) -> list[Publisher]:
    """Those whose months this reader may see; the only way to them."""
    seen = Insider.objects.filter(reader=reader, sees_months=True).values("publisher")
    return list(Publisher.objects.filter(pk__in=seen).order_by("name"))


def months_seen(publisher: int, first: Month, last: Month) -> list[MonthSeen]:
    """Each month from `first` to `last`, both included, the newest first; four statements however many."""
    delivered, read, earned = _delivered(publisher, first, last), _read(publisher, first, last), _earned(publisher)
    settled = set(Period.objects.exclude(settled_at=None).values_list("month", flat=True))
    months = [first]
    while months[-1] < last:
        months.append(after(months[-1]))
    return [
        MonthSeen(month, month in settled, delivered[month], tuple(read[month]), earned[month])
        for month in reversed(months)
    ]


def owed(publisher: int) -> dict[str, int]:
    """What stands on the publisher's account now, in minor units by currency."""
    return ledger.balances(Place(Kind.PUBLISHER, publisher))


def corrections_due(publisher: int, month: Month) -> list[tuple[str, int, str]]:
    """Booked in the month that runs, so on its statement to come: (currency, minor units, why). One statement."""
    booked = Entry.objects.filter(account__publisher=publisher, booking__period=month)
    rows = booked.filter(booking__kind=Booking.Kind.CORRECTION).order_by("booking")
    return list(rows.values_list("account__currency", "minor", "booking__why"))


def _delivered(publisher: int, first: Month, last: Month) -> defaultdict[Month, dict[str, int]]:
    """Articles published, by month and title's name."""
    bounds = [datetime.combine(month, time(), UTC) for month in (first, after(last))]
    rows = (
        Article.objects.filter(title__publisher=publisher, published_at__gte=bounds[0], published_at__lt=bounds[1])
        .annotate(month=TruncMonth("published_at", tzinfo=UTC))
        .values_list("month", "title__name")
        .annotate(count=Count("pk"))
        .order_by("title__name")
    )
    found: defaultdict[Month, dict[str, int]] = defaultdict(dict)
    for month, title, count in rows:
        found[month_of(month)][title] = count
    return found


def _read(publisher: int, first: Month, last: Month) -> defaultdict[Month, list[Read]]:
    tallies = Tally.objects.filter(publisher=publisher, period__gte=first, period__lte=last)
    found: defaultdict[Month, list[Read]] = defaultdict(list)
    for tally in tallies.order_by("name"):
        found[tally.period_id].append(read_of(tally))
    return found


def _earned(publisher: int) -> defaultdict[Month, dict[str, int]]:
    gains = Entry.objects.filter(account__publisher=publisher).exclude(booking__kind=Booking.Kind.PAY_OUT)
    rows = gains.values_list("booking__period", "account__currency").annotate(minor=Sum("minor")).order_by()
    found: defaultdict[Month, dict[str, int]] = defaultdict(dict)
    for month, currency, minor in rows:
        found[month][currency] = minor
    return found
