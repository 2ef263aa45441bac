"""What a reader read, by the day: to be searched, forgotten one by one, or all at once. Theirs alone.

Like saved articles it is the reader's own record: what they hide elsewhere stands in it until they take it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inkstand.reading.mine import of
from inkstand.reading.models import Read
from inkstand.web.pages.cards import by_id
from inkstand.web.pages.frame import now_of, signed_in_reader
from inkstand.web.pages.turn import before, leaf
from inkstand.web.values import Card

SIZE = 40
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An article that was read: `at` when last, `progress` how far, in hundredths."""

    card: Card
    at: datetime
    progress: int


@dataclass(frozen=True, slots=True)
class HistoryView:
    """`days` is how long it is kept: 0 is off, None for good. `query` is what was searched for in it."""

    days: int | None
    lines: tuple[tuple[Line, ...], ...] = ()
    query: str = ""
    older: str = ""


@login_required
def history(request: HttpRequest) -> HttpResponse:
    """Three statements: the preferences, the rows, the cards."""
    own, query = of(signed_in_reader(request)), request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    shown = searched(own.history(), query)
    rows, older = leaf(before(shown, request, by="last_at", among=shown), request, SIZE)
    cards = by_id((row.article_id for row in rows), now_of(request))
    lines = [Line(cards[row.article_id], row.last_at, row.progress) for row in rows if row.article_id in cards]
    view = HistoryView(own.preferences().history_days, by_day(lines), query, "" if query else older)
    return render(request, "mine/history.html", {"view": view})


def searched(rows: QuerySet[Read], query: str) -> QuerySet[Read]:
    """Those whose headline or title says every word."""
    shown = rows.filter(article__withdrawn_at=None, article__current__isnull=False)
    for word in query.split():
        shown = shown.filter(Q(article__current__headline__icontains=word) | Q(article__title__name__icontains=word))
    return shown


def by_day(lines: Iterable[Line]) -> tuple[tuple[Line, ...], ...]:
    def day(line: Line) -> date:
        return timezone.localtime(line.at).date()

    return tuple(tuple(run) for _, run in groupby(lines, day))
