"""A feed document as plain values, the same whatever dialect it came in."""

from dataclasses import dataclass
from datetime import datetime

from inkstand.articles.values import Picture


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, in document order.

    `id` is the publisher's (guid, atom:id, rdf:about, JSON Feed id), "" where none. `url` is absolute. `headline`
    is plain text; `summary` and `body` are HTML as delivered, not yet sanitised. Times are aware UTC; None where
    absent or unreadable. `authors` are as delivered, one string a person or line; bylines are split later.
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


@dataclass(frozen=True, slots=True)
class Document:
    """A whole feed. `every_s` is the publisher's own hint (ttl, sy:update*) in seconds, 0 where none.

    `path` says which parser read it: "fast" or "feedparser". `hub` and `self_url` are WebSub's, "" where none.
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
