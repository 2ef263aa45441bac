"""Where your fee went: a reader's own receipt of a month, and whether receipts of past months are kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from inkstand.kit.money import Money
from inkstand.kit.months import month_of
from inkstand.royalties.errors import MonthUnreadable
from inkstand.royalties.models import Period
from inkstand.royalties.months import parsed, told
from inkstand.royalties.receipt import Receipt
from inkstand.royalties.receipts import keep_receipts, keeps_receipts, receipts
from inkstand.titles.models import Title
from inkstand.web.amounts import printed
from inkstand.web.pages.frame import now_of, signed_in_reader
from inkstand.web.values import Link


@dataclass(frozen=True, slots=True)
class Part:
    """One title's part of a fee; `hundredths` of the largest part is how long its bar is."""

    title: Link
    amount: str
    hundredths: int


@dataclass(frozen=True, slots=True)
class FeeView:
    month: date
    settled: bool
    kept: bool
    months: tuple[Link, ...]
    fees: tuple[tuple[str, tuple[Part, ...]], ...]


@login_required
@require_safe
def fee(request: HttpRequest, month: str = "") -> HttpResponse:
    reader, this = signed_in_reader(request), month_of(now_of(request))
    try:
        wanted = parsed(month) if month else this
    except MonthUnreadable as error:
        raise Http404(str(error)) from error
    return render(request, "fee.html", {"view": _view(reader.pk, wanted, this)})


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    keep_receipts(reader=signed_in_reader(request).pk, keep=request.POST.get("keep") == "1")
    return redirect("fee")


def _view(reader: int, month: date, this: date) -> FeeView:
    found = receipts(reader, month)
    names = Title.objects.in_bulk({title for one in found for title in one.went})
    settled = Period.objects.filter(month=month).exclude(settled_at=None).exists()
    fees = tuple((printed(Money(one.fee, one.currency)), tuple(_parts(one, names))) for one in found)
    return FeeView(month, settled, keeps_receipts(reader), tuple(_months(month, this)), fees)


def _parts(one: Receipt, names: dict[int, Title]) -> Iterator[Part]:
    most = max(one.went.values(), default=1)
    for title, minor in one.went.items():
        link = Link(names[title].name, reverse("title", args=[names[title].slug]))
        yield Part(link, printed(Money(minor, one.currency)), max(1, 100 * minor // most))


def _months(shown: date, this: date) -> Iterator[Link]:
    """This month and those settled, newest first."""
    settled = Period.objects.exclude(settled_at=None).order_by("-month").values_list("month", flat=True)[:12]
    for month in dict.fromkeys([this, *settled]):
        yield Link(told(month), reverse("fee", args=[told(month)]), current=month == shown)
