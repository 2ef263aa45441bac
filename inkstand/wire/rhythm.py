"""When to poll a feed next, from when it has brought news before. Pure.

The rule: poll when the items expected since the last poll will have waited `PATIENCE` together. With items coming
at a steady rate r that gives intervals of sqrt(2 * PATIENCE / r), which for a given number of polls over many feeds
is the least waiting in all; a feed twice as busy is not worth twice the polls.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WEEK = 7 * 24
TWO_WEEKS = 2 * WEEK
HOUR_S = 3600

# Hours that items may wait, summed over items: two minutes for one, or one minute for two.
PATIENCE = 2 / 60
FRONT_PATIENCE = PATIENCE / 4
# Before anything is known a feed is taken to bring one item in four hours, and one hour of knowledge outweighs that.
_PRIOR_ITEMS, _PRIOR_HOURS = 0.25, 1.0
# How many observations of its own an hour of the day, or of the week, needs before it outweighs the coarser picture.
_DAY_WEIGHT, _WEEK_WEIGHT = 3.0, 2.0
# The last hours tell whether today is busier than usual; as many items as usual are believed before they speak.
_LATELY_HOURS, _LATELY_WEIGHT = 4, 2.0

SOONEST, SOONEST_FRONT = timedelta(minutes=5), timedelta(minutes=2)
LATEST, LATEST_FRONT = timedelta(days=1), timedelta(hours=1)
# A publisher's wish is kept to this length: many write a day into a feed that changes every minute.
LONGEST_WISH, LONGEST_WISH_FRONT = timedelta(hours=1), timedelta(minutes=15)
LONGEST_RETRY = timedelta(days=1)
JITTER = 0.1
_FIRST_BACKOFF = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class History:
    """How many items came in each of the last 336 hours, as one byte an hour (255: at least so many).

    The byte of an hour is at its number since 1970 modulo 336; empty stands for all zeros. Nothing came after
    `learned_at`, the last change; nothing is known of the time before `known_since`. Both None: nothing is known.
    A poll that finds nothing new changes nothing here, so it writes nothing.
    """

    hours: bytes = b""
    learned_at: datetime | None = None
    known_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the publisher wishes, in seconds: `every_s` in the document (ttl, sy:update*), the others in the headers."""

    every_s: int = 0
    max_age_s: int = 0
    retry_after_s: int = 0


def arrivals(published: Iterable[datetime | None], last_poll: datetime | None, now: datetime) -> list[datetime]:
    """When the items that a poll found new must have come: as dated, but after the last poll and before this one.

    On the first poll (None) the dates alone count, and items without one tell nothing.
    """
    if last_poll is None:
        return [min(at, now) for at in published if at is not None]
    return [min(max(at or now, last_poll), now) for at in published]


