"""Running stories: events that follow from one another over weeks.

Two sets of headlines belong together as much as their pairs are alike on average; the average over all pairs is one
product of two sums, so a running story of a thousand headlines costs no more than one of two. A new event joins the
likeliest running story when it begins; a pass now and then merges those that have grown together.
"""

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inkstand.stories import meaning
from inkstand.stories.arrays import Floats
from inkstand.stories.decide import Join
from inkstand.stories.features import HEADLINE, Features

WEEKS = 28 * 86_400.0  # seconds of silence after which a running story is over
GATHERED = 50_000  # running stories that a pass looks among: those of more than one article, then the latest begun
NEAR = 8  # neighbours that a pass looks at for each


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike running stories must be, found by `inkstand.ops.train.stories`. `words` is the part that shared words
    have in it, the rest is meaning; `plain` scales words where there is no meaning, outside English."""

    words: float
    plain: float
    join: float
    merge: float


@cache
def shipped() -> Likeness:
    return Likeness(**json.loads(Path(__file__).with_name("weights.json").read_text())["running"])


@dataclass(slots=True)
class Thread:
    """Sums over a running story's headlines: unit vectors of meaning, and of words. Meaning is held in 127ths, and of
    one article, which most threads are of, in a byte each."""

    held: npt.NDArray[np.int8] | Floats
    words: dict[int, float]
    size: int
    began: float
    moved: float

    @classmethod
    def of(cls, article: Features, at: float) -> "Thread":
        mine = (article.fields & HEADLINE) > 0
        weights = meaning.unit(article.weights[mine])
        held = np.rint(article.head * 127).astype(np.int8)
        return cls(held, dict(zip(article.terms[mine].tolist(), weights.tolist(), strict=True)), 1, at, at)

    @property
    def meaning(self) -> Floats:
        return self.held.astype(np.float32) / np.float32(127)

    def absorb(self, other: "Thread") -> None:
        self.held = self.held.astype(np.float32) + other.held
        for term, weight in other.words.items():
            self.words[term] = self.words.get(term, 0.0) + weight
        self.size += other.size
        self.began, self.moved = float(np.fmin(self.began, other.began)), float(np.fmax(self.moved, other.moved))

    def shed(self, other: "Thread") -> None:
        """Undoes `absorb`, but for how long it ran."""
        self.held = self.held.astype(np.float32) - other.held
        self.size -= other.size
        for term, weight in other.words.items():
            self.words[term] -= weight

    def apart(self, other: "Thread") -> float:
        """Seconds of silence between the two, 0 where they overlap or a date is missing."""
        gap = max(self.began - other.moved, other.began - self.moved)
        return gap if gap > 0 else 0.0


def alike(one: Thread, others: Sequence[Thread], how: Likeness) -> list[float]:
    """Mean likeness of their pairs with each other thread, 0 where too long a silence lies between."""
    mine, theirs = list(one.words.items()), [other.words for other in others]
    shared = np.array([sum(weight * words[term] for term, weight in mine if term in words) for words in theirs])
    meant = np.stack([other.meaning for other in others]) @ one.meaning
    score = np.where(meant, how.words * shared + (1 - how.words) * meant, how.plain * shared)
    near = np.array([one.apart(other) <= WEEKS for other in others])
    pairs = one.size * np.array([other.size for other in others])
    found: list[float] = (score * near / pairs).tolist()
    return found


def nearest(event: Thread, threads: dict[int, Thread], how: Likeness) -> Join | None:
    """The likeliest running story, likely or not; None where there are none."""
    if not threads:
        return None
    score, best = max(zip(alike(event, list(threads.values()), how), threads, strict=True), key=lambda found: found[0])
    return Join(best, score, (("likeness", score),))


@dataclass(frozen=True, slots=True)
class Merge:
    running: int
    into: int
    score: float


@dataclass(slots=True)
class Gathering:
    """One pass over running stories: the most alike pair merges first, until none is alike enough."""

    threads: dict[int, Thread]
    how: Likeness
    _numbers: list[int] = field(init=False)  # those it looks among
    _place: dict[int, int] = field(init=False)  # running story → row of `_means`
    _means: Floats = field(init=False)
    _using: dict[int, set[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = heapq.nlargest(GATHERED, self.threads, key=lambda one: (self.threads[one].size > 1, one))
        self._place = {number: at for at, number in enumerate(self._numbers)}
        self._means = np.stack([self.threads[number].meaning / self.threads[number].size for number in self._numbers])
        for number in self._numbers:
            for term in self.threads[number].words:
                self._using.setdefault(term, set()).add(number)

    def run(self, changed: Iterable[int]) -> Iterator[Merge]:
        """Looks at each of `changed` and whatever is near it. Sums of the merged are added up in `threads`."""
        heap = [pair for number in changed if number in self._place for pair in self._near(number)]
        heapq.heapify(heap)
        while heap:
            score, one, other, pairs = heapq.heappop(heap)
            if one not in self.threads or other not in self.threads or pairs != self._pairs(one, other):
                continue  # either has merged since, and was looked at again
            into, gone = sorted((one, other), key=lambda number: (-self.threads[number].size, number))
            self._merge(gone, into)
            yield Merge(gone, into, -score)
            for pair in self._near(into):
                heapq.heappush(heap, pair)

    def _near(self, number: int) -> Iterator[tuple[float, int, int, int]]:
        near = sorted(self._neighbours(number))
        scores = alike(self.threads[number], [self.threads[other] for other in near], self.how) if near else []
        for other, score in zip(near, scores, strict=True):
            if score >= self.how.merge:
                yield -score, number, other, self._pairs(number, other)

    def _neighbours(self, number: int) -> set[int]:
        thread = self.threads[number]
        if thread.meaning.any():
            likeness = self._means @ (thread.meaning / thread.size)
            near = np.argpartition(-likeness, min(NEAR, len(likeness) - 1))[: NEAR + 1]
            found = {self._numbers[at] for at in near.tolist()}
        else:
            found = set()
        for term in heapq.nlargest(NEAR, thread.words, key=thread.words.__getitem__):
            using = self._using[term]
            if len(using) <= 4 * NEAR:
                found |= using
        return {other for other in found if other != number and other in self.threads}

    def _pairs(self, one: int, other: int) -> int:
        return self.threads[one].size * self.threads[other].size

    def _merge(self, gone: int, into: int) -> None:
        old = self.threads.pop(gone)
        for term in old.words:
            self._using[term].discard(gone)
            self._using[term].add(into)
        self.threads[into].absorb(old)
        self._means[self._place[gone]] = 0
        self._means[self._place[into]] = self.threads[into].meaning / self.threads[into].size
