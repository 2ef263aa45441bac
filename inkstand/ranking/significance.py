"""How much a story matters now, from evidence alone, with the parts that make it up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp2, log2, sqrt
from types import MappingProxyType
from typing import Literal

from inkstand.ranking.reasons import Reason

HALF_LIFE = timedelta(hours=4)  # a telling is worth half as much after this long
STAYING = timedelta(hours=1)  # a placement held this long counts in full, a new one counts half
COPY_WEIGHT = 0.25  # a copy says that another newsroom chose the text, not that it found anything out
LIVE_WEIGHT = 0.25  # a live page gains a line for the smallest thing: nobody chose to give it a piece of its own
STATE_WEIGHT = 0.25  # what a state has its titles say is no independent voice
CROWDING = 0.9  # the tenth voice of one country says less than the first of another
HOME_WEIGHT = 3.0  # for an edition made for one country: what that country's own newsrooms say
GROWING = timedelta(hours=2)
GROWTH_WEIGHT = 0.03  # more than this brings up what is merely new: see decision 0007
DEPTH_WEIGHT = 0.1
LONG_READ = 1200  # words
PIN_POINTS = 1000.0  # above anything newsrooms can say together

Editors = Literal["", "pinned", "buried"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One title's account of a story. `told` is when it last told it, `copy` that the text is another title's, `live`
    that it is a line of a live page.

    `weight` is the title's own: 1 for a newsroom like any other, STATE_WEIGHT for one that speaks for a state.
    `country` is ISO 3166-1 alpha-2, "" where unknown. `words` is 0 where only a teaser came.
    `worth` is less than 1 where many readers called it not worth reading.
    """

    title: int
    told: datetime
    country: str = ""
    weight: float = 1.0
    copy: bool = False
    original: bool = False
    words: int = 0
    worth: float = 1.0
    live: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a title's own front feed has the story: `position` from 0, held since `since`, last seen at `seen`."""

    title: int
    position: int
    since: datetime
    seen: datetime
    country: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one story. Everything but `began` and `voices` may be missing."""

    began: datetime
    voices: tuple[Voice, ...]
    placements: tuple[Placement, ...] = ()
    editors: Editors = ""


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is the sum of `parts`, each in the same points: one point is one newsroom telling it this minute."""

    value: float
    parts: Mapping[str, float]


def significance(evidence: Evidence, now: datetime, *, home: str = "") -> Score:
    """`home` is the country the edition is made for, "" for the world's."""
    voices = _points((voice.title, voice.country, _loudness(voice)) for voice in evidence.voices)
    worthy = _points((v.title, v.country, _loudness(v) * v.worth) for v in evidence.voices)
    told = [(v.title, v.country, _loudness(v) * v.worth * _fresh(now - v.told)) for v in evidence.voices]
    placed = [(p.title, p.country, p.weight * _prominence(p, now)) for p in evidence.placements]
    fresh, fronted = _points(told), _points(told, placed)
    at_home = _points(told, placed, home=home) if home else fronted
    parts = {
        "voices": voices,
        "readers": worthy - voices,
        "age": fresh - worthy,
        "placements": fronted - fresh,
        "home": at_home - fronted,
        "growth": at_home * GROWTH_WEIGHT * _growth(evidence.voices, now),
        "depth": at_home * DEPTH_WEIGHT * _depth(evidence.voices),
    }
    parts["editors"] = _wish(evidence.editors, sum(parts.values()))
    return Score(sum(parts.values()), MappingProxyType(parts))


Loudness = tuple[int, str, float]


def _points(*heard: Iterable[Loudness], home: str = "") -> float:
    """Adds what each title says, once by its loudest account, then lets the titles of one country crowd each other."""
    countries: dict[str, float] = defaultdict(float)
    for kind in heard:
        loudest: dict[tuple[str, int], float] = {}
        for title, country, loud in kind:
            key = (country, title)
            loudest[key] = max(loudest.get(key, 0.0), loud)
        for (country, _), loud in loudest.items():
            countries[country] += loud
    return sum((HOME_WEIGHT if home and c == home else 1.0) * _crowded(points) for c, points in countries.items())


def _crowded(points: float) -> float:
    return exp2(CROWDING * log2(points)) if points > 0 else 0.0


def _loudness(voice: Voice) -> float:
    return voice.weight * (COPY_WEIGHT if voice.copy else 1.0) * (LIVE_WEIGHT if voice.live else 1.0)


def _fresh(age: timedelta) -> float:
    return exp2(-max(0.0, age / HALF_LIFE))


def _prominence(placement: Placement, now: datetime) -> float:
    held = min(1.0, (placement.seen - placement.since) / STAYING)
    return (0.5 + 0.5 * held) / sqrt(1 + placement.position) * _fresh(now - placement.seen)


def _growth(voices: tuple[Voice, ...], now: datetime) -> float:
    """The share of its titles that told it just now; nothing for a story of one title."""
    titles = {voice.title for voice in voices}
    return len(_recent(voices, now)) / len(titles) if len(titles) > 1 else 0.0


def _recent(voices: tuple[Voice, ...], now: datetime) -> set[int]:
    return {voice.title for voice in voices if now - voice.told <= GROWING}


def _depth(voices: tuple[Voice, ...]) -> float:
    """Half for somebody's own reporting, half for the length of the longest account."""
    longest = max((voice.words for voice in voices), default=0)
    return 0.5 * any(voice.original for voice in voices) + 0.5 * min(1.0, longest / LONG_READ)


def _wish(editors: Editors, points: float) -> float:
    if editors == "pinned":
        return PIN_POINTS
    return -points if editors == "buried" else 0.0


def why(evidence: Evidence, score: Score, now: datetime, *, home: str = "") -> list[Reason]:
    """What a person reads under "Why is this here?": only what counted."""
    return list(_why(evidence, score.parts, now, home))


def _why(evidence: Evidence, parts: Mapping[str, float], now: datetime, home: str) -> Iterable[Reason]:
    voices, placements = evidence.voices, evidence.placements
    if evidence.editors:
        yield Reason(f"editors-{evidence.editors}")
    titles, countries = {v.title for v in voices}, {v.country for v in voices if v.country}
    yield Reason("voices", len(titles), {"titles": len(titles), "countries": len(countries)})
    if placements:
        best = min(placements, key=lambda p: p.position)
        hours = max(p.seen - p.since for p in placements) / timedelta(hours=1)
        fronts = len({p.title for p in placements})
        yield Reason("placements", fronts, {"fronts": fronts, "position": best.position + 1, "hours": round(hours)})
    if parts["home"] > 0:
        here = len({v.title for v in voices if v.country == home} | {p.title for p in placements if p.country == home})
        yield Reason("home", here, {"titles": here, "country": home})
    if parts["growth"] > 0:
        recent = len(_recent(voices, now))
        yield Reason("growth", recent, {"titles": recent, "hours": round(GROWING / timedelta(hours=1))})
    if parts["readers"] < 0:
        yield Reason("readers")
    yield from _why_depth(voices)
    hours = max(1, round((now - evidence.began) / timedelta(hours=1)))
    yield Reason("age", hours, {"hours": hours})


def _why_depth(voices: tuple[Voice, ...]) -> Iterable[Reason]:
    copies, lines = sum(voice.copy for voice in voices), sum(voice.live for voice in voices)
    originals = sum(voice.original for voice in voices)
    if originals:
        yield Reason("original", originals, {"titles": originals})
    if copies:
        yield Reason("copies", copies, {"copies": copies})
    if lines:
        yield Reason("live", lines, {"lines": lines})