def learn(history: History, came: Sequence[datetime], now: datetime) -> History:
    """The history with these arrivals in it.

    From a first document only the younger half of the items counts, and what is known begins with the oldest of
    those: a front page keeps a few old pieces among the new, and they would make it look slow.
    """
    if history.known_since is None:
        came = sorted(came, reverse=True)[: (len(came) + 1) // 2]
        history = History(known_since=max(min(came, default=now), now - timedelta(hours=TWO_WEEKS)))
    hours = bytearray(_until(history, now))
    newest = _hour(now)
    for at in came:
        back = newest - _hour(at)
        if 0 <= back < TWO_WEEKS and hours[-1 - back] < 255:
            hours[-1 - back] += 1
    turn = (newest + 1) % TWO_WEEKS
    return History(bytes(hours[-turn:] + hours[:-turn] if turn else hours), now, history.known_since)


def _hour(at: datetime) -> int:
    return int(at.timestamp()) // HOUR_S


def _until(history: History, now: datetime) -> bytes:
    """The hours in order, the last one now's."""
    if history.learned_at is None:
        return bytes(TWO_WEEKS)
    newest = _hour(now)
    silent = min(max(newest - _hour(history.learned_at), 0), TWO_WEEKS)
    turn = (newest + 1) % TWO_WEEKS
    ordered = history.hours[turn:] + history.hours[:turn]
    return ordered[: TWO_WEEKS - silent] + bytes(silent)


def of_last_day(history: History, now: datetime) -> int:
    """How many items came in the last 24 hours."""
    return sum(_until(history, now)[-24:])


class Profile:
    """The rate at which items are expected from now on, by the hour."""

    def __init__(self, history: History, now: datetime) -> None:
        self._hours = _until(history, now)
        known = (now - history.known_since) / timedelta(hours=1) if history.known_since else 0.0
        self._known = min(max(known, 0.0), TWO_WEEKS)
        self._base = (sum(self._hours) + _PRIOR_ITEMS) / (self._known + _PRIOR_HOURS)
        self._mood = self._lately(now.timestamp() % HOUR_S / HOUR_S)

    @property
    def is_dead(self) -> bool:
        """Two weeks without an item."""
        return self._known >= TWO_WEEKS and not any(self._hours)

    def rate(self, ahead: int) -> float:
        """Items an hour, `ahead` (0 to 23) hours after the present one. Today's mood fades over a day."""
        return self._usual(ahead) * float(self._mood ** (1 - ahead / 24))

    def _usual(self, ahead: int) -> float:
        """The mean of this hour of the week, drawn to the mean of this hour of the day, drawn to the mean of all."""
        same_hour = self._hours[TWO_WEEKS - 25 + ahead :: -24]
        same_weekday = self._hours[WEEK - 1 + ahead :: -WEEK]
        of_day = (sum(same_hour) + _DAY_WEIGHT * self._base) / (self._times(ahead, 24) + _DAY_WEIGHT)
        return (sum(same_weekday) + _WEEK_WEIGHT * of_day) / (self._times(ahead, WEEK) + _WEEK_WEIGHT)

    def _times(self, ahead: int, every: int) -> int:
        """How often the hour has been seen in what is known."""
        return int(self._known + ahead) // every

    def _lately(self, gone: float) -> float:
        """How much busier than usual the last hours were, `gone` being the part of the present hour that is over."""
        hours = min(_LATELY_HOURS, int(self._known))
        seen = sum(self._hours[-1 - hours :])
        usual = self._usual(0) * gone + sum(self._usual(-back) for back in range(1, hours + 1))
        return (seen + _LATELY_WEIGHT) / (usual + _LATELY_WEIGHT)


def patience_ends(profile: Profile, now: datetime, patience: float) -> timedelta:
    """How long until the items expected from now on will have waited `patience` hours together; a day at most."""
    begun = now.timestamp() % HOUR_S / HOUR_S
    items, left, at = 0.0, patience, 0.0
    for ahead in range(24):
        rate, length = profile.rate(ahead), 1 - begun if ahead == 0 else 1.0
        waited = (items + rate * length / 2) * length
        if waited >= left:
            return timedelta(hours=at + ((items * items + 2 * rate * left) ** 0.5 - items) / rate)
        items, left, at = items + rate * length, left - waited, at + length
    return LATEST


def next_poll(
    history: History,
    hints: Hints,
    now: datetime,
    *,
    is_front: bool,
    jitter: float,
    failures: int = 0,
    patience: float | None = None,
) -> datetime:
    """When to ask again after a poll at `now`. `jitter` is a random number from 0 to 1, `failures` those in a row."""
    wait = backoff(failures) if failures else interval(history, hints, now, is_front=is_front, patience=patience)
    wait *= 1 + JITTER * jitter
    return now + max(wait, min(timedelta(seconds=hints.retry_after_s), LONGEST_RETRY))


def interval(
    history: History, hints: Hints, now: datetime, *, is_front: bool, patience: float | None = None
) -> timedelta:
    """The wait between two polls of a healthy feed."""
    soonest, latest = (SOONEST_FRONT, LATEST_FRONT) if is_front else (SOONEST, LATEST)
    profile = Profile(history, now)
    wished = timedelta(seconds=max(hints.every_s, hints.max_age_s))
    wish = min(wished, LONGEST_WISH_FRONT if is_front else LONGEST_WISH)
    if profile.is_dead:
        return LATEST / (1 + JITTER)
    rhythm = patience_ends(profile, now, patience or (FRONT_PATIENCE if is_front else PATIENCE))
    return max(soonest, wish, min(rhythm, latest / (1 + JITTER)))


def backoff(failures: int) -> timedelta:
    """Five minutes after the first failure, then twice as long each time, to a day."""
    doubled: timedelta = _FIRST_BACKOFF * 2 ** min(failures - 1, 12)
    return min(doubled, LATEST / (1 + JITTER))
