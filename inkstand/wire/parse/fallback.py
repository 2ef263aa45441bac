"""feedparser, for what the fast path refuses: the slowest parser there is, and the one that reads most of anything.

Its sanitising is off (ours is the sanitiser) and so is its rewriting of relative links. It meets only the front of a
document, as its loose parser takes time with the square of some broken ones.
"""

import calendar
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import feedparser

from inkstand.articles.values import Picture
from inkstand.wire.parse import limits
from inkstand.wire.parse.links import absolute
from inkstand.wire.parse.text import plain, storable
from inkstand.wire.parse.values import Document, Item

_TAG: Final = re.compile(rb"<(/?)[a-zA-Z][^<>]*?(/?)>")


def document(body: bytes, url: str) -> Document | None:
    """What feedparser reads of a UTF-8 document; None where that is no item at all, or where it fails."""
    try:
        read = feedparser.parse(
            shallow(body[: limits.FALLBACK_BYTES]), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # feedparser raises whatever its many parts raise: any of it means that it cannot read this
        return None
    if not read.entries:
        return None
    feed = read.feed
    return Document(
        items=tuple(_item(entry, url) for entry in read.entries[: limits.ITEMS]),
        title=plain(_text(feed, "title"), markup=True),
        home=absolute(_text(feed, "link"), url),
        about=plain(_text(feed, "subtitle"), markup=True),
        language=_text(feed, "language")[: limits.LINE],
        rights=plain(_text(feed, "rights")),
        dialect=str(read.get("version", "")),
        path="feedparser",
    )


def shallow(body: bytes) -> bytes:
    """The document up to where it nests deeper than any feed does; in one pass, before a parser sees it."""
    depth = 0
    for tag in _TAG.finditer(body):
        depth += 0 if tag[2] else -1 if tag[1] else 1
        if depth > limits.FALLBACK_DEPTH:
            return body[: tag.start()]
    return body


def is_deep(body: bytes) -> bool:
    """Whether the front of a document nests deeper than any feed."""
    front = body[: limits.FALLBACK_BYTES]
    return len(shallow(front)) < len(front)


def _item(entry: Any, url: str) -> Item:
    bodies = [_clean(part.get("value")) for part in entry.get("content", ()) if isinstance(part, dict)]
    terms = [plain(_clean(tag.get("label") or tag.get("term"))) for tag in entry.get("tags", ())]
    terms = list(dict.fromkeys(filter(None, terms)))[: limits.TAGS_EACH]
    return Item(
        id=_text(entry, "id").strip()[: limits.ADDRESS],
        url=absolute(_text(entry, "link"), url),
        headline=plain(_text(entry, "title"), markup=True),
        summary=_text(entry, "summary")[: limits.HTML],
        body=max(bodies, key=len, default="")[: limits.HTML],
        authors=tuple(dict.fromkeys(filter(None, _authors(entry))))[: limits.AUTHORS],
        section=terms[0] if terms else "",
        tags=tuple(terms),
        pictures=tuple(_pictures(entry, url))[: limits.PICTURES],
        published=_moment(entry, "published_parsed") or _moment(entry, "created_parsed"),
        updated=_moment(entry, "updated_parsed"),
        rights=plain(_text(entry, "rights")),
    )


def _text(record: Any, key: str) -> str:
    return _clean(record[key]) if dict.__contains__(record, key) else ""


def _clean(value: Any) -> str:
    return storable(value) if isinstance(value, str) else ""


def _authors(entry: Any) -> Iterator[str]:
    for one in entry.get("authors", ()):
        yield plain(_clean(one.get("name") or one.get("email")))
    if not entry.get("authors"):
        yield plain(_text(entry, "author"))


def _pictures(entry: Any, url: str) -> Iterator[Picture]:
    media = [
        one for one in entry.get("media_content", ()) if "image" in (one.get("medium", ""), one.get("type", "")[:5])
    ]
    enclosed = [
        one for one in entry.get("links", ()) if one.get("rel") == "enclosure" and "image" in one.get("type", "")
    ]
    addresses = [_clean(one.get("url") or one.get("href")) for one in (*media, *enclosed)]
    for address in dict.fromkeys(absolute(one, url) for one in addresses):
        if address:
            yield Picture(address)


def _moment(entry: Any, key: str) -> datetime | None:
    value = entry[key] if dict.__contains__(entry, key) else None
    if not isinstance(value, time.struct_time) or value.tm_year <= 1:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC)
    except (ValueError, OverflowError):
        return None
