"""What is new and what has changed: stored + fetched → intents. Pure."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from inkstand.kit import urls
from inkstand.wire.parse.values import Document, Item


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an item last looked like, and the article it became. `origin`: this feed brought that article in."""

    digest: UUID
    article: int
    origin: bool


Known = Mapping[tuple[int, UUID], Remembered]
"""By (feed, key)."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One item of one feed, with what tells it from others. `address` is None where it names no single piece."""

    feed: int
    title: int
    key: UUID
    digest: UUID
    address: str | None
    item: Item


@dataclass(frozen=True, slots=True)
class Intents:
    """`new` was never delivered by its feed; `changed` says something else than it did; `standing` is every known
    item's article, by (feed, key)."""

    new: tuple[Arrival, ...]
    changed: tuple[tuple[int, Arrival], ...]
    revised: tuple[tuple[int, Arrival], ...]
    standing: Mapping[tuple[int, UUID], int]


def arrivals(feed: int, title: int, document: Document) -> tuple[Arrival, ...]:
    """The document's items in its order, each id once. An address that several of them share names none."""
    addresses = [urls.key(item.url) for item in document.items]
    shared = {address for address, count in Counter(addresses).items() if count > 1}
    found: dict[UUID, Arrival] = {}
    for item, address in zip(document.items, addresses, strict=True):
        key = key_of(item)
        named = address if address and address not in shared and len(address) <= 2000 else None
        found.setdefault(key, Arrival(feed, title, key, digest_of(item), named, item))
    return tuple(found.values())


def decide(arrived: Sequence[Arrival], known: Known) -> Intents:
    """Only the feed that brought an article in revises it: two feeds of one title word the same piece differently,
    and would otherwise take turns for ever."""
    pairs = [(known.get((arrival.feed, arrival.key)), arrival) for arrival in arrived]
    changed = [(held, arrival) for held, arrival in pairs if held and held.digest != arrival.digest]
    return Intents(
        new=tuple(arrival for held, arrival in pairs if held is None),
        changed=tuple((held.article, arrival) for held, arrival in changed),
        revised=tuple((held.article, arrival) for held, arrival in changed if held.origin),
        standing={(arrival.feed, arrival.key): held.article for held, arrival in pairs if held},
    )


def key_of(item: Item) -> UUID:
    """An item's identity in its feed: its id, else its address, else what it says."""
    return _hash(item.id or item.url or f"{item.headline}\0{item.summary}\0{item.body}")


def digest_of(item: Item) -> UUID:
    """What the item says. Times of update are left out: a touched clock is not a changed text."""
    parts = [item.headline, item.summary, item.body, item.url, item.section, *item.authors]
    return _hash("\0".join([*parts, *(picture.url for picture in item.pictures)]))


def _hash(text: str) -> UUID:
    return UUID(bytes=hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest())
