"""Addresses: which of an item's links is the piece itself, and relative ones made whole.

`xml:base` is looked for only where an address is relative: nearly all are whole, and looking costs more than reading.
"""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from inkstand.wire.parse import limits

_XML_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_WEB: Final = ("https://", "http://")
_SPACE: Final = re.compile(r"[\t\r\n]+")
_PAGE_TYPES: Final = frozenset(("", "text/html", "application/xhtml+xml", "text/xhtml", "html", "xhtml"))


def absolute(address: str | None, base: str) -> str:
    """The address made whole against `base`; "" for what is no web address (javascript:, data:, a mail address)."""
    if not address or len(address) > limits.ADDRESS:
        return ""
    address = address.strip()
    if "&amp;" in address:  # escaped twice, as some make of every address
        address = address.replace("&amp;", "&")
    if address.startswith(_WEB):
        return _SPACE.sub("", address) if "\n" in address or "\t" in address else address
    return _joined(_SPACE.sub("", address), base)


def _joined(address: str, base: str) -> str:
    if _SCHEME.match(address):
        return address if address[:6].lower() in ("http:/", "https:") else ""
    try:
        return urljoin(base, address) if address else ""
    except ValueError:  # urllib's, for addresses such as //[
        return ""


def address_at(element: etree._Element, address: str | None, base: str) -> str:
    """The address that an element gives, made whole against `xml:base` as it holds there, within `base`."""
    if not address:
        return ""
    if address.startswith(_WEB):
        return absolute(address, "")
    return absolute(address, base_of(element, base))


def base_of(element: etree._Element, base: str) -> str:
    """`xml:base` as it holds at an element, joined outside in, on top of the document's own address."""
    for one in reversed([element, *element.iterancestors()]):
        if said := one.get(_XML_BASE):
            base = _joined(said.strip(), base) or base
    return base


def chosen(links: Iterable[etree._Element], base: str) -> str:
    """The address of the piece among its link elements: RSS's text, Atom's `rel="alternate"` page; the last wins,
    as it does in every reader looked at."""
    best = other = ""
    for link in links:
        text = link.text
        if text and (text := text.strip()):
            best = address_at(link, text, base) or best
            continue
        get = link.get
        if get("rel", "alternate") == "alternate" and (address := address_at(link, get("href") or get("url"), base)):
            if get("type", "").partition(";")[0].strip() in _PAGE_TYPES:
                best = address
            else:
                other = other or address
    return best or other


def related(links: Iterable[etree._Element], rel: str, base: str) -> str:
    """The first link with that `rel`, such as WebSub's hub and self."""
    return next((address_at(link, link.get("href"), base) for link in links if link.get("rel") == rel), "")
