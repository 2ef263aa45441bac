"""An index from a rare term to the latest stories that use it: how a story is found among thousands."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from inkstand.stories.arrays import Floats, Ints, grouped
from inkstand.stories.words import BUCKETS

POSTED = 32  # stories remembered for one term: the ones told last, by numbers below 2**31
_NONE = -1


@dataclass(slots=True)
class Postings:
    """Each term has a line of POSTED places; a new story takes the place of the oldest."""

    _line: Ints = field(default_factory=lambda: np.full(BUCKETS, _NONE, np.int32))  # of each term
    _stories: Ints = field(default_factory=lambda: np.full((1024, POSTED), _NONE, np.int32))
    _next: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros(1024, np.int8))
    _free: list[int] = field(default_factory=lambda: list(range(1024)))

    def add(self, terms: Ints, story: int) -> None:
        """`terms` each once."""
        lines = self._lines_of(terms)
        fresh = lines[(self._stories[lines] != story).all(axis=1)]
        self._stories[fresh, self._next[fresh]] = story
        self._next[fresh] = (self._next[fresh] + 1) % POSTED

    def drop(self, terms: Ints, story: int) -> None:
        known = terms[self._line[terms] != _NONE]
        lines = self._line[known]
        left = np.where(self._stories[lines] == story, _NONE, self._stories[lines])
        self._stories[lines] = left
        empty = (left == _NONE).all(axis=1)
        self._free += lines[empty].tolist()
        self._line[known[empty]] = _NONE

    def shared(self, terms: Ints, weights: Floats, most: int) -> list[int]:
        """At most `most` stories, those first whose shared terms weigh most; the lower number where two are even."""
        lines = self._line[terms]
        posted, heavy = self._stories[lines[lines >= 0]].ravel(), np.repeat(weights[lines >= 0], POSTED)
        order, starts = grouped(posted)
        stories, sums = posted[order[starts]], np.add.reduceat(heavy[order], starts)
        sums[stories == _NONE] = 0
        best = np.argsort(-sums, kind="stable")[:most]
        found: list[int] = stories[best[sums[best] > 0]].tolist()
        return found

    def _lines_of(self, terms: Ints) -> Ints:
        fresh = terms[self._line[terms] == _NONE]
        if len(fresh):
            while len(self._free) < len(fresh):
                self._grow()
            lines = [self._free.pop() for _ in fresh]
            self._line[fresh], self._next[lines] = lines, 0
        return self._line[terms]

    def _grow(self) -> None:
        had = len(self._next)
        self._stories = np.concatenate([self._stories, np.full((had, POSTED), _NONE, np.int32)])
        self._next = np.concatenate([self._next, np.zeros(had, np.int8)])
        self._free += range(had, 2 * had)
