"""A list as Atom 1.0 (RFC 4287), written by Django's own writer."""

import re
from collections.abc import Iterable
from mimetypes import guess_type
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from inkstand.api.feeds.entry import Entry

# What XML cannot carry at all, even escaped. Publishers send it.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Atom(Atom1Feed):
    """With everyone who wrote an article, its language, and its text as content beside the summary."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["original"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["original"]})
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})
        if item["picture"]:
            kind, _ = guess_type(item["picture"].partition("?")[0])
            said = {"rel": "enclosure", "href": item["picture"], **({"type": kind} if kind else {})}
            handler.addQuickElement("link", "", said)


def atom(name: str, page: str, itself: str, entries: Iterable[Entry], language: str) -> str:
    """The document. `page` and `itself` are the whole addresses of the page listed and of this feed."""
    feed = _Atom(_speakable(name), page, "", language=language, feed_url=itself, feed_guid=itself)
    for one in entries:
        feed.add_item(
            title=_speakable(one.headline),
            link=one.page,
            description=_speakable(one.summary),
            pubdate=one.published,
            updateddate=one.updated,
            unique_id=one.page,
            categories=[_speakable(one.section)] if one.section else [],
            authors=[_speakable(author) for author in (*one.authors, one.title)],
            original=_speakable(one.original),
            content=_speakable(one.content),
            picture=_speakable(one.picture),
            language=one.language,
        )
    written: str = feed.writeString("utf-8")
    return written


def _speakable(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)
