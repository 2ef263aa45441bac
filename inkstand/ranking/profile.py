"""What For You knows of one reader: a plain value to be seen, edited, exported and erased, and how it learns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

READS_KEPT = 200
SHOWN_KEPT = 500
LIKES_HALF_LIFE = timedelta(days=30)
LIKES_MOST = 12.0
LEVER_POINTS = 3.0  # "more of this" says as much as three articles read to the end

Lever = Literal["more", "less", "follow", "unfollow", "never", "again"]


@dataclass(frozen=True, slots=True)
class Read:
    """`share` is how much of the article was read, 0 to 1. `keys` are its title, section and topics: see `Offer`."""

    article: int
    story: int
    keys: tuple[str, ...]
    share: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """Stories that stood before the reader."""

    stories: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What the reader said with a lever: more or less of a key, follow it, never again, or again after all."""

    lever: Lever
    key: str
    at: datetime


Event = Read | Shown | Told


@dataclass(frozen=True, slots=True)
class Profile:
    """`likes` holds points for keys, halved every LIKES_HALF_LIFE up to `as_of`. `shown` counts how often a story was
    shown and passed over. `on` is False for a reader who wants no For You: then nothing is learned nor used.
    """

    on: bool = True
    reads: tuple[Read, ...] = ()
    likes: Mapping[str, float] = field(default_factory=dict)
    followed: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()
    shown: Mapping[int, int] = field(default_factory=dict)
    as_of: datetime | None = None


def learn(profile: Profile, event: Event, now: datetime) -> Profile:
    if not profile.on:
        return profile
    faded = replace(profile, likes=_faded(profile, now), as_of=now)
    if isinstance(event, Read):
        return _read(faded, event)
    if isinstance(event, Shown):
        return replace(faded, shown=_passed_over(faded, event))
    return _told(faded, event)


def switched(profile: Profile, *, on: bool) -> Profile:
    """Off means off: what was learned is erased. What the reader said outright, to follow or to mute, stays."""
    return replace(profile, on=True) if on else Profile(False, followed=profile.followed, muted=profile.muted)


def _read(profile: Profile, read: Read) -> Profile:
    before = next((known for known in profile.reads if known.article == read.article), None)
    further = max(0.0, read.share - (before.share if before else 0.0))
    others = [known for known in profile.reads if known is not before]
    kept = replace(read, share=max(read.share, before.share if before else 0.0))
    shown = {story: count for story, count in profile.shown.items() if story != read.story}
    likes = _added(profile.likes, dict.fromkeys(read.keys, further))
    return replace(profile, reads=(*others, kept)[-READS_KEPT:], likes=likes, shown=shown)


def _passed_over(profile: Profile, shown: Shown) -> dict[int, int]:
    read = {known.story for known in profile.reads}
    counts = dict(profile.shown)
    for story in shown.stories:
        if story not in read:
            counts[story] = counts.pop(story, 0) + 1
    return dict(list(counts.items())[-SHOWN_KEPT:])


def _told(profile: Profile, told: Told) -> Profile:
    key = {told.key}
    match told.lever:
        case "follow":
            return replace(profile, followed=profile.followed | key, muted=profile.muted - key)
        case "unfollow":
            return replace(profile, followed=profile.followed - key)
        case "never":
            return replace(profile, muted=profile.muted | key, followed=profile.followed - key)
        case "again":
            return replace(profile, muted=profile.muted - key)
    points = LEVER_POINTS if told.lever == "more" else -LEVER_POINTS
    return replace(profile, likes=_added(profile.likes, {told.key: points}))


def _added(likes: Mapping[str, float], points: Mapping[str, float]) -> dict[str, float]:
    sums = {key: likes.get(key, 0.0) + more for key, more in points.items()}
    return {**likes, **{key: max(-LIKES_MOST, min(LIKES_MOST, total)) for key, total in sums.items()}}


def _faded(profile: Profile, now: datetime) -> dict[str, float]:
    kept = 0.5 ** (max(timedelta(0), now - profile.as_of) / LIKES_HALF_LIFE) if profile.as_of else 1.0
    return {key: points * kept for key, points in profile.likes.items() if abs(points * kept) > 0.01}


def to_json(profile: Profile) -> dict[str, Any]:
    """The whole of it, for the reader to see, edit and take away: nothing is kept that is not in here."""
    return {
        "on": profile.on,
        "reads": [
            {"article": r.article, "story": r.story, "keys": [*r.keys], "share": r.share, "at": r.at.isoformat()}
            for r in profile.reads
        ],
        "likes": dict(profile.likes),
        "followed": sorted(profile.followed),
        "muted": sorted(profile.muted),
        "shown": {str(story): count for story, count in profile.shown.items()},
        "as_of": profile.as_of.isoformat() if profile.as_of else None,
    }


def from_json(known: Mapping[str, Any]) -> Profile:
    as_of = known.get("as_of")
    return Profile(
        bool(known.get("on", True)),
        tuple(_read_from_json(read) for read in known.get("reads", ())),
        {str(key): float(points) for key, points in known.get("likes", {}).items()},
        _keys(known.get("followed", ())),
        _keys(known.get("muted", ())),
        {int(story): int(count) for story, count in known.get("shown", {}).items()},
        datetime.fromisoformat(as_of) if as_of else None,
    )


def _keys(keys: Iterable[object]) -> frozenset[str]:
    return frozenset(map(str, keys))


def _read_from_json(known: Mapping[str, Any]) -> Read:
    at = datetime.fromisoformat(known["at"])
    return Read(int(known["article"]), int(known["story"]), tuple(known["keys"]), float(known["share"]), at)
