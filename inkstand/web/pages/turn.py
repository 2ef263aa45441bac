"""Turning the pages of a list by where the last one ended, so that page 500 costs what page 1 does, and an article
that comes in meanwhile moves nothing.
"""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest

from inkstand.articles.models import Article, Articles
from inkstand.kit.ids import is_id
from inkstand.web.pages.cards import with_stories

SIZE = 25


def page(articles: Articles, request: HttpRequest) -> tuple[list[Article], str]:
    """The page of `articles` (newest first) that `?before=ID` asks for, and the address of the one after, or ""."""
    wanted = _before(articles, request.GET.get("before", "")).newest()
    found = list(with_stories(wanted)[: SIZE + 1])
    return found[:SIZE], f"{request.path}?before={found[SIZE - 1].pk}" if len(found) > SIZE else ""


def _before(articles: Articles, mark: str) -> Articles:
    last = _place(mark) if is_id(mark) else ()
    if not last:
        return articles
    published, pk = last
    return articles.filter(Q(published_at__lt=published) | Q(published_at=published, pk__lt=pk))


def _place(mark: str) -> Sequence[object]:
    return Article.objects.filter(pk=int(mark)).values_list("published_at", "pk").first() or ()
