"""Leaves one newsroom out of a news day, and asks: is our order of the others' stories the order of its own front?

`news-day.tar.xz` holds what 24 feeds gave, capture after capture. A feed's document order is its newsroom's own; some
are sorted by time and some share no story with any other: all are counted. At each full hour the stories told by the
others within 24 hours are ranked without the left-out feed, and nDCG@10 is taken against the left-out feed's last
document by then: its stories that others tell too, worth 1 at the top of the document down to 1/n at its end. An hour
with no such story counts 0 for every order. Two feeds of one newsroom are left out each by itself, but speak as one
title.

Ours is the lead and top of `front.compose` for an edition made for the newsroom's own country; the world's edition has
its own column. "Largest" is by accounts within the 24 hours, "newest" by the latest account, "random" is the mean of
DRAWS draws.
"""

import random
import re
import tarfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean

from inkstand.articles.live import on_live_page
from inkstand.ops.bench.front.headlines import Stems
from inkstand.ops.bench.front.measure import TOP, ndcg
from inkstand.ops.bench.front.newsrooms import newsroom, title_of
from inkstand.ops.bench.front.placing import place as placing
from inkstand.ranking.front import Candidate, Rules, compose
from inkstand.ranking.significance import Evidence, Placement, Voice, significance
from inkstand.ranking.wordings import Wordings
from inkstand.wire.errors import FeedUnreadable
from inkstand.wire.parse import parse

HOURS = range(2, 10)
TOLD = timedelta(hours=24)
DRAWS = 50
LEAD_STEMS = 40
ORDERS = ("ours", "world", "largest", "newest", "random")


@dataclass(frozen=True, slots=True)
class Item:
    feed: str
    key: str
    headline: str
    url: str
    lead: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Capture:
    """What a feed gave at a time, as places in the day's articles."""

    feed: str
    at: datetime
    articles: tuple[int, ...]


@dataclass(slots=True)
class Day:
    """`feeds`, `headlines`, `live`, `told` and `stories` are parallel: one for each article, in order of arrival."""

    feeds: list[str] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    live: list[bool] = field(default_factory=list)
    told: list[datetime] = field(default_factory=list)
    stories: list[int] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def title(self, feed: str) -> int:
        return self.titles.index(title_of(feed))


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    day = read_day(data / "news-day.tar.xz")
    say(f"{len(day.feeds)} articles of {len(day.names)} newsrooms in {len(set(day.stories))} stories")
    draw = random.Random(2021)  # noqa: S311 (nothing secret)
    rows = {feed: _row(day, feed, draw) for feed in day.names}
    above = sum(row["ours"] > max(row[order] for order in ORDERS[2:]) for row in rows.values())
    above_world = sum(row["world"] > max(row[order] for order in ORDERS[2:]) for row in rows.values())
    means = {f"day_{order}_ndcg10": fmean(row[order] for row in rows.values()) for order in ORDERS}
    return {
        "newsrooms": len(rows),
        "newsrooms_above": above,
        "newsrooms_above_world": above_world,
        **means,
        "rows": rows,
    }


def read_day(path: Path) -> Day:
    day, known = Day(), dict[tuple[str, str], int]()
    texts: list[list[str]] = []
    stems = Stems()
    for feed, at, body in sorted(_documents(path), key=lambda document: document[1]):
        items = [item for item in _items(feed, body) if item.headline]
        for item in items:
            if (item.feed, item.key) not in known:
                known[item.feed, item.key] = len(day.feeds)
                day.feeds.append(feed)
                day.headlines.append(item.headline)
                day.live.append(on_live_page(item.url))
                day.told.append(min(item.published or at, at))
                texts.append(stems(item.headline) * 2 + stems(item.lead)[:LEAD_STEMS])
        day.captures.append(Capture(feed, at, tuple(known[item.feed, item.key] for item in items)))
    day.names = sorted({capture.feed for capture in day.captures})
    day.titles = sorted({title_of(feed) for feed in day.names})
    day.stories = list(placing(texts, [0.0] * len(texts)))
    return day


