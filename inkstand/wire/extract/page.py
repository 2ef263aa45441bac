"""The bytes of a page as a tree without what no reader reads."""

import re
from dataclasses import dataclass

import lxml.html
from lxml import etree
from resiliparse.parse.encoding import detect_encoding

from inkstand.kit.errors import InkstandError

MAX_BYTES = 5_000_000
"""Longer pages are cut: the longest of a thousand article pages seen has 3 MB."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_UNREAD = (
    *("style", "noscript", "iframe", "template", "svg", "math", "canvas", "object", "embed", "map", "datalist"),
    *("select", "button", "textarea", "input", "audio", "video", "nav", "footer", "link", "dialog"),
)
_LINKED_DATA = "application/ld+json"


class PageUnreadable(InkstandError):
    """A fetched page in which there is no HTML to read."""

    code = "wire.page-unreadable"
    message = "The page at {url} holds no HTML that can be read; open it in a browser to see what it gives."


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready for reading: its tree, stripped, and what stood in its head."""

    tree: lxml.html.HtmlElement
    title: str
    language: str
    linked_data: tuple[str, ...]
    metas: dict[str, tuple[str, ...]]
    canonical: str


def read_page(data: bytes, *, url: str, content_type: str = "") -> Page:
    """A tree of the page without scripts, forms' controls and navigation. Raises `PageUnreadable` only."""
    text = _decoded(data[:MAX_BYTES], content_type)
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise PageUnreadable(url=url) from error
    page = Page(tree, _title(tree), _language(tree), _linked_data(tree), _metas(tree), _canonical(tree))
    _strip(tree)
    return page


def _decoded(data: bytes, content_type: str) -> str:
    said = _CHARSET.search(content_type)
    for name in (lambda: said[1] if said else "utf-8", lambda: "utf-8", lambda: detect_encoding(data[:100_000])):
        try:
            return data.decode(name())
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _title(tree: lxml.html.HtmlElement) -> str:
    return " ".join((tree.findtext(".//title") or "").split())


def _language(tree: lxml.html.HtmlElement) -> str:
    return tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""


def _linked_data(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    scripts = (script for script in tree.iter("script") if _LINKED_DATA in (script.get("type") or "").lower())
    return tuple(script.text for script in scripts if script.text)


def _metas(tree: lxml.html.HtmlElement) -> dict[str, tuple[str, ...]]:
    """Contents of the meta tags by name or property, in lower case, in document order."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name, []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def _canonical(tree: lxml.html.HtmlElement) -> str:
    links = (link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    return next(links, "")


def _strip(tree: lxml.html.HtmlElement) -> None:
    for element in list(tree.iter("script", *_UNREAD)):
        if element.getparent() is not None:
            element.drop_tree()
