"""`/highlights/`: all that a reader marked, the newest first, by article; and the same as Markdown to take along."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inkstand.reading.export import markdown
from inkstand.reading.mine import Mine, of
from inkstand.web.pages import cards
from inkstand.web.pages.frame import signed_in_reader
from inkstand.web.values import Marked, Passage

SHOWN = 500


@login_required
def highlights(request: HttpRequest) -> HttpResponse:
    return render(request, "mine/highlights.html", {"marked": marked(of(signed_in_reader(request)))})


@login_required
def highlights_markdown(request: HttpRequest) -> HttpResponse:
    text = "".join(markdown(of(signed_in_reader(request))))
    headers = {"Content-Disposition": 'attachment; filename="highlights.md"', "Cache-Control": "private, no-store"}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


def marked(mine: Mine) -> tuple[Marked, ...]:
    """What they marked is theirs: it stays where the article may no longer be read. One statement."""
    rows = mine.highlights().select_related("article__current", "article__title")[:SHOWN]
    newest = {row.article_id: number for number, row in reversed(list(enumerate(rows)))}
    told = sorted(rows, key=lambda row: (newest[row.article_id], row.start))
    return tuple(
        Marked(cards.card_of(article), tuple(Passage(row.quote, row.note, row.at) for row in passages))
        for article, passages in groupby(told, key=lambda row: row.article)
    )
