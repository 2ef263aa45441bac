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

from inkstand.kit.ids import is_id
from inkstand.reading.mine import of
from inkstand.reading.models import Read
from inkstand.web.pages.cards import by_id
from inkstand.web.pages.frame import now_of, signed_in_reader
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
    rows = list(before(searched(own.history(), query), request.GET.get("before", ""))[: SIZE + 1])
    cards = by_id((row.article_id for row in rows[:SIZE]), now_of(request))
    lines = [Line(cards[row.article_id], row.last_at, row.progress) for row in rows[:SIZE] if row.article_id in cards]
    older = f"?before={rows[SIZE - 1].pk}" if len(rows) > SIZE and not query else ""
    view = HistoryView(own.preferences().history_days, by_day(lines), query, older)
    return render(request, "mine/history.html", {"view": view})


def searched(rows: QuerySet[Read], query: str) -> QuerySet[Read]:
    """Those whose headline or title says every word."""
    shown = rows.filter(article__withdrawn_at=None, article__current__isnull=False)
    for word in query.split():
        shown = shown.filter(Q(article__current__headline__icontains=word) | Q(article__title__name__icontains=word))
    return shown


def before(rows: QuerySet[Read], mark: str) -> QuerySet[Read]:
    """Where the page before ended; another reader's mark, or none, is the beginning."""
    last = rows.filter(pk=int(mark)).values_list("last_at", "pk").first() if is_id(mark) else None
    if last is None:
        return rows
    at, pk = last
    return rows.filter(Q(last_at__lt=at) | Q(last_at=at, pk__lt=pk))


def by_day(lines: Iterable[Line]) -> tuple[tuple[Line, ...], ...]:
    def day(line: Line) -> date:
        return timezone.localtime(line.at).date()

    return tuple(tuple(run) for _, run in groupby(lines, day))
