"""One element of a feed to one `Item`: sort the children by the part they play, then read each part.

This is the inner loop of the wire: a part that is absent costs one look into a dict, and no part is looked at twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from lxml import etree

from inkstand.wire.dates import instant
from inkstand.wire.parse import limits
from inkstand.wire.parse.links import absolute, address_at, chosen
from inkstand.wire.parse.pictures import Found, pictures
from inkstand.wire.parse.roles import Roles, role_of
from inkstand.wire.parse.text import headline, line, markup, plain, squeezed
from inkstand.wire.parse.values import Item

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PICTURED: Final = frozenset({"media_content", "media_group", "thumbnail", "enclosure"})

_SHORT: Final = 80
_FILED: Final = frozenset({"category", "keywords", "section"})

Elements = list[etree._Element]


@dataclass(slots=True)
class Reading:
    """What holds for a whole document while its items are read."""

    roles: Roles
    base: str
    path: str = "fast"
    authors: tuple[str, ...] = ()

    def sort(self, element: etree._Element) -> Found:
        """An element's children by role, in document order; those without a role are left out."""
        roles = self.roles
        found: Found = {}
        for child in element[:]:  # a slice is made in one call, an iterator makes one a child
            tag = child.tag
            try:
                role = roles[tag]
            except KeyError:
                role = roles[tag] = role_of(child)
            if role in found:
                found[role].append(child)
            elif role:
                found[role] = [child]
        return found


def item(element: etree._Element, reading: Reading) -> Item:
    """The item that an element holds. Never fails: what cannot be read is left empty."""
    sort, base = reading.sort, reading.base
    found = sort(element)
    if "news" in found:
        found |= _news(found["news"][0], reading)
    groups = [sort(one) for one in found["media_group"]] if "media_group" in found else []
    identity = _identity(element, found)
    summary, body = _texts(found, groups, reading)
    section, tags = ("", ()) if _FILED.isdisjoint(found) else _filed(found)
    return Item(  # by position: naming thirteen fields costs five times as much
        identity,
        _address(element, found, base) or _permanent(identity, found, base),
        _headline(found),
        summary,
        body,
        authors(found, reading) if "author" in found or "late_author" in found else reading.authors,
        section,
        tags,
        () if _PICTURED.isdisjoint(found) and not _has_more_links(found) else pictures(found, groups, sort, base),
        _moment(found, "published") or _moment(found, "dated") or _moment(found, "created"),
        _moment(found, "updated"),
        first_line(found, "language").replace("_", "-") if "language" in found else _tongue(element, found),
        first_line(found, "rights") if "rights" in found else "",
    )


def _has_more_links(found: Found) -> bool:
    """Atom encloses by links: an item with one link has none but its own."""
    return "link" in found and len(found["link"]) > 1


def _news(element: etree._Element, reading: Reading) -> Found:
    """A sitemap's news: its own parts, and the language, which stands at the publication."""
    found = reading.sort(element)
    for publication in found.get("publication", ()):
        found |= {role: said for role, said in reading.sort(publication).items() if role == "language"}
    return found


def _identity(element: etree._Element, found: Found) -> str:
    """The publisher's id: the last that says anything, else RDF's about."""
    if "id" in found:
        for one in found["id"][::-1]:
            if (text := one.text) and (text := text.strip()):
                return text[: limits.ADDRESS]
    about = element.get(_ABOUT) or element.get("about")
    return about.strip()[: limits.ADDRESS] if about else ""


def _permanent(identity: str, found: Found, base: str) -> str:
    """An id's address where it is one, and nothing denies that it is."""
    if not identity.startswith(("http://", "https://", "/")):
        return ""
    ids = found.get("id", [])
    if any((one.get("isPermaLink") or one.get("ispermalink") or "true").lower() != "true" for one in ids):
        return ""
    return address_at(ids[-1], identity, base) if ids else absolute(identity, base)


