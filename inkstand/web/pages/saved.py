"""What a reader saved, the newest first, with how far they came."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inkstand.reading.mine import of
from inkstand.web.pages.cards import by_id
from inkstand.web.pages.frame import now_of, signed_in_reader
from inkstand.web.pages.turn import before, leaf
from inkstand.web.values import Card

SIZE = 30


@dataclass(frozen=True, slots=True)
class Keepsake:
    """A saved article; `progress` None: not begun. `highlights`: how many passages the reader marked in it."""

    card: Card
    progress: int | None
    highlights: int = 0


@login_required
def saved(request: HttpRequest) -> HttpResponse:
    """Five statements, however many are saved."""
    own = of(signed_in_reader(request))
    rows, older = leaf(before(own.saved(), request, by="at", among=own.saved()), request, SIZE)
    ids = [row.article_id for row in rows]
    cards, marks = by_id(ids, now_of(request)), own.marks(ids)
    noted = list(own.highlights().filter(article__in=ids).values_list("article", flat=True))
    kept = [Keepsake(cards[pk], marks[pk].progress, noted.count(pk)) for pk in ids if pk in cards]
    return render(request, "mine/saved.html", {"kept": kept, "gone": len(ids) - len(kept), "older": older})
