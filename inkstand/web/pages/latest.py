"""The latest: every article as it comes in, by the day."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inkstand.articles.models import Article
from inkstand.web.kept.alike import alike
from inkstand.web.pages.cards import card_of
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.turn import page
from inkstand.web.values import Card


@alike
def latest(request: HttpRequest) -> HttpResponse:
    articles, older = page(Article.objects.in_the_paper(now_of(request)).filter(current__isnull=False), request)
    return render(request, "latest.html", {"days": by_day(map(card_of, articles)), "older": older})


def by_day(cards: Iterable[Card]) -> list[list[Card]]:
    """`cards`, newest first, a list for each day of the paper's zone."""
    return [
        list(day)
        for _, day in groupby(cards, lambda card: card.published and timezone.localtime(card.published).date())
    ]
