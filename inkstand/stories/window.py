"""The live window: recent articles as rows of numbers, and an index from rare terms to the stories that use them.

Everything here is a function of the articles added and not yet dropped, in their order: rebuilding it from stored
features gives the same window. One article takes about 1.3 kB.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from inkstand.stories.arrays import Bits, Doubles, Floats, Ints
from inkstand.stories.features import TERMS, Features
from inkstand.stories.meaning import WIDTH
from inkstand.stories.postings import Postings
from inkstand.stories.rarity import Rarity

INDEXED = 32  # heaviest terms of an article that lead to its story
ASKED = 32  # heaviest terms of an article by which it looks for stories
KEPT = 32  # latest articles of a story whose terms keep leading to it when an older one leaves
FOUND = 40  # stories weighed by shared terms alone
SHORTLIST = 12  # of these, stories compared in full


@dataclass(slots=True)
class Rows:
    """Parallel arrays, one row an article. Vectors are kept at a 127th; padding terms are 0 with weight 0."""

    terms: Ints
    weights: npt.NDArray[np.float16]
    fields: Bits
    head: npt.NDArray[np.int8]
    body: npt.NDArray[np.int8]
    length: Floats
    at: Doubles
    story: npt.NDArray[np.int64]

    @classmethod
    def empty(cls, capacity: int) -> "Rows":
        return cls(
            np.zeros((capacity, TERMS), np.int32),
            np.zeros((capacity, TERMS), np.float16),
            np.zeros((capacity, TERMS), np.uint8),
            np.zeros((capacity, WIDTH), np.int8),
            np.zeros((capacity, WIDTH), np.int8),
            np.zeros(capacity, np.float32),
            np.zeros(capacity, np.float64),
            np.zeros(capacity, np.int64),
        )

    def read(self, row: int) -> Features:
        filled = int((self.weights[row] > 0).sum())
        weights = self.weights[row, :filled].astype(np.float32)
        head, body = (vectors[row].astype(np.float32) / np.float32(127) for vectors in (self.head, self.body))
        return Features(self.terms[row, :filled], weights, self.fields[row, :filled], head, body, int(self.length[row]))

    def write(self, row: int, article: Features, at: float, story: int) -> None:
        filled = len(article.terms)
        self.terms[row, :filled], self.terms[row, filled:] = article.terms, 0
        self.weights[row, :filled], self.weights[row, filled:] = article.weights, 0
        self.fields[row, :filled], self.fields[row, filled:] = article.fields, 0
        self.head[row] = np.rint(article.head * 127)
        self.body[row] = np.rint(article.body * 127)
        self.length[row], self.at[row], self.story[row] = article.length, at, story


@dataclass(slots=True)
class Window:
    """Holds at most `capacity` articles; adding to a full window drops the oldest."""

    capacity: int
    rarity: Rarity = field(default_factory=Rarity)
    rows: Rows = field(init=False)
    stories: dict[int, list[int]] = field(init=False, default_factory=dict)  # story → rows, in order of arrival
    _postings: Postings = field(init=False, default_factory=Postings)
    _order: deque[int] = field(init=False, default_factory=deque)  # rows by arrival
    _free: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = Rows.empty(self.capacity)
        self._free = list(range(self.capacity - 1, -1, -1))

    def __len__(self) -> int:
        return len(self._order)

    def add(self, article: Features, *, at: float, story: int) -> list[int]:
        """`at` is seconds since 1970, NaN where the article has no date. Returns the stories that left for it."""
        gone = [] if self._free else self.drop_oldest()
        row = self._free.pop()
        self.rows.write(row, article, at, story)
        self.rarity.add(article.terms)
        self._order.append(row)
        self.stories.setdefault(story, []).append(row)
        self._postings.add(article.terms[:INDEXED], story)
        return [left for left in gone if left not in self.stories]

    def drop_oldest(self) -> list[int]:
        """Drops one article. Returns its story if none of it is left."""
        row = self._order.popleft()
        self._free.append(row)
        terms = self.rows.terms[row]
        self.rarity.drop(terms[terms > 0])
        story = int(self.rows.story[row])
        return self._leave(row, story)

    def _leave(self, row: int, story: int) -> list[int]:
        left, terms = self.stories[story], self._indexed(row)
        left.remove(row)
        if left:
            self._postings.drop(terms[~np.isin(terms, self.rows.terms[left[-KEPT:], :INDEXED])], story)
            return []
        self._postings.drop(terms, story)
        del self.stories[story]
        return [story]

    def _indexed(self, row: int) -> Ints:
        terms = self.rows.terms[row, :INDEXED]
        return terms[terms > 0]

    def order(self) -> list[int]:
        """Rows, oldest first."""
        return list(self._order)

    def articles(self) -> Iterator[tuple[Features, float, int]]:
        """Features, time and story of each, oldest first: `add` them to an empty window and it is this one again."""
        for row in self._order:
            yield self.rows.read(row), float(self.rows.at[row]), int(self.rows.story[row])

    def move(self, row: int, story: int) -> list[int]:
        """Gives one article to another story. Returns the old one if none of it is left."""
        old = int(self.rows.story[row])
        gone = self._leave(row, old)
        self.rows.story[row] = story
        self.stories.setdefault(story, []).append(row)
        self._postings.add(self._indexed(row), story)
        return gone

    def merge(self, story: int, into: int) -> None:
        for row in list(self.stories[story]):
            self.move(row, into)

    def found(self, article: Features) -> list[int]:
        """Stories that share the article's rare terms, those that share most first; at most FOUND."""
        weights = article.weights[:ASKED]
        return self._postings.shared(article.terms[:ASKED], weights * weights, FOUND)

    def likeliest(self, article: Features, found: list[int]) -> list[int]:
        """Of the stories found, the SHORTLIST to compare in full: by order found, and by their latest's meaning."""
        if len(found) <= SHORTLIST:
            return found
        latest = self.rows.body[[self.stories[story][-1] for story in found]].astype(np.float32)
        meant = latest @ (article.body / np.float32(127))
        order = np.argsort(np.arange(len(found)) / FOUND - meant, kind="stable")
        return [found[at] for at in order[:SHORTLIST].tolist()]
