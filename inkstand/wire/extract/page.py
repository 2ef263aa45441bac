"""The bytes of a page as a tree without what no reader reads."""

import re
from dataclasses import dataclass
from typing import cast

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
_VALUE = r"(?:\"[^\"]*+\"|'[^']*+')"
_LONG_TAG = re.compile(rf"<[a-zA-Z](?:[^\"'>]{{4000}}|[^\"'>]*+(?:{_VALUE}[^\"'>]*+){{300}})")
_CROWDED_TAG = re.compile(rf"<[a-zA-Z][^\s>]*+(?:[\s/]++[^\s>/=]++(?:\s*+=\s*+(?:{_VALUE}|[^\s>]++))?+){{300,}}+")
_LINKED_DATA = "application/ld+json"


class PageUnreadable(InkstandError):
    """A fetched page in which there is no HTML to read."""

    code = "page-unreadable"
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
    tree = _tree(_uncrowded(_decoded(data[:MAX_BYTES], content_type)))
    if tree is None:
        raise PageUnreadable(url=url)
    page = Page(tree, _title(tree), _language(tree), _linked_data(tree), _metas(tree), _canonical(tree))
    _strip(tree)
    return page


def _uncrowded(text: str) -> str:
    """Without tags of hundreds of attributes: the parser compares each with each, 100,000 take it half a minute."""
    return _CROWDED_TAG.sub("", text) if _LONG_TAG.search(text) else text


def _tree(text: str) -> lxml.html.HtmlElement | None:
    """The tree, every element of one class: lxml.html's own lookup calls Python for each, a sixth of the whole time."""
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement))
    try:
        return cast("lxml.html.HtmlElement | None", etree.fromstring(text.encode("utf-8", "replace"), parser))
    except etree.XMLSyntaxError:
        return None


def _decoded(data: bytes, content_type: str) -> str:
    """As the header says, else as UTF-8 where it is, else as the bytes look: the last is slow and so comes last."""
    said = _CHARSET.search(content_type)
    for charset in (said[1] if said else "utf-8", "utf-8", ""):
        try:
            return data.decode(charset or _looks_like(data)).replace("\0", "")
        except (LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace").replace("\0", "")


def _looks_like(data: bytes) -> str:
    return str(detect_encoding(data[:100_000]))


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
