"""What search engines ask for: robots.txt, and the sitemaps it names.

Articles stand in the news sitemap only where their publisher lets ours be the page to be found; our stories and lists,
which are nobody else's, always do.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from inkstand.api.feeds.serve import origin_of
from inkstand.articles.filled import filled
from inkstand.articles.models import Article
from inkstand.articles.sections import SECTIONS
from inkstand.kit import clock
from inkstand.ranking.page import main
from inkstand.stories.models import Story
from inkstand.titles.models import Title

# Google reads at most a thousand of the last two days.
NEWS_AGE: Final = timedelta(days=2)
MOST_NEWS: Final = 1000
MOST: Final = 50_000
_CACHE: Final = "public, max-age=300"
_PRIVATE: Final = ("/account/", "/desk/", "/mine/", "/search/", "/feeds/search")
_SPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_SPACE: Final = f'{_SPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def robots(request: HttpRequest) -> HttpResponse:
    closed = "".join(f"Disallow: {path}\n" for path in _PRIVATE)
    said = f"User-agent: *\n{closed}\nSitemap: {origin_of(request)}{reverse('sitemaps')}\n"
    return HttpResponse(said, content_type="text/plain; charset=utf-8", headers={"Cache-Control": _CACHE})


def sitemaps(request: HttpRequest) -> HttpResponse:
    origin = origin_of(request)
    maps = (f"<sitemap><loc>{origin}{reverse('sitemap', args=[name])}</loc></sitemap>" for name in _MAPS)
    return _xml(f"<sitemapindex {_SPACE}>{''.join(maps)}</sitemapindex>")


def sitemap(request: HttpRequest, name: str) -> HttpResponse:
    if name not in _MAPS:
        raise Http404(f"There is no sitemap {name}.")
    return _xml(_MAPS[name](origin_of(request), clock.now()))


def _pages(origin: str, now: datetime) -> str:
    lists = [reverse(name) for name in ("front", "latest", "picks", "good_news", "titles", "about")]
    there = filled(now)
    sections = (reverse("section", args=[section.slug]) for section in SECTIONS if section.slug in there)
    slugs = Title.objects.order_by("pk").values_list("slug", flat=True)[: MOST - len(lists) - len(SECTIONS)]
    titles = (reverse("title", args=[slug]) for slug in slugs)
    return _set(_SPACE, (f"<loc>{escape(origin + path)}</loc>" for path in (*lists, *sections, *titles)))


def _stories(origin: str, now: datetime) -> str:
    """Stories that more than one title tells, the last to move first."""
    told = Story.objects.filter(merged_into=None, titles__gt=1).order_by("-moved_at")
    rows = told.values_list("pk", "moved_at")[:MOST]
    return _set(_SPACE, (f"<loc>{origin}{reverse('story', args=[pk])}</loc>{_at('lastmod', at)}" for pk, at in rows))


def _news(origin: str, now: datetime) -> str:
    ours = Article.objects.in_the_paper(now).filter(title__terms__is_canonical=True, current__isnull=False)
    newest = ours.filter(published_at__gt=now - NEWS_AGE).newest()[:MOST_NEWS]
    rows = newest.values_list("pk", "published_at", "language", "title__language", "current__headline")
    return _set(_NEWS_SPACE, (_piece(origin, *row) for row in rows))


def _piece(origin: str, pk: int, at: datetime, language: str, of_title: str, headline: str) -> str:
    """The publication is the paper itself, on whose pages the articles stand; its language two or three letters."""
    spoken = main(language or of_title)
    publication = f"<news:name>{escape(settings.NAME)}</news:name><news:language>{spoken}</news:language>"
    return (
        f"<loc>{origin}{reverse('article', args=[pk])}</loc><news:news><news:publication>{publication}"
        f"</news:publication>{_at('news:publication_date', at)}<news:title>{escape(headline)}</news:title></news:news>"
    )


def _at(name: str, at: datetime) -> str:
    return f"<{name}>{at.isoformat(timespec='seconds')}</{name}>"


def _set(space: str, addresses: Iterable[str]) -> str:
    return f"<urlset {space}>{''.join(f'<url>{one}</url>' for one in addresses)}</urlset>"


def _xml(root: str) -> HttpResponse:
    whole = f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'
    return HttpResponse(whole, content_type="application/xml; charset=utf-8", headers={"Cache-Control": _CACHE})


_MAPS = {"pages": _pages, "stories": _stories, "news": _news}
