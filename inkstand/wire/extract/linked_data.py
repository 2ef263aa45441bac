"""What a page says of itself: schema.org in JSON-LD first, then Open Graph and plain meta tags."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from inkstand.articles.byline import people
from inkstand.articles.values import Picture
from inkstand.kit.html import as_html, text
from inkstand.kit.urls import canonical, join
from inkstand.wire.dates import instant
from inkstand.wire.extract.page import Page

_MAX_JSON = 2_000_000
_MAX_NODES = 2_000
_ARTICLE = ("article", "posting", "report", "review", "analysis")
_AUTHOR_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
)
_PUBLISHED_METAS = ("article:published_time", "datepublished", "parsely-pub-date", "pubdate", "date", "dc.date.issued")
_UPDATED_METAS = ("article:modified_time", "og:updated_time", "datemodified", "lastmod")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says of its article; empty where it says nothing. `body` is clean HTML."""

    headline: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    section: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    pictures: tuple[Picture, ...] = ()
    canonical: str = ""
    free: bool | None = None
    body: str = field(default="", repr=False)


def said(page: Page, *, url: str) -> Said:
    """All that JSON-LD says, the meta tags where it is silent."""
    node = _article(page)
    meta = partial(_meta, page)
    pictures = _images(node.get("image"), url) or _images(list(page.metas.get("og:image", ()))[:1], url)
    return Said(
        headline=_line(node.get("headline")) or text(meta("og:title", "twitter:title")) or page.title,
        standfirst=_line(node.get("description")) or text(meta("og:description", "description")),
        byline=people(_names(node.get("author")) or _author_metas(page)),
        section=_line(_first(node.get("articleSection"))) or text(meta("article:section", "parsely-section")),
        published=instant(_line(node.get("datePublished")) or meta(*_PUBLISHED_METAS)),
        updated=instant(_line(node.get("dateModified")) or meta(*_UPDATED_METAS)),
        language=_line(node.get("inLanguage")) or page.language or meta("og:locale", "content-language"),
        pictures=pictures,
        canonical=canonical(join(url, page.canonical) or join(url, meta("og:url")) or url),
        free=_free(node.get("isAccessibleForFree")),
        body=as_html(str(node.get("articleBody") or ""), base_url=url),
    )


def _meta(page: Page, *names: str) -> str:
    return next((page.metas[name][0] for name in names if name in page.metas), "")


def _article(page: Page) -> Node:
    """The node most like an article: one with a body, else one with a headline."""
    found = [node for script in page.linked_data for node in _nodes(script) if _is_article(node)]
    return max(
        found, key=lambda node: (bool(node.get("articleBody")), bool(node.get("headline")), len(node)), default={}
    )


def _nodes(script: str) -> Iterator[Node]:
    """Every object in a script, outermost first, bounded; nothing where it is no JSON."""
    try:
        waiting: list[Any] = [json.loads(script[:_MAX_JSON].strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting += [part for part in value.values() if isinstance(part, dict | list)]
        elif isinstance(value, list):
            waiting += [part for part in value if isinstance(part, dict | list)]


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    named = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
    return any(kind.endswith(_ARTICLE) or "newsarticle" in kind for kind in named)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _line(value: Any) -> str:
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("alternateName")
    return " ".join(text(value).split()) if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    names = [_line(part) for part in (value if isinstance(value, list) else [value])]
    return [name for name in names if name and not name.startswith("http")]


def _author_metas(page: Page) -> list[str]:
    found = next((page.metas[name] for name in _AUTHOR_METAS if name in page.metas), ())
    return [name for name in found if not name.startswith(("http", "@", "/"))]


def _images(value: Any, url: str) -> tuple[Picture, ...]:
    found = [_image(part, url) for part in (value if isinstance(value, list) else [value])[:20]]
    return tuple({picture.url: picture for picture in found if picture.url}.values())


def _image(value: Any, url: str) -> Picture:
    if not isinstance(value, dict):
        return Picture(join(url, value) if isinstance(value, str) else "")
    address = value.get("url") or value.get("contentUrl") or value.get("@id") or ""
    credit = _line(value.get("creditText")) or _line(value.get("creator")) or _line(value.get("author"))
    width, height = (_pixels(value.get(side)) for side in ("width", "height"))
    return Picture(join(url, str(_first(address))), _line(value.get("caption")), credit, "", width, height)


def _pixels(value: Any) -> int:
    digits = _line(value.get("value") if isinstance(value, dict) else str(value or "")).removesuffix("px").strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else 0


def _free(value: Any) -> bool | None:
    value = str(_first(value)).strip().lower() if value is not None else ""
    return {"true": True, "false": False}.get(value.rpartition("/")[2])
