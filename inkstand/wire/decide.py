"""What is new and what has changed: stored + fetched → intents. Pure."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from inkstand.kit import urls
from inkstand.wire.parse.values import Document, Item

Known = Mapping[tuple[int, UUID], tuple[UUID, int]]
"""(feed, key) → (digest when last seen, article)."""


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
    new: tuple[Arrival, ...]
    changed: tuple[tuple[int, Arrival], ...]
    same: tuple[tuple[int, Arrival], ...]


def arrivals(feed: int, title: int, document: Document) -> tuple[Arrival, ...]:
    """The document's items in its order, each id once. An address that several of them share names none."""
    addresses = [urls.canonical(item.url) for item in document.items]
    shared = {address for address, count in Counter(addresses).items() if count > 1}
    found: dict[UUID, Arrival] = {}
    for item, address in zip(document.items, addresses, strict=True):
        key = key_of(item)
        named = address if address and address not in shared and len(address) <= 2000 else None
        found.setdefault(key, Arrival(feed, title, key, digest_of(item), named, item))
    return tuple(found.values())


def decide(arrived: Sequence[Arrival], known: Known) -> Intents:
    new: list[Arrival] = []
    changed: list[tuple[int, Arrival]] = []
    same: list[tuple[int, Arrival]] = []
    for arrival in arrived:
        stored = known.get((arrival.feed, arrival.key))
        if stored is None:
            new.append(arrival)
        elif stored[0] == arrival.digest:
            same.append((stored[1], arrival))
        else:
            changed.append((stored[1], arrival))
    return Intents(tuple(new), tuple(changed), tuple(same))


def key_of(item: Item) -> UUID:
    """An item's identity in its feed: its id, else its address, else what it says."""
    return _hash(item.id or item.url or f"{item.headline}\0{item.summary}\0{item.body}")


def digest_of(item: Item) -> UUID:
    """What the item says. Times of update are left out: a touched clock is not a changed text."""
    parts = [item.headline, item.summary, item.body, item.url, item.section, *item.authors]
    return _hash("\0".join([*parts, *(picture.url for picture in item.pictures)]))


def _hash(text: str) -> UUID:
    return UUID(bytes=hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest())
