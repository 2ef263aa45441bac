"""Turning the pages of a list by where the last one ended, so that page 500 costs what page 1 does, and an article
that comes in meanwhile moves nothing.
"""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from inkstand.articles.models import Article, Articles
from inkstand.kit.ids import is_id
from inkstand.web.pages.cards import with_stories

SIZE = 25
Row = TypeVar("Row", bound=Model)
Rows = TypeVar("Rows", bound=QuerySet[Any])


def page(articles: Articles, request: HttpRequest) -> tuple[list[Article], str]:
    """The page of `articles` (newest first) that `?before=ID` asks for, and the address of the one after, or ""."""
    wanted = before(articles, request, by="published_at", among=Article.objects.all()).newest()
    return leaf(with_stories(wanted), request, SIZE)


def before(rows: Rows, request: HttpRequest, *, by: str, among: QuerySet[Any]) -> Rows:
    """Of `rows`, the newest by `by` first, those below the one that `?before=ID` names: all where `among` has none."""
    mark = request.GET.get("before", "")
    last = among.filter(pk=int(mark)).values_list(by, "pk").first() if is_id(mark) else None
    if last is None:
        return rows
    at, pk = last
    return rows.filter(Q((f"{by}__lt", at)) | Q((by, at), pk__lt=pk))


def leaf(rows: QuerySet[Row], request: HttpRequest, size: int) -> tuple[list[Row], str]:
    """The first of them, and the address of the page after these, or ""."""
    found = list(rows[: size + 1])
    return found[:size], f"{request.path}?before={found[size - 1].pk}" if len(found) > size else ""
