"""The latest: every article as it comes in, by the day."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inkstand.articles.models import Article
from inkstand.reading.filters import without
from inkstand.web.kept.alike import alike
from inkstand.web.pages.cards import cards_of
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.sieve import filters_of
from inkstand.web.pages.turn import page
from inkstand.web.values import Card


@alike
def latest(request: HttpRequest) -> HttpResponse:
    now, filters = now_of(request), filters_of(request)
    seen = without(Article.objects.in_the_paper(now).filter(current__isnull=False), filters)
    articles, older = page(seen, request)
    return render(request, "latest.html", {"days": by_day(cards_of(articles, now, filters)), "older": older})


def by_day(cards: Iterable[Card]) -> list[list[Card]]:
    """`cards`, newest first, a list for each day of the paper's zone."""
    return [
        list(day)
        for _, day in groupby(cards, lambda card: card.published and timezone.localtime(card.published).date())
    ]
