"""A body as a book can have it: a flat run of blocks, each where XHTML lets it stand. Pure.

A page is read by browsers, which forgive; a book is looked through by validators, which do not. So a body is written
anew: what may not stand where it stands loses its tags, never its words.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from lxml import html
from markupsafe import Markup, escape

# Where a picture lies in the book; None where it is not in it.
Placed = Callable[[str], str | None]


class Block(NamedTuple):
    """`kind`: p, h2, h3, blockquote, ul or ol (one entry), pre, caption or img (`said` is its address)."""

    kind: str
    said: Markup


_STRESS = {"em", "strong", "b", "i", "u", "s", "sub", "sup", "small", "code", "cite", "mark"}
_OTHERS = "a br span q abbr time del ins kbd samp bdi bdo ruby rt rp"
_INLINE = _STRESS | set(_OTHERS.split())
_UNSEEN = {"script", "style", "template", "iframe", "object", "video", "audio"}
_KINDS = {
    "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3", "blockquote": "blockquote", "pre": "pre",
    "figcaption": "caption", "ul": "ul", "ol": "ol",
}  # fmt: skip
# Within these a paragraph is one of theirs.
_LASTING = {"blockquote", "caption", "ul", "ol"}
_NO_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def clean(text: str) -> str:
    """Without the signs that no XML may hold."""
    return _NO_TEXT.sub("", text)


def as_xhtml(body: str, placed: Placed) -> Markup:
    """Sanitised HTML as XHTML."""
    root = html.fragment_fromstring(clean(body), create_parent="div")
    runs = groupby(_blocks(root, "p", placed), key=lambda block: block.kind)
    return Markup("\n").join(_set(kind, [block.said for block in run]) for kind, run in runs)


def _set(kind: str, said: list[Markup]) -> Markup:
    """Blocks of one kind that follow one another."""
    if kind in ("ul", "ol"):
        return _tagged(kind, Markup().join(_tagged("li", one) for one in said))
    if kind == "blockquote":
        return _tagged(kind, Markup().join(_tagged("p", one) for one in said))
    return Markup("\n").join(_ONE[kind] % one if kind in _ONE else _tagged(kind, one) for one in said)


def _tagged(name: str, said: Markup) -> Markup:
    return Markup(f"<{name}>%s</{name}>") % said  # noqa: S704 - the name is one of ours


_ONE = {
    "caption": Markup('<p class="caption">%s</p>'),
    "img": Markup('<p class="picture"><img src="%s" alt=""/></p>'),
}


def _blocks(element: html.HtmlElement, kind: str, placed: Placed) -> Iterator[Block]:
    """The blocks of `element`; words that stand in none of their own are of `kind`."""
    line = escape(element.text or "")
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _INLINE and not _holds_blocks(child):
            line += _inline(child)
        elif tag and tag not in _UNSEEN:
            yield from _block(kind, line)
            yield from _picture(child, placed) if tag == "img" else _blocks(child, _within(kind, tag), placed)
            line = Markup()
        line += escape(child.tail or "")
    yield from _block(kind, line)


def _block(kind: str, line: Markup) -> Iterator[Block]:
    if line.striptags().strip():
        yield Block(kind, line.strip())


def _within(kind: str, tag: str) -> str:
    return kind if kind in _LASTING and tag not in ("ul", "ol") else _KINDS.get(tag, "p")


def _picture(img: html.HtmlElement, placed: Placed) -> Iterator[Block]:
    if where := placed(img.get("src", "")):
        yield Block("img", escape(where))


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(isinstance(one.tag, str) and one.tag not in _INLINE for one in element.iterdescendants())


def _inline(element: html.HtmlElement) -> Markup:
    if element.tag == "br":
        return Markup("<br/>")
    said = escape(element.text or "")
    for child in element:
        said += (_inline(child) if isinstance(child.tag, str) else Markup()) + escape(child.tail or "")
    if element.tag in _STRESS:
        return _tagged(element.tag, said)
    href = address(element.get("href", "")) if element.tag == "a" and "<a " not in said else ""
    return Markup('<a href="%s">%s</a>') % (href, said) if href else said


def address(href: str) -> str:
    """A link that any reading system can follow, "" where there is none."""
    try:
        parts = urlsplit(href.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one
        return ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9.-]+", host) or "@" in parts.netloc:
        return ""
    asked = f"?{parts.query}" if parts.query else ""
    rest = quote(_LONE_PERCENT.sub("%25", parts.path + asked), safe="%/:?!$&'()*+,;=~@")
    return f"{parts.scheme}://{host}{port}{rest}"