def _documents(path: Path) -> Iterator[tuple[str, datetime, bytes]]:
    with tarfile.open(path) as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream:
                feed, stamp = member.name.split("/")
                yield feed, datetime.strptime(stamp[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), stream.read()


def _items(feed: str, body: bytes) -> Iterator[Item]:
    """Nothing where the feed gave a page of error instead, as one of the 24 did all day."""
    with suppress(FeedUnreadable):
        for item in parse(body).items:
            lead = " ".join(re.sub(r"<[^>]*>", " ", item.summary).split())
            yield Item(feed, item.id or item.url, item.headline, item.url, lead, item.published)


def _row(day: Day, left_out: str, draw: random.Random) -> dict[str, float]:
    first = day.captures[0].at.replace(minute=0, second=0)
    hours = [_hour(day, left_out, first + timedelta(hours=hour), draw) for hour in HOURS]
    return {name: fmean(hour[name] for hour in hours) for name in (*ORDERS, "shared")}


def _hour(day: Day, left_out: str, now: datetime, draw: random.Random) -> dict[str, float]:
    others = [capture for capture in day.captures if capture.at <= now and capture.feed != left_out]
    told = _told(day, others, now)
    own = [capture for capture in day.captures if capture.at <= now and capture.feed == left_out]
    theirs = list(dict.fromkeys(day.stories[article] for article in own[-1].articles)) if own else []
    worth = {story: 1 - place / len(theirs) for place, story in enumerate(theirs) if story in told}
    orders = {
        "ours": _front(day, told, others, now, newsroom(left_out).country),
        "world": _front(day, told, others, now, ""),
        "largest": sorted(told, key=lambda s: (-len(told[s]), s)),
        "newest": sorted(told, key=lambda s: (max(day.told[article] for article in told[s]), s), reverse=True),
    }
    draws = (ndcg(draw.sample(list(told), min(TOP, len(told))), worth) for _ in range(DRAWS))
    return {name: ndcg(order, worth) for name, order in orders.items()} | {"random": fmean(draws), "shared": len(worth)}


def _told(day: Day, captures: list[Capture], now: datetime) -> dict[int, list[int]]:
    """Story -> its articles of the last hours, as far as the captures show them."""
    told: dict[int, list[int]] = defaultdict(list)
    for article in sorted({article for capture in captures for article in capture.articles}):
        if day.told[article] > now - TOLD:
            told[day.stories[article]].append(article)
    return told


def _front(day: Day, told: dict[int, list[int]], captures: list[Capture], now: datetime, home: str) -> list[int]:
    placements = _placements(day, captures)
    candidates = []
    for story, articles in told.items():
        said = Wordings()
        voices = tuple(_voice(day, article, said) for article in articles)
        evidence = Evidence(min(v.told for v in voices), voices, tuple(placements[story]))
        moved = max(voice.told for voice in voices)
        titles = tuple(dict.fromkeys(voice.title for voice in voices))
        candidates.append(Candidate(story, significance(evidence, now, home=home), titles, moved))
    return [slot.story for slot in compose(candidates, None, Rules(), now).headed()]


def _voice(day: Day, article: int, said: Wordings) -> Voice:
    feed, copy = day.feeds[article], said.repeats(day.headlines[article])
    room = newsroom(feed)
    return Voice(day.title(feed), day.told[article], room.country, room.weight, copy, live=day.live[article])


def _placements(day: Day, captures: list[Capture]) -> dict[int, list[Placement]]:
    """Story -> where each newsroom's last document has it."""
    since = {(capture.feed, article): capture.at for capture in reversed(captures) for article in capture.articles}
    placed: dict[int, list[Placement]] = defaultdict(list)
    for feed, capture in {capture.feed: capture for capture in captures}.items():
        room, title = newsroom(feed), day.title(feed)
        stories = {day.stories[article]: article for article in reversed(capture.articles)}
        for position, (story, article) in enumerate(reversed(stories.items())):
            placed[story].append(
                Placement(title, position, since[feed, article], capture.at, room.country, room.weight)
            )
    return placed
