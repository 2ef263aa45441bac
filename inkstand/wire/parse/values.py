"""A feed document as plain values, the same whatever dialect it came in.

Structs of msgspec, not dataclasses: frozen all the same, and made in 0.1 µs where a frozen dataclass of thirteen fields
takes 1.5, thirty times a document. Change one with `msgspec.structs.replace`. The collector of cycles need not look at
them: they can hold none.
"""

from datetime import datetime

from msgspec import Struct

from inkstand.articles.values import Picture


class Item(Struct, frozen=True, gc=False):
    """One entry of a feed, in document order.

    `id` is the publisher's (guid, atom:id, rdf:about, JSON Feed id), "" where none. `url` is absolute wherever the
    document or its address gives a base, and is http or https or "". `headline` is plain text; `summary` and `body`
    are HTML as delivered, not yet sanitised. Times are aware UTC; None where absent or unreadable, and in the future
    where the feed says so. `authors` are as delivered, one string a person or line; bylines are split later.
    `language` and `rights` are the item's own; the document's hold where they are "".
    """

    id: str = ""
    url: str = ""
    headline: str = ""
    summary: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    rights: str = ""


class Document(Struct, frozen=True):
    """A whole feed. `every_s` is the publisher's own hint (ttl, sy:update*) in seconds, 0 where none.

    `path` says which parser read it: "fast", "mended" (the lenient one, after repairs) or "feedparser". `hub` and
    `self_url` are WebSub's, "" where none. `dialect` is for people: "rss 2.0", "atom 1.0", "json 1.1", "sitemap".
    """

    items: tuple[Item, ...]
    title: str = ""
    home: str = ""
    about: str = ""
    language: str = ""
    rights: str = ""
    logo: str = ""
    every_s: int = 0
    hub: str = ""
    self_url: str = ""
    dialect: str = ""
    path: str = "fast"
