"""A section: World, Business, ... : the newest articles that any title files there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from inkstand.articles.models import Article
from inkstand.articles.sections import BY_SLUG
from inkstand.reading.filters import without
from inkstand.web.kept.alike import alike
from inkstand.web.pages.cards import cards_of
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.sieve import filters_of
from inkstand.web.pages.turn import page
from inkstand.web.values import ListView


@alike
def section(request: HttpRequest, slug: str) -> HttpResponse:
    wanted = BY_SLUG.get(slug)
    if wanted is None:
        raise Http404(slug)
    now, filters = now_of(request), filters_of(request)
    filed = Article.objects.in_the_paper(now).filter(section__in=wanted.spellings(), current__isnull=False)
    articles, older = page(without(filed, filters), request)
    cards = cards_of(articles, now, filters)
    view = ListView(name=str(wanted.name), cards=cards, older=older, feed=f"section/{slug}", follow=f"section:{slug}")
    return render(request, "list.html", {"view": view})
