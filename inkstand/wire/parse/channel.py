"""What a feed says of itself, and where in it the items are."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from inkstand.wire.parse import limits
from inkstand.wire.parse.items import Reading, authors, first_line, item
from inkstand.wire.parse.links import absolute, chosen, related
from inkstand.wire.parse.pictures import Found
from inkstand.wire.parse.roles import role_of
from inkstand.wire.parse.text import headline
from inkstand.wire.parse.values import Document

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_PERIODS: Final = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_ROOTS: Final = {"rss", "rdf", "feed", "channel", "urlset", "item", "entry", "news"}


def document(root: etree._Element, reading: Reading) -> Document | None:
    """The feed that a tree holds; None where the tree is of something else."""
    found, elements = _parts(root, reading)
    if not elements:
        elements = [one for one in root.iter(etree.Element) if role_of(one) == "item"]
    if not elements and _lose_unknown_namespace(root):
        return document(root, reading)
    if not elements and _local(root) not in _ROOTS:
        return None
    home = chosen(found.get("link", ()), reading.base)
    reading.base = reading.base or home
    dialect = _dialect(root)
    if dialect.startswith("atom"):
        reading.authors = authors(found, reading)
    return Document(
        items=tuple(item(one, reading) for one in _kept(elements, reading)),
        title=_title(found),
        home=home,
        about=first_line(found, "summary"),
        language=_language(root, found),
        rights=first_line(found, "rights"),
        logo=_logo(found, reading),
        every_s=_every_s(found),
        hub=related(found.get("link", ()), "hub", reading.base),
        self_url=related(found.get("link", ()), "self", reading.base),
        dialect=dialect,
        path=reading.path,
    )


def _lose_unknown_namespace(root: etree._Element) -> bool:
    """Takes the feed's elements out of a namespace nobody knows, which a prefix hides them in; whether it did."""
    space, brace, _ = str(root.tag).rpartition("}")
    if not brace or role_of(root) or _local(root) not in _ROOTS:
        return False
    for element in root.iter(f"{space}}}*"):
        element.tag = str(element.tag).removeprefix(f"{space}}}")
    return True


def _parts(root: etree._Element, reading: Reading) -> tuple[Found, list[etree._Element]]:
    """The channel's own elements by role, and the items: within it (RSS, Atom), beside it (RSS 0.90, RDF), or both."""
    if role_of(root) == "item":
        return {}, [root]
    found = reading.sort(root)
    items = found.pop("item", [])
    for channel in found.get("channel", ()):
        inner = reading.sort(channel)
        items += inner.pop("item", [])
        for role, elements in inner.items():
            found.setdefault(role, []).extend(elements)
    return found, items


def _kept(elements: list[etree._Element], reading: Reading) -> list[etree._Element]:
    """As many as we read of one document, the newest: mostly the first, but some archives run the other way."""
    if len(elements) <= limits.ITEMS:
        return elements
    first, last = (item(one, reading) for one in (elements[0], elements[-1]))
    then, now = first.published or first.updated, last.published or last.updated
    return elements[-limits.ITEMS :] if then and now and now > then else elements[: limits.ITEMS]


def _local(root: etree._Element) -> str:
    return str(root.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _dialect(root: etree._Element) -> str:
    """Family and version as far as the document tells: "rss 2.0", "rdf 1.0", "atom 1.0", "sitemap", "cdf"."""
    name, tag = _local(root), str(root.tag).lower()
    if name in ("feed", "entry"):
        version = "0.3" if "purl.org/atom/ns" in tag else root.get("version") or ("1.0" if "2005/atom" in tag else "")
        return f"atom {version}".strip()
    if name == "rdf":
        return "rdf 0.9" if "http://my.netscape.com/rdf/simple/0.9/" in root.nsmap.values() else "rdf 1.0"
    if name == "channel":
        return "cdf"
    return "sitemap" if name == "urlset" else f"rss {root.get('version') or ''}".strip()[: limits.LINE]


def _title(found: Found) -> str:
    return next((text for one in found.get("title", ()) if (text := headline(one))), "")


def _language(root: etree._Element, found: Found) -> str:
    said = first_line(found, "language")
    if not said:
        said = next((lang for one in (root, *found.get("channel", ())) if (lang := one.get(_XML_LANG))), "")
    return said.strip().replace("_", "-")[: limits.LINE]


def _logo(found: Found, reading: Reading) -> str:
    return next((address for said in _logos(found, reading) if (address := absolute(said, reading.base))), "")


def _logos(found: Found, reading: Reading) -> Iterator[str | None]:
    for one in (*found.get("logo", ()), *found.get("thumbnail", ()), *found.get("icon", ())):
        inner = reading.sort(one) if len(one) else {}
        yield next((url.text for url in inner.get("url", ())), None) or one.get("href") or one.get("url") or one.text


def _every_s(found: Found) -> int:
    """How often the publisher says to ask, in seconds: RSS's ttl (minutes), else the syndication module's."""
    ttl = first_line(found, "ttl")
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 8:
        return int(ttl) * 60
    period = _PERIODS.get(first_line(found, "period").lower(), 0)
    times = first_line(found, "frequency")
    return period // max(int(times), 1) if times.isascii() and times.isdigit() and len(times) < 6 else period
