"""Bytes of any kind to a `Document`, by the cheapest way that reads them right."""

import re
from typing import Final

from inkstand.wire.errors import FeedUnreadable, Why
from inkstand.wire.parse import fallback, jsonfeed, tree
from inkstand.wire.parse.channel import document
from inkstand.wire.parse.encoding import says_utf8, to_utf8
from inkstand.wire.parse.items import Reading
from inkstand.wire.parse.roles import known_roles
from inkstand.wire.parse.values import Document

_ITEM_TAG: Final = re.compile(rb"<(?:[\w.-]{1,30}+:)?+(?:item|entry)[\s/>]", re.I)
_FEED_TAG: Final = re.compile(rb"<(?:[\w.-]{1,30}+:)?+(?:rss|rdf|feed|channel|item|entry|urlset)[\s/>]", re.I)
_WEB_PAGE: Final = re.compile(rb"<(?:!doctype\s+html|html|meta|div|p|script)\b", re.I)


def parse(body: bytes, *, content_type: str = "", url: str = "") -> Document:
    """The feed that `body` holds. `content_type` is the HTTP header as it came, `url` what relative links stand on.

    Raises `FeedUnreadable`, which says why, and nothing else, on any bytes. Time and memory are bounded (see
    `limits`): of a document too long or too deep the front is read. Dates in the future are kept as they are.
    """
    tried = tree.cut(body.lstrip()) if says_utf8(body, content_type) else b""
    if tried and (read := _fast(tried, url)):
        return read
    text = tree.cut(to_utf8(body, content_type).lstrip())
    if text[:1] in (b"{", b"["):
        return jsonfeed.document(text, url)
    read = (None if text == tried else _fast(text, url)) or _mended(text, url)
    if read is None or (read.path == "mended" and not read.items and fallback.is_deep(text)):
        raise FeedUnreadable(why=_why(text))
    return read


def _fast(text: bytes, url: str) -> Document | None:
    root = tree.strict(text)
    return None if root is None else document(root, Reading(known_roles(), url))


def _mended(text: bytes, url: str) -> Document | None:
    """What the lenient parser reads, unless it lost items on the way and feedparser finds more."""
    if not _FEED_TAG.search(text):
        return None
    root = tree.lenient(text)
    read = None if root is None else document(root, Reading(known_roles(), url, path="mended"))
    expected = len(_ITEM_TAG.findall(text))
    if read is not None and len(read.items) >= min(expected, 1 + expected * 9 // 10):
        return read
    other = fallback.document(text, url)
    if other is not None and (read is None or len(other.items) > len(read.items)):
        return other
    return read


def _why(text: bytes) -> Why:
    if not text.strip(b" \t\r\n\0"):
        return Why.EMPTY
    if _WEB_PAGE.search(text[:20_000]):
        return Why.WEB_PAGE
    if fallback.is_deep(text):
        return Why.TOO_DEEP
    if _FEED_TAG.search(text):
        return Why.BROKEN
    return Why.NOT_XML if tree.strict(text) is None else Why.NOT_A_FEED
