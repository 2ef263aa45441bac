"""What For You knows of one reader: drawn up from the reader's own rows whenever it is asked for.

Nothing is kept beside those rows, so each read counts at once, and what is forgotten there is forgotten here. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

READS = 200  # the newest; older ones say little of what a reader wants today
LIKES_HALF_LIFE = timedelta(days=30)
LIKES_MOST = 12.0
LIKES_LEAST = 0.05  # less is no liking worth showing
LEVER_POINTS = 3.0  # "more of this" says as much as three articles read to the end
OPENED = 0.25  # of an article read to the end: what opening it says, however little was read
EVERYTHING = ""  # the key under which a reader forgets all that was learned


@dataclass(frozen=True, slots=True)
class Read:
    """`share` is how much of the article was read, 0 to 1. `keys` are its title and subjects (`ranking.keys`)."""

    article: int
    story: int
    keys: tuple[str, ...]
    share: float
    at: datetime

    @property
    def worth(self) -> float:
        return OPENED + (1 - OPENED) * self.share


@dataclass(frozen=True, slots=True)
class Pull:
    """The reader pulled a lever: more or less of a key."""

    say: Literal["more", "less"]
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """The reader's rows, in any order. `muted` are keys that For You is never to offer again, `blocked` titles that the
    whole paper hides. `shown` counts how often a story stood before them; `forgotten` says until when what was learned
    of a key (or of EVERYTHING) is not to be used. `on` is False for one who wants no For You."""

    on: bool = True
    reads: Sequence[Read] = ()
    pulls: Sequence[Pull] = ()
    followed: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    shown: Mapping[int, int] = field(default_factory=dict)
    forgotten: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """`likes` holds points for keys, halved every LIKES_HALF_LIFE. `shown` counts how often a story was shown and
    passed over. While not `on` nothing but what the reader said outright, to follow or to mute, is in it."""

    on: bool = True
    reads: tuple[Read, ...] = ()
    likes: Mapping[str, float] = field(default_factory=dict)
    followed: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    shown: Mapping[int, int] = field(default_factory=dict)

    @property
    def shut(self) -> frozenset[str]:
        """Keys of what is not to be offered."""
        return self.muted | self.blocked


def draw_up(known: Known, now: datetime) -> Profile:
    """Off means off: nothing that was learned is looked at."""
    if not known.on:
        return Profile(on=False, followed=known.followed, muted=known.muted, blocked=known.blocked)
    reads = _fresh(known)
    seen = {read.story for read in reads}
    return Profile(
        reads=reads,
        likes=likes(reads, known.pulls, known.forgotten, now),
        followed=known.followed,
        muted=known.muted,
        blocked=known.blocked,
        shown={story: times for story, times in known.shown.items() if story not in seen},
    )


def _fresh(known: Known) -> tuple[Read, ...]:
    """The newest reads that were not forgotten, the newest first."""
    before = known.forgotten.get(EVERYTHING)
    kept = [read for read in known.reads if before is None or read.at > before]
    return tuple(sorted(kept, key=lambda read: read.at, reverse=True)[:READS])


def likes(
    reads: Iterable[Read], pulls: Iterable[Pull], forgotten: Mapping[str, datetime], now: datetime
) -> dict[str, float]:
    """Points by key, the most liked first."""
    said = [(key, read.worth, read.at) for read in reads for key in read.keys]
    said += [(pull.key, LEVER_POINTS if pull.say == "more" else -LEVER_POINTS, pull.at) for pull in pulls]
    points: dict[str, float] = defaultdict(float)
    for key, more, at in said:
        if not any(at <= forgotten[name] for name in (key, EVERYTHING) if name in forgotten):
            points[key] += more * 0.5 ** (max(timedelta(0), now - at) / LIKES_HALF_LIFE)
    bounded = {key: max(-LIKES_MOST, min(LIKES_MOST, sum_)) for key, sum_ in points.items()}
    return {key: x for key, x in sorted(bounded.items(), key=lambda item: -item[1]) if abs(x) >= LIKES_LEAST}


def to_json(profile: Profile) -> dict[str, Any]:
    """The whole of it, for the reader to take away: nothing is used that is not in here."""
    return {
        "on": profile.on,
        "reads": [
            {"article": r.article, "story": r.story, "keys": [*r.keys], "share": r.share, "at": r.at.isoformat()}
            for r in profile.reads
        ],
        "likes": {key: round(points, 3) for key, points in profile.likes.items()},
        "followed": sorted(profile.followed),
        "muted": sorted(profile.muted),
        "blocked": sorted(profile.blocked),
        "passed_over": {str(story): times for story, times in profile.shown.items()},
    }
