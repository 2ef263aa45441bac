"""From any address a person gives to a title with its feed: the address itself, or the feed its page names."""

import asyncio
from urllib.parse import urljoin, urlsplit

from lxml import html as pages
from lxml.etree import ParserError

from inkstand.kit import urls
from inkstand.kit.http import Client, FetchFailed
from inkstand.titles.enter import Address, Entry
from inkstand.wire.errors import FeedUnreadable
from inkstand.wire.feed_errors import NoFeedThere
from inkstand.wire.outside import client
from inkstand.wire.parse import parse
from inkstand.wire.parse.values import Document

_FEEDS = {f"application/{kind}" for kind in ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "json")}
# Where publishers keep a feed that their pages do not name.
_USUAL = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml")
_TRIES = 8


def discover(address: str) -> Entry:
    """The title at `address`; NoFeedThere where none is found, FetchFailed where nothing answers."""
    return asyncio.run(_discover(address if "://" in address else f"https://{address}"))


async def _discover(address: str) -> Entry:
    async with client() as out:
        answer = await out.get(address)
        kind = answer.headers.get("Content-Type", "")
        try:
            return entry(answer.url, parse(answer.body, content_type=kind, url=answer.url))
        except FeedUnreadable:
            pass
        for url in candidates(answer.body, answer.url)[:_TRIES]:
            if (document := await _try(out, url)) is not None:
                return entry(url, document)
    raise NoFeedThere(url=address)


async def _try(out: Client, url: str) -> Document | None:
    try:
        answer = await out.get(url)
        if answer.status != 200:
            return None
        document = parse(answer.body, content_type=answer.headers.get("Content-Type", ""), url=answer.url)
    except (FetchFailed, FeedUnreadable):
        return None
    return document if document.items or document.title else None


def candidates(page: bytes, url: str) -> list[str]:
    """The feeds a page names, in its order, comments' feeds last; then the usual places."""
    try:
        links = pages.fromstring(page).xpath("//link[@rel and @href]")
    except (ValueError, ParserError):
        links = []
    named = [
        (urljoin(url, link.get("href")), link.get("title", ""))
        for link in links
        if "alternate" in link.get("rel").lower().split() and link.get("type", "").split(";")[0].lower() in _FEEDS
    ]
    named.sort(key=lambda row: "comment" in f"{row[0]} {row[1]}".lower())
    return list(dict.fromkeys([*(found for found, _ in named), *(urljoin(url, path) for path in _USUAL)]))


def entry(url: str, document: Document) -> Entry:
    home = document.home or f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/"
    return Entry(
        name=document.title or urls.host(url),
        feeds=(Address(url=url),),
        home=home,
        language=document.language,
        about=document.about,
        logo=document.logo,
    )
