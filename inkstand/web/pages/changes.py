"""What changed in an article: at `/article/ID/changes/` each revision beside the one before, at `…/changes/N/` all
since revision N. The gate decides as it does for the article: whoever may not read it sees its headlines alone."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, pairwise

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from markupsafe import Markup

from inkstand.articles.models import Article, Revision
from inkstand.kit.html import compare
from inkstand.membership.values import Open, Teaser
from inkstand.web.kept.alike import alike
from inkstand.web.pages import cards as of
from inkstand.web.pages.article import charge, decide, free_of
from inkstand.web.pages.frame import now_of, standing
from inkstand.web.values import Change, ChangesView, Stretch

SHOWN = 12
CONTEXT = 1
"""Unchanged blocks that are shown on either side of a change."""


@alike
def changes(request: HttpRequest, pk: int, since: int = 0) -> HttpResponse:
    now = now_of(request)
    found = get_object_or_404(Article.objects.whole(), pk=pk)
    free = free_of(request, pk, now)
    answer = decide(found, standing(request), free, now)
    response = render(request, "changes.html", {"view": view_of(found, answer, since)}, status=_status(found))
    if isinstance(answer, Open) and answer.metered:
        charge(request, response, pk, free, now)
    return response


def _status(found: Article) -> int:
    return 410 if found.withdrawn_at else 200


def view_of(found: Article, answer: Open | Teaser, since: int = 0) -> ChangesView:
    """One statement: the revisions, their bodies only where the gate opened this article."""
    withheld = isinstance(answer, Teaser)
    kept = found.revisions.order_by("number")
    states = list(kept.defer("body") if withheld else kept) if not found.withdrawn_at else []
    if since:
        states = [state for state in states if state.number in (since, found.current.number)]  # type: ignore[union-attr]
        if not states or states[0].number != since:
            raise Http404("This article has no such revision.")
    pairs = list(pairwise(states[-SHOWN - 1 :]))
    told = (change(before, after, withheld=withheld) for before, after in reversed(pairs))
    return ChangesView(
        card=of.card_of(found),
        original=found.url,
        changes=tuple(each for each in told if each.headline or each.standfirst or each.stretches),
        reason=str(answer.reason) if isinstance(answer, Teaser) else "",
        first=_when(states[0]) if states else None,
        since=since,
    )


def change(before: Revision, after: Revision, *, withheld: bool = False) -> Change:
    """What `after` says otherwise than `before`. `withheld`: of the headline alone."""
    parts = () if withheld else compare.compare(before.body, after.body)
    return Change(
        number=after.number,
        at=_when(after),
        headline=_line(before.headline, after.headline),
        standfirst="" if withheld else _line(before.standfirst, after.standfirst),
        stretches=tuple(_stretches(parts)) if any(part.kind != "same" for part in parts) else (),
        added=sum(part.added for part in parts),
        removed=sum(part.removed for part in parts),
    )


def _when(state: Revision) -> datetime:
    return state.updated_at or state.received_at


def _line(before: str, after: str) -> str:
    part = compare.compare_lines(before, after)
    return "" if part.kind == "same" else _safe(part.html)


def _stretches(parts: Sequence[compare.Part]) -> Iterator[Stretch]:
    """The blocks in runs: what changed with a line of what stands around it, and what stayed, folded."""
    near = [
        any(part.kind != "same" for part in parts[max(0, at - CONTEXT) : at + CONTEXT + 1]) for at in range(len(parts))
    ]
    for shown, run in groupby(zip(near, parts, strict=True), key=lambda pair: pair[0]):
        blocks = [part for _, part in run]
        yield Stretch(_safe(compare.printed(blocks)), folded=0 if shown else len(blocks))


def _safe(html: str) -> str:
    return Markup(html)  # noqa: S704 - made of sanitised bodies, and of plain lines by compare, which escapes them
