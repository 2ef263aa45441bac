"""How many polls, and how late is news: a feed's own rhythm against fixed intervals, on one real news day.

A feed is replayed from its captures: whoever polls it at a time is given the capture that stood then. News is what
a capture has that none before it had, and it is late by the time until the poll that first sees it; what is gone
again before any poll is missed. Our schedule knows only what its own polls have seen: the first document and on.
Several runs with other random numbers, the same for all schedules; figures are over all of them.
"""

import random
import tarfile
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from inkstand.wire.errors import FeedUnreadable
from inkstand.wire.parse import parse
from inkstand.wire.rhythm import PATIENCE, Hints, History, arrivals, learn, next_poll

RUNS = 5
MINUTE = timedelta(minutes=1)
FIXED = (5, 15, 60)
# So many times the product's patience, for the curve of what more or fewer polls would buy.
PATIENCES = (0.25, 0.5, 1, 2, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class Capture:
    """A feed as it stood from `at` on: when each item says it was published, by id, and the publisher's wish."""

    at: datetime
    items: dict[str, datetime | None] = field(default_factory=dict)
    hints: Hints = field(default_factory=Hints)
    is_readable: bool = True


@dataclass(slots=True)
class Tally:
    """`late` in minutes, an item each."""

    polls: int = 0
    missed: int = 0
    late: list[float] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.polls += other.polls
        self.missed += other.missed
        self.late += other.late

    def figures(self, runs: int) -> dict[str, float]:
        deciles = quantiles(self.late, n=10)
        return {
            "polls": self.polls / runs,
            "median_late_min": median(self.late),
            "p90_late_min": deciles[8],
            "mean_late_min": sum(self.late) / len(self.late),
            "missed": self.missed / runs,
        }


@dataclass(frozen=True, slots=True)
class Met:
    """What a schedule may know after a poll. `chance` is a random number from 0 to 1."""

    now: datetime
    history: History
    hints: Hints
    failures: int
    chance: float


Schedule = Callable[[Met], datetime]


def fixed(minutes: int) -> Schedule:
    return lambda met: met.now + minutes * MINUTE


def by_rhythm(*, is_front: bool = False, obey: bool = True, patience: float | None = None) -> Schedule:
    def schedule(met: Met) -> datetime:
        hints = met.hints if obey else Hints()
        return next_poll(
            met.history,
            hints,
            met.now,
            is_front=is_front,
            jitter=met.chance,
            failures=met.failures,
            patience=patience,
        )

    return schedule


def simulate(captures: list[Capture], schedule: Schedule, chance: random.Random, until: datetime) -> Tally:
    """One feed from its first capture until `until`; what no poll has met by then counts as late by at least that."""
    appeared, gone = _appearances(captures)
    tally, history, last, failures = Tally(), History(), None, 0
    seen: set[str] = set()
    # Everybody subscribes at some moment within the first five minutes, and polls at once.
    now = captures[0].at + 5 * chance.random() * MINUTE
    while now < until:
        standing = _standing(captures, now)
        failures = 0 if standing.is_readable else failures + 1
        if new := standing.items.keys() - seen:
            history = learn(history, arrivals([standing.items[item] for item in new], last, now), now)
        tally.polls += 1
        tally.late += [(now - appeared[item]) / MINUTE for item in new if item in appeared]
        seen |= new
        last, now = now, schedule(Met(now, history, standing.hints, failures, chance.random()))
    unseen = appeared.keys() - seen
    tally.missed = sum(gone[item] <= until for item in unseen)
    tally.late += [(until - appeared[item]) / MINUTE for item in unseen if gone[item] > until]
    return tally


def _appearances(captures: list[Capture]) -> tuple[dict[str, datetime], dict[str, datetime]]:
    """(when each item that the first capture lacks was first there, when it was first there no more)."""
    appeared: dict[str, datetime] = {}
    gone: dict[str, datetime] = {}
    ends = [*(capture.at for capture in captures[1:]), datetime.max.replace(tzinfo=UTC)]
    for capture, end in zip(captures, ends, strict=True):
        for item in capture.items:
            appeared.setdefault(item, capture.at)
            gone[item] = end
    return {item: at for item, at in appeared.items() if item not in captures[0].items}, gone


def _standing(captures: list[Capture], now: datetime) -> Capture:
    return captures[max(bisect_right(captures, now, key=lambda capture: capture.at) - 1, 0)]


def read_day(data: Path) -> dict[str, list[Capture]]:
    """Each feed's captures in order of time."""
    feeds: dict[str, list[Capture]] = {}
    with tarfile.open(data / "news-day.tar.xz") as archive:
        for member in archive:
            if body := archive.extractfile(member):
                feed, stamp = member.name.split("/")
                feeds.setdefault(feed, []).append(_capture(stamp[:16], body.read()))
    return {feed: sorted(captures, key=lambda capture: capture.at) for feed, captures in sorted(feeds.items())}


def _capture(stamp: str, body: bytes) -> Capture:
    at = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    try:
        document = parse(body)
    except FeedUnreadable:
        return Capture(at, is_readable=False)
    items = {item.id or item.url or item.headline: item.published for item in document.items}
    return Capture(at, items, Hints(every_s=document.every_s))


def run(data: Path, say: Callable[[str], None], plot: Path | None = None) -> dict[str, object]:
    """Polls a day's window, lateness in minutes. `plot` is a PNG to draw the curve into."""
    feeds = read_day(data)
    until = max(captures[-1].at for captures in feeds.values()) + timedelta(hours=1)
    tried = partial(_try, feeds, until)
    say(f"{len(feeds)} feeds, {sum(map(len, feeds.values()))} captures, until {until:%H:%M}")
    figures: dict[str, object] = {f"fixed_{minutes}": tried(fixed(minutes)) for minutes in FIXED}
    figures["rhythm"] = tried(by_rhythm())
    figures["rhythm_as_front"] = tried(by_rhythm(is_front=True))
    figures["rhythm_without_wishes"] = tried(by_rhythm(obey=False))
    if plot:
        say("the curve")
        _draw(tried, plot)
    return figures


def _try(feeds: dict[str, list[Capture]], until: datetime, schedule: Schedule) -> dict[str, float]:
    whole = Tally()
    for seed in range(RUNS):
        chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
        for captures in feeds.values():
            whole.add(simulate(captures, schedule, chance, until))
    return whole.figures(RUNS)


def _draw(tried: Callable[[Schedule], dict[str, float]], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot
    from matplotlib.ticker import NullFormatter, ScalarFormatter

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    curves = {
        "fixed intervals of 2 to 60 minutes": [tried(fixed(minutes)) for minutes in (2, 3, 5, 10, 15, 30, 60)],
        "own rhythm, more to less patient": [tried(by_rhythm(obey=False, patience=PATIENCE * n)) for n in PATIENCES],
        "as shipped, publishers' wishes kept": [tried(by_rhythm())],
    }
    for (name, points), mark in zip(curves.items(), ("o-", "o-", "k*"), strict=True):
        axes.plot([each["polls"] for each in points], [each["mean_late_min"] for each in points], mark, label=name)
    axes.set(xscale="log", yscale="log", xlabel="polls in eleven hours, 24 feeds", ylabel="mean lateness, minutes")
    for axis, ticks in ((axes.xaxis, (300, 600, 1200, 2500, 5000)), (axes.yaxis, (1, 2, 5, 10, 20, 30))):
        axis.set_ticks(ticks)
        axis.set_major_formatter(ScalarFormatter())
        axis.set_minor_formatter(NullFormatter())
    axes.grid(alpha=0.3)
    axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120, bbox_inches="tight")
