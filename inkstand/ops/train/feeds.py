"""Told stories as feeds tell them, for training: some articles whole, some with a line or two, some by headline alone,
and most of what arrives about something else.

A paper that has learned only from collections where every story has several accounts, all of them whole texts, takes
two headlines that share a word for one event.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from inkstand.ops.train.gold import EVENTS, Told, background, mixed, sets

AS_FEEDS, AMONG = "as feeds tell it", "among strangers"
WITH_HEADLINES = ("allsides", "fivew", "neus", "roundups")
LEAD = 30  # words
OTHERS = 20_000  # unrelated headlines, over all sets
WEEK = 800  # headlines
FEW = 40  # articles in the window of a paper's first hour
DEALS = 2
DAYS = (float("nan"), 0.0, 0.0, 1.0, 3.0, 10.0, 30.0, 80.0)


def as_feeds_tell(data: Path) -> dict[str, list[Told]]:
    """By name, each set that has headlines, a share of the unrelated ones spread through it."""
    told, others = sets(data), background(data, OTHERS)
    found = {name: told[name] for name in WITH_HEADLINES if name in told}
    whole = sum(map(len, found.values()))
    return {
        f"{name}, {AS_FEEDS}": mixed([_told_by(one) for one in some], spread(others, len(some) * OTHERS // (3 * whole)))
        for name, some in found.items()
    }


def among_strangers(data: Path) -> Iterator[tuple[str, list[Told]]]:
    """By name, each set of events, whole, with OTHERS unrelated headlines spread through it."""
    others = background(data, OTHERS)
    for name, some in sets(data).items():
        if name in EVENTS:
            yield f"{name}, {AMONG}", mixed(some, others)


def far_apart(data: Path) -> tuple[list[Told], list[Told]]:
    """Headlines of the stream's first days and of its last, more than three weeks later: no event is told in both."""
    stream = background(data, OTHERS)
    part = len(stream) // 6
    return spread(stream[:part], WEEK), spread(stream[-part:], WEEK)


def strangers(told: Iterable[Told], deal: int) -> list[Told]:
    """One article of each story, in no order: no two tell the same event. Each deal has others, in another order."""
    stories: defaultdict[str, list[Told]] = defaultdict(list)
    for one in told:
        stories[one.story].append(one)
    dealt = {story: zlib.crc32(f"{deal} {story}".encode()) for story in stories if story}
    return [stories[story][dealt[story] % len(stories[story])] for story in sorted(dealt, key=dealt.__getitem__)]


def any_day(told: Told) -> Told:
    """As if told on some day, or on none: so that nothing is learned from days where all is of different events."""
    return replace(told, at=DAYS[zlib.crc32(told.headline.encode()) % len(DAYS)] * 86_400)


def spread(told: Sequence[Told], wanted: int) -> list[Told]:
    return list(told[:: max(1, len(told) // max(1, wanted))][:wanted])


def _told_by(one: Told) -> Told:
    """Whole, with a lead, or bare; always the same for the same headline."""
    lead = " ".join(one.text.split()[:LEAD])
    return replace(one, text=(one.text, lead, "")[zlib.crc32(one.headline.encode()) % 3])
