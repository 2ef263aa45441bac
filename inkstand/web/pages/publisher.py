"""A publisher's own pages: what it delivered, how it was read, what it earned, its papers. Never a single reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from inkstand.kit.money import Money
from inkstand.kit.months import month_of, months_on
from inkstand.royalties.errors import MonthNotSettled, MonthUnreadable
from inkstand.royalties.months import parsed, told
from inkstand.royalties.papers import papers
from inkstand.royalties.portal import MonthSeen, corrections_due, months_seen, owed, publishers_of
from inkstand.royalties.statement import Read
from inkstand.titles.models import Publisher
from inkstand.web.amounts import printed
from inkstand.web.pages.frame import now_of, signed_in_reader
from inkstand.web.values import Link

MONTHS = 12
_TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json", "pem": "text/plain"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A month in a plot: `height` is hundredths of the tallest."""

    month: date
    said: str
    height: int


@dataclass(frozen=True, slots=True)
class Plot:
    currency: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A month as its table says it; counts are None where they are under ten."""

    month: date
    settled: bool
    delivered: int
    read: tuple[Read, ...]
    earned: tuple[str, ...]
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PublisherView:
    name: str
    owed: tuple[str, ...]
    due: tuple[tuple[str, str], ...]
    plots: tuple[Plot, ...]
    rows: tuple[Row, ...]
    others: tuple[Link, ...]


@login_required
@require_safe
def publishers(request: HttpRequest) -> HttpResponse:
    """The reader's publisher; where they see several, the first, which leads to the others."""
    mine = _mine(request)
    if not mine:
        raise Http404("No publisher's months are open to you. Ask whoever runs this paper.")
    return redirect("publisher", mine[0].pk)


@login_required
@require_safe
def publisher(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request)
    found = _found(mine, pk)
    this = month_of(now_of(request))
    months = months_seen(found.pk, months_on(this, 1 - MONTHS), this)
    view = PublisherView(
        name=found.name,
        owed=tuple(printed(Money(minor, currency)) for currency, minor in owed(found.pk).items()),
        due=tuple((printed(Money(minor, currency)), why) for currency, minor, why in corrections_due(found.pk, this)),
        plots=tuple(_plots(months)),
        rows=tuple(_row(found.pk, month) for month in months if month.delivered or month.read or month.earned),
        others=tuple(Link(one.name, reverse("publisher", args=[one.pk]), one == found) for one in mine),
    )
    return render(request, "publisher.html", {"view": view})


@login_required
@require_safe
def paper(request: HttpRequest, pk: int, month: str, name: str) -> HttpResponse:
    """One file of a settled month's papers."""
    found = _found(_mine(request), pk)
    try:
        files = papers(found.pk, parsed(month), settings.HOME)
    except (MonthNotSettled, MonthUnreadable) as error:
        raise Http404(str(error)) from error
    if name not in files:
        raise Http404(f"There is no paper {name}.")
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    said = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(files[name], content_type=kind, headers=said)


def _mine(request: HttpRequest) -> list[Publisher]:
    return publishers_of(signed_in_reader(request).pk)


def _found(mine: Iterable[Publisher], pk: int) -> Publisher:
    found = next((one for one in mine if one.pk == pk), None)
    if found is None:
        raise Http404("This publisher's months are not open to you.")
    return found


def _row(pk: int, seen: MonthSeen) -> Row:
    name = f"{told(seen.month)}-publisher-{pk}"
    kept = (("PDF", f"{name}.pdf"), ("CSV", f"{name}.csv"), ("JSON", f"{told(seen.month)}-inputs.json"))
    files = (Link(kind, reverse("paper", args=[pk, told(seen.month), file])) for kind, file in kept)
    return Row(
        month=seen.month,
        settled=seen.settled,
        delivered=sum(seen.delivered.values()),
        read=seen.read,
        earned=tuple(printed(Money(minor, currency)) for currency, minor in seen.earned.items()),
        files=tuple(files) if seen.settled else (),
    )


def _plots(months: Sequence[MonthSeen]) -> list[Plot]:
    """Earnings by month, oldest first, a plot for each currency."""
    currencies = sorted({currency for month in months for currency in month.earned})
    return [Plot(currency, tuple(_bars(currency, months))) for currency in currencies]


def _bars(currency: str, months: Sequence[MonthSeen]) -> list[Bar]:
    most = max(1, *(month.earned.get(currency, 0) for month in months))
    return [_bar(month.month, month.earned.get(currency, 0), currency, most) for month in reversed(months)]


def _bar(month: date, minor: int, currency: str, most: int) -> Bar:
    return Bar(month, printed(Money(minor, currency)), max(0, 100 * minor // most))
