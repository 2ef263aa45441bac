"""Parsing: ours beside feedparser, fastfeedparser and lxml's bare parse, and how far ours agrees with feedparser.

Speed is measured on the 83 documents and every tenth capture of the news day, where lxml can read them at all (so not
on JSON Feeds): each document by each parser in turn, the median of its rounds. feedparser, a hundred times slower,
gets one round. Agreement is measured on every document there is.
"""

import calendar
import html
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, Final
from urllib.parse import urljoin

import fastfeedparser
import feedparser
from lxml import etree

from inkstand.wire.errors import FeedUnreadable
from inkstand.wire.parse import Document, Item, parse

Say = Callable[[str], None]
Bodies = dict[str, bytes]

_ARCHIVES: Final = {"feeds": "feeds.tar.xz", "news_day": "news-day.tar.xz"}
_EVERY: Final = {"feeds": 1, "news_day": 10}
_ROUNDS: Final = 5
_FIELDS: Final = ("title", "link", "id", "date")
_LENIENT: Final = etree.XMLParser(recover=True)


def run(data: Path, say: Say) -> dict[str, object]:
    """Documents a second a core of four parsers, and the agreement of ours with feedparser, field by field.

    `sets` has the speeds for the two archives apart: documents full of text, and captures that are all headlines.
    """
    archives = {name: _bodies(data / file) for name, file in _ARCHIVES.items()}
    say(f"parse: {sum(map(len, archives.values()))} documents")
    times = {name: _times(bodies, _EVERY[name]) for name, bodies in archives.items()}
    say("parse: timed; now field by field against feedparser")
    speeds = _speeds({parser: [s for one in times.values() for s in one[parser]] for parser in _PARSERS})
    return {
        **speeds,
        "ours_over_feedparser": speeds["ours_docs_s"] / speeds["feedparser_docs_s"],
        "ours_over_lxml": speeds["ours_docs_s"] / speeds["lxml_docs_s"],
        "sets": {name: _speeds(one) for name, one in times.items()},
        **_agreement({**archives["feeds"], **archives["news_day"]}),
    }


def _bodies(path: Path) -> Bodies:
    with tarfile.open(path) as archive:
        files = [(member.name, archive.extractfile(member)) for member in archive if member.isfile()]
        return {name: file.read() for name, file in sorted(files, key=lambda one: one[0]) if file}


def _ours(body: bytes) -> object:
    try:
        return parse(body)
    except FeedUnreadable:
        return None


def _fast(body: bytes) -> object:
    try:
        return fastfeedparser.parse(body)
    except Exception:  # it raises ValueError and whatever its parts raise for what it cannot read
        return None


def _bare(body: bytes) -> object:
    try:
        return etree.fromstring(body, _LENIENT)
    except (etree.XMLSyntaxError, ValueError):
        return None


_PARSERS: Final[dict[str, tuple[Callable[[bytes], object], int]]] = {
    "ours": (_ours, _ROUNDS),
    "feedparser": (feedparser.parse, 1),
    "fastfeedparser": (_fast, _ROUNDS),
    "lxml": (_bare, _ROUNDS),
}


def _times(bodies: Bodies, every: int) -> dict[str, list[float]]:
    """CPU seconds that each parser takes for each document, the median of its rounds."""
    timed = [body for body in list(bodies.values())[::every] if _bare(body) is not None]
    times: dict[str, list[float]] = {name: [] for name in _PARSERS}
    for body in timed:
        rounds = {name: [_seconds(one, body) for _ in range(count)] for name, (one, count) in _PARSERS.items()}
        for name, taken in rounds.items():
            times[name].append(median(taken))
    return times


def _seconds(parser: Callable[[bytes], object], body: bytes) -> float:
    start = process_time()
    parser(body)
    return process_time() - start


def _speeds(times: dict[str, list[float]]) -> dict[str, float]:
    return {f"{name}_docs_s": len(taken) / sum(taken) if taken else 0.0 for name, taken in times.items()}


def _agreement(bodies: Bodies) -> dict[str, object]:
    same, compared, paths = Counter[str](), Counter[str](), Counter[str]()
    missed: list[str] = []
    for name, body in bodies.items():
        entries = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False).entries
        document = _ours(body)
        paths[document.path if isinstance(document, Document) else "unreadable"] += 1
        items = document.items if isinstance(document, Document) else ()
        if entries and not items:
            missed.append(name)
        home = document.home if isinstance(document, Document) else ""
        for entry, item in zip(entries, items, strict=False):
            for field, theirs, our in _compared(entry, item, home):
                compared[field] += 1
                same[field] += theirs == our
    fields = {field: same[field] / compared[field] if compared[field] else 0.0 for field in _FIELDS}
    agreement = same.total() / compared.total() if compared else 0.0
    return {
        "agreement": agreement,
        "missed": len(missed),
        "missed_names": missed,
        "fields": fields,
        "paths": dict(paths),
    }


def _compared(entry: Any, item: Item, home: str) -> Iterator[tuple[str, object, object]]:
    """Field by field what the two say. Titles are compared as text, since feedparser leaves markup in, and relative
    links made whole on both sides; a counter's address against the one behind it counts as a disagreement."""
    yield "title", _text(entry.get("title", ""))[:400], _text(item.headline)[:400]
    yield "link", urljoin(home, entry.get("link", "").strip()), item.url
    yield "id", entry.get("id", ""), item.id
    dates = (dict.get(entry, f"{name}_parsed") for name in ("published", "updated", "created"))
    said = next(filter(None, dates), None)
    our = item.published or item.updated
    yield (
        "date",
        datetime.fromtimestamp(calendar.timegm(said), UTC) if said else None,
        our and our.replace(microsecond=0),
    )


def _text(markup: str) -> str:
    unmarked = html.unescape(html.unescape(re.sub(r"<[^<>]+>", "", markup)))
    return " ".join(unmarked.split()).rstrip("…")
