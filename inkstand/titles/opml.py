"""OPML in and out: how lists of feeds travel between programs. Pure.

Read: an outline with an xmlUrl is a feed, in a folder when its parent has none. OPML 1.0 and 2.0, in whatever state
programs export it. Written: OPML 2.0 with a folder for each section.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lxml import etree

from inkstand.titles.enter import Address, Entry
from inkstand.titles.errors import NoFeedsInOpml, OpmlUnreadable

_FRONT = "front"


def read(body: bytes, *, name: str = "the file") -> list[Entry]:
    """One entry a title, in the file's order: feeds with the same name and home page are one title's."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OpmlUnreadable(name=name, reason=str(error)) from error
    if root is None or _local(root) != "opml":
        raise OpmlUnreadable(name=name, reason="its first element is not <opml>")
    entries = _gather(_feeds(root, ""))
    if not entries:
        raise NoFeedsInOpml(name=name)
    return entries


def sound(entries: Iterable[Entry]) -> tuple[list[Entry], list[str]]:
    """The entries with the feeds that a web address leads to, and the addresses of the others."""
    entries = list(entries)
    kept = [replace(entry, feeds=tuple(feed for feed in entry.feeds if _is_web(feed.url))) for entry in entries]
    refused = [feed.url for entry in entries for feed in entry.feeds if not _is_web(feed.url)]
    return [entry for entry in kept if entry.feeds], refused


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _feeds(node: etree._Element, folder: str) -> Iterator[Entry]:
    for outline in node:
        if not isinstance(outline.tag, str):
            continue
        url = _attribute(outline, "xmlurl")
        label = " ".join((_attribute(outline, "title") or _attribute(outline, "text")).split())
        if url:
            yield _entry(outline, url, label, folder)
            yield from _feeds(outline, folder)
        else:
            yield from _feeds(outline, label if _local(outline) == "outline" and label else folder)


def _entry(outline: etree._Element, url: str, label: str, folder: str) -> Entry:
    front = _FRONT in _attribute(outline, "category").split(",")
    return Entry(
        name=label or url,
        feeds=(Address(url=_address(url), section=folder, front=front),),
        home=_attribute(outline, "htmlurl"),
        language=_attribute(outline, "language"),
        about=_attribute(outline, "description"),
    )


def _address(url: str) -> str:
    """Some programs write feed:// for https://, and feed: before the whole address."""
    scheme, _, rest = url.strip().partition(":")
    if scheme.lower() != "feed":
        return url.strip()
    return f"https:{rest}" if rest.startswith("//") else rest


def _gather(entries: Iterable[Entry]) -> list[Entry]:
    titles: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        # Without a home page, the same name may stand for two papers: then each feed is a title of its own.
        key = (entry.name, entry.home or entry.feeds[0].url)
        held = titles.get(key)
        titles[key] = replace(held, feeds=(*held.feeds, *entry.feeds)) if held else entry
    return list(titles.values())


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def _attribute(node: etree._Element, name: str) -> str:
    """By name whatever its case: xmlUrl, xmlurl and XMLURL are all about."""
    return next((str(value) for key, value in node.attrib.items() if str(key).lower() == name), "")


def write(entries: Sequence[Entry], *, title: str) -> bytes:
    """OPML 2.0 as UTF-8, a folder for each section."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    rows = sorted(
        ((feed.section, entry.name, feed, entry) for entry in entries for feed in entry.feeds), key=lambda r: r[:2]
    )
    for section, group in groupby(rows, key=lambda row: row[0]):
        parent = etree.SubElement(body, "outline", text=section) if section else body
        for _, name, feed, entry in group:
            outline = etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
            if entry.home:
                outline.set("htmlUrl", entry.home)
            if entry.language:
                outline.set("language", entry.language)
            if feed.front:
                outline.set("category", _FRONT)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
