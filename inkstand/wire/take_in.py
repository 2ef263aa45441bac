"""From parsed documents to articles in the paper: a batch of feeds in one transaction and a dozen statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from inkstand.articles import publish as articles
from inkstand.stories.jobs import place_articles
from inkstand.wire import memory
from inkstand.wire.decide import Arrival, arrivals, decide
from inkstand.wire.draft import draft
from inkstand.wire.parse.values import Document

Key = tuple[int, UUID]
"""A feed and the hash of its item's id."""
Identity = tuple[int, str | UUID]
"""A title's address, or a feed's key."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the intake needs to know of a feed."""

    feed: int
    title: int
    section: str = ""
    language: str = ""
    embargo: timedelta = timedelta()
    reads_pages: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What a batch brought: the new articles' ids, the times their feeds gave them, how many were revised."""

    articles: list[int]
    arrived: dict[int, list[datetime | None]]
    revised: int


@transaction.atomic
def take_in(papers: Sequence[tuple[Source, Document]], *, now: datetime) -> Taken:
    """Taking the same documents in twice equals once."""
    sources = {source.feed: (source, document) for source, document in papers}
    arrived = [arrival for source, document in papers for arrival in arrivals(source.feed, source.title, document)]
    articles.lock()
    intents = decide(arrived, memory.recall(arrived))
    first, held = _sort(intents.new)
    ids = articles.publish([_piece(arrival, *sources[arrival.feed]) for arrival in first.values()], now=now)
    found = held | dict(zip(first, ids, strict=True))
    memory.remember((found[_identity(new)], new, first.get(_identity(new)) is new) for new in intents.new)
    memory.renew(intents.changed)
    articles.revise([(article, _draft(new, *sources[new.feed])) for article, new in intents.revised], now=now)
    standing = {**intents.standing, **{(new.feed, new.key): found[_identity(new)] for new in intents.new}}
    memory.place(_orders(arrived, standing), now=now)
    if ids:
        place_articles.defer(articles=ids)
    if ids or intents.revised:
        app.configure_task("search.catch_up", queue="search", lock="search").defer()
    _read_pages([*((found[_identity(new)], new) for new in first.values()), *intents.revised], sources)
    return Taken(ids, _times(intents.new), len(intents.revised))


def _read_pages(told: Sequence[tuple[int, Arrival]], sources: Mapping[int, tuple[Source, Document]]) -> None:
    """A job for those whose terms let us keep the page's text. Named, not imported: jobs know the wire, not it them."""
    wanted: list[JSONValue] = [article for article, arrival in told if sources[arrival.feed][0].reads_pages]
    if wanted:
        app.configure_task("wire.read_pages", queue="wire").defer(articles=wanted)


def _identity(arrival: Arrival) -> Identity:
    """Two arrivals with one identity are one article: a title's address, else the item in its feed."""
    return (arrival.title, arrival.address) if arrival.address else (arrival.feed, arrival.key)


def _sort(new: Sequence[Arrival]) -> tuple[dict[Identity, Arrival], dict[Identity, int]]:
    """(those to publish, by identity; the articles that stand already, by identity)."""
    named = {(arrival.title, arrival.address) for arrival in new if arrival.address}
    held: dict[Identity, int] = dict(articles.known_addresses(named).items())
    first: dict[Identity, Arrival] = {}
    for arrival in new:
        if _identity(arrival) not in held:
            first.setdefault(_identity(arrival), arrival)
    return first, held


def _piece(arrival: Arrival, source: Source, document: Document) -> articles.Piece:
    return articles.Piece(
        title=arrival.title,
        draft=_draft(arrival, source, document),
        address=arrival.address,
        feed=arrival.feed,
        embargo=source.embargo,
    )


def _draft(arrival: Arrival, source: Source, document: Document) -> articles.Draft:
    return draft(arrival.item, document, section=source.section, language=source.language)


def _orders(arrived: Sequence[Arrival], standing: Mapping[Key, int]) -> list[tuple[int, list[int]]]:
    """Each feed's articles in its own order, each once."""
    orders: dict[int, dict[int, None]] = {}
    for arrival in arrived:
        orders.setdefault(arrival.feed, {})[standing[arrival.feed, arrival.key]] = None
    return [(feed, list(order)) for feed, order in orders.items()]


def _times(new: Sequence[Arrival]) -> dict[int, list[datetime | None]]:
    times: dict[int, list[datetime | None]] = {}
    for arrival in new:
        times.setdefault(arrival.feed, []).append(arrival.item.published)
    return times
