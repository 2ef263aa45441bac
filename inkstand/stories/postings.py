"""An index from a rare term to the latest stories that use it: how a story is found among thousands."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from inkstand.stories.arrays import Floats, Ints

POSTED = 32  # stories remembered for one term: the ones told last, by numbers below 2**31
_NONE = -1


@dataclass(slots=True)
class Postings:
    """Each term has a line of POSTED places; a new story takes the place of the oldest."""

    _line: dict[int, int] = field(default_factory=dict)  # term → line
    _stories: Ints = field(default_factory=lambda: np.full((1024, POSTED), _NONE, np.int32))
    _next: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros(1024, np.int8))
    _free: list[int] = field(default_factory=lambda: list(range(1024)))

    def add(self, terms: Ints, story: int) -> None:
        """`terms` each once."""
        lines = np.array([self._line_of(term) for term in terms.tolist()], np.intp)
        fresh = lines[(self._stories[lines] != story).all(axis=1)]
        self._stories[fresh, self._next[fresh]] = story
        self._next[fresh] = (self._next[fresh] + 1) % POSTED

    def drop(self, terms: Ints, story: int) -> None:
        known = [term for term in terms.tolist() if term in self._line]
        lines = np.array([self._line[term] for term in known], np.intp)
        left = np.where(self._stories[lines] == story, _NONE, self._stories[lines])
        self._stories[lines] = left
        for at in np.flatnonzero((left == _NONE).all(axis=1)).tolist():
            self._free.append(self._line.pop(known[at]))

    def shared(self, terms: Ints, weights: Floats, most: int) -> list[int]:
        """At most `most` stories, those first whose shared terms weigh most; the lower number where two are even."""
        lines = np.array([self._line.get(term, _NONE) for term in terms.tolist()], np.intp)
        posted, heavy = self._stories[lines[lines >= 0]], weights[lines >= 0]
        stories, which = np.unique(posted, return_inverse=True)
        sums = np.bincount(which.ravel(), np.repeat(heavy, POSTED), len(stories))
        sums[stories == _NONE] = 0
        best = np.argsort(-sums, kind="stable")[:most]
        return [int(story) for story in stories[best[sums[best] > 0]]]

    def _line_of(self, term: int) -> int:
        line = self._line.get(term)
        if line is None:
            if not self._free:
                self._grow()
            line = self._line[term] = self._free.pop()
            self._next[line] = 0
        return line

    def _grow(self) -> None:
        had = len(self._next)
        self._stories = np.concatenate([self._stories, np.full((had, POSTED), _NONE, np.int32)])
        self._next = np.concatenate([self._next, np.zeros(had, np.int8)])
        self._free += range(had, 2 * had)
