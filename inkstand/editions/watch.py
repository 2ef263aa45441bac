"""What is worth telling a reader at once: breaking news above their bar, and stories they follow that moved. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from inkstand.editions.compose import moved
from inkstand.editions.hours import is_within, strikes

# What began longer ago is no breaking news, however much it weighs: the next edition has it.
BREAKING = timedelta(hours=6)
# One followed story is not told of more often.
GAP = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Big:
    """A story as breaking news knows it. `points` are its significance without what editors wish; `articles` are all
    its accounts', by which it is known again."""

    story: int
    points: float
    began: datetime
    articles: frozenset[int]


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who wants to be told. `quiet`: from when to when not; `bar`: from so many points on, None: no breaking news."""

    reader: int
    zone: ZoneInfo
    quiet: tuple[time, time]
    bar: float | None = None
    most: int = 3


def breaking(
    stories: Iterable[Big], watcher: Watcher, known: Collection[int], today: int, now: datetime
) -> Sequence[Big]:
    """The stories to tell now, the greatest first. `known`: the articles by which this reader was told of a story
    before, in any way; `today`: how many breaking news they had since midnight where they are."""
    if watcher.bar is None or is_quiet(watcher, now):
        return ()
    bar = watcher.bar
    fresh = [one for one in stories if one.points >= bar and now - one.began <= BREAKING]
    news = [one for one in fresh if one.articles.isdisjoint(known)]
    return sorted(news, key=lambda one: (-one.points, one.story))[: max(0, watcher.most - today)]


def is_quiet(watcher: Watcher, now: datetime) -> bool:
    return is_within(now, *watcher.quiet, watcher.zone)


def midnight(zone: ZoneInfo, now: datetime) -> datetime:
    """When today began there."""
    return strikes(now.astimezone(zone).date(), time(0), zone)


def moved_enough(
    told: Collection[datetime], looked: datetime, last: datetime | None, watcher: Watcher, now: datetime
) -> bool:
    """Whether to tell of a followed story: `told` are the times of its own accounts, `looked` when the reader last
    looked at it, `last` when they were last told of it."""
    if is_quiet(watcher, now) or (last is not None and now - last < GAP):
        return False
    return moved(told, max(looked, last or looked))