def _address(element: etree._Element, found: Found, base: str) -> str:
    """The piece's own address: where a counter stands before it, the one behind the counter."""
    if "orig_link" in found and (original := absolute(found["orig_link"][0].text, base)):
        return original
    if "link" in found:
        links = found["link"]
        text = links[0].text if len(links) == 1 else None  # nearly always: one link, whose text is the address
        return absolute(text, base) if text and text.startswith("http") else chosen(links, base)
    return address_at(element, element.get("href") or element.get("HREF"), base)


def _headline(found: Found) -> str:
    """The title; where there is none, that of its first media."""
    for role in ("title", "media_title"):
        if role in found:
            for one in found[role]:
                if text := headline(one):
                    return text
    return ""


def _texts(found: Found, groups: list[Found], reading: Reading) -> tuple[str, str]:
    """Summary and body. A feed with two descriptions means the longer as the body; media words are the last resort."""
    body = _longest(found["body"]) if "body" in found else ""
    if "summary" in found:
        summaries = found["summary"]
        summary = markup(summaries[0])
        if len(summaries) > 1 and not body:
            body = _longest(summaries)
        if summary:
            return summary, body
    return "" if body else _late_text(found, groups, reading), body


def _longest(elements: Elements) -> str:
    return markup(elements[0]) if len(elements) == 1 else max(map(markup, elements), key=len)


def _late_text(found: Found, groups: list[Found], reading: Reading) -> str:
    return next((text for one in _late_texts(found, groups, reading) if (text := markup(one))), "")


def _late_texts(found: Found, groups: list[Found], reading: Reading) -> Iterator[etree._Element]:
    for place, role in ((found, "late_summary"), *((place, "media_text") for place in (found, *groups))):
        yield from place.get(role, ())
    for media in found.get("media_content", ()):
        yield from reading.sort(media).get("media_text", ())


def authors(found: Found, reading: Reading) -> tuple[str, ...]:
    """Author lines as delivered, each once."""
    elements = found.get("author") or found.get("late_author") or []
    if len(elements) == 1:
        author = _author(elements[0], reading)
        return (author,) if author else ()
    return _distinct((_author(one, reading) for one in elements), limits.AUTHORS)


def _author(element: etree._Element, reading: Reading) -> str:
    """RSS's line, or the name of Atom's person, or the mail address where there is no name."""
    if not len(element):
        return plain(element.text or "")
    found = reading.sort(element)
    return first_line(found, "name") or first_line(found, "email") or ("" if found else line(element))


def _distinct(lines: Iterable[str], cap: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, lines)))[:cap]


def _filed(found: Found) -> tuple[str, tuple[str, ...]]:
    """Section and tags. The section is what the feed calls so, else the first category that is not a keyword."""
    section = first_line(found, "section") if "section" in found else ""
    terms = []
    for one in found.get("category", ())[: limits.TAGS_EACH]:
        terms.append(term := _term(one))
        if not section and "keyword" not in (one.get("domain") or one.get("scheme") or ""):
            section = term
    for one in found.get("keywords", ()):
        terms += [squeezed(word, limits.LINE) for word in plain(one.text or "", cap=20_000).split(",")]
    return section, _distinct(terms, limits.TAGS_EACH)


def _term(element: etree._Element) -> str:
    text = element.text
    if text and len(text) < _SHORT and not len(element):
        return _word(text)
    get = element.get
    return line(element) or plain(get("label") or get("term") or get("text") or "")


@lru_cache(4096)
def _word(text: str) -> str:
    """Tags are few and come again in every item."""
    return plain(text)


def first_line(found: Found, role: str) -> str:
    """The first element in that role that says anything, as a plain line."""
    for one in found.get(role, ()):
        if text := line(one):
            return text
    return ""


def _moment(found: Found, role: str) -> datetime | None:
    """The last readable one: a feed that says it twice mends the first by the second."""
    if role in found:
        for one in found[role][::-1]:
            if (text := one.text) and (moment := instant(text)):
                return moment
    return None


def _tongue(element: etree._Element, found: Found) -> str:
    """`xml:lang` of the item or of its body."""
    said = element.get(_XML_LANG)
    if not said and "body" in found:
        said = found["body"][0].get(_XML_LANG)
    return said.strip().replace("_", "-")[: limits.LINE] if said else ""
