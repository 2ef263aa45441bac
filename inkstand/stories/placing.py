"""The live window and all that decides over it, in one hand: what a worker keeps in memory between articles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from inkstand.stories import decide, running
from inkstand.stories.arrays import Doubles, Floats
from inkstand.stories.compare import PAIR, Comparing
from inkstand.stories.decide import NEVER, Join, New, Weights
from inkstand.stories.evidence import Evidence, weigh
from inkstand.stories.features import Features, Reading
from inkstand.stories.rarity import Rarity
from inkstand.stories.running import Gathering, Likeness, Merge, Thread
from inkstand.stories.window import Window

CAPACITY = 200_000  # articles
_ALIKE = [PAIR.index("text"), PAIR.index("meaning")]


@dataclass(frozen=True, slots=True)
class Placed:
    """The event that an article tells, and the running story that event belongs to; each may be a new one."""

    event: Join | New
    running: Join | New


@dataclass(slots=True)
class Placing:
    """One configuration for all articles. Nothing here is lost with the process: `add` what the database has."""

    capacity: int = CAPACITY
    weights: Weights = field(default_factory=decide.shipped)
    likeness: Likeness = field(default_factory=running.shipped)
    window: Window = field(init=False)
    threads: dict[int, Thread] = field(init=False, default_factory=dict)  # running story → its sums
    follows: dict[int, int] = field(init=False, default_factory=dict)  # story of the window → running story
    _reading: Reading = field(init=False)
    _comparing: Comparing = field(init=False, default_factory=Comparing)
    touched: set[int] = field(init=False, default_factory=set)  # stories told since the last second look
    _events: dict[int, set[int]] = field(init=False, default_factory=dict)  # running story → stories of the window

    def __post_init__(self) -> None:
        self.window = Window(self.capacity, Rarity())
        self._reading = Reading(self.window.rarity)

    def read(self, headline: str, lead: str, language: str) -> Features:
        return self._reading.read(headline, lead, language)

    def place(self, article: Features, at: float) -> Placed:
        """`at` is seconds since 1970, NaN where the article has no date. Changes nothing: `add` it where it belongs.

        A mere headline joins an event only if that event's running story is also the one it would itself follow: a
        few words can look like an event's by chance, but seldom like a whole running story's as well.
        """
        found = self.window.found(article)
        evidence = self.weigh(article, at, self.window.likeliest(article, found))
        event = decide.decide(evidence, self.weights)
        if isinstance(event, Join) and not evidence.brief:
            return Placed(event, Join(self.follows[event.story], event.score, event.why))
        near = running.nearest(Thread.of(article, at), self._threads_of(found), self.likeness)
        if isinstance(event, Join) and near and self.follows[event.story] == near.story:
            return Placed(event, near)
        event = New(event.score)
        return Placed(event, near if near and near.score >= self.likeness.join else New(near.score if near else NEVER))

    def _threads_of(self, stories: list[int]) -> dict[int, Thread]:
        return {number: self.threads[number] for number in sorted({self.follows[story] for story in stories})}

    def weigh(self, article: Features, at: float, stories: list[int]) -> Evidence:
        return self.weigh_groups(article, at, {story: self.window.stories[story] for story in stories})

    def weigh_groups(self, article: Features, at: float, groups: dict[int, list[int]]) -> Evidence:
        """As if each group of rows were a story."""
        return weigh(self.window, self._comparing, article, at, groups)

    def alike(self, rows: list[int]) -> Floats:
        """How alike articles of the window are, every pair, about 0 to 1: mean of their text's cosine and meaning's."""
        articles = [self.window.rows.read(row) for row in rows]
        pairs = np.stack([self._comparing.pairs(article, self.window.rows, rows)[:, _ALIKE] for article in articles])
        mean = pairs.mean(axis=2)
        return np.asarray((mean + mean.T) / 2, np.float32)

    def score(self, evidence: Evidence) -> Doubles:
        return decide.score(evidence, self.weights)

    def add(self, article: Features, *, at: float, story: int, of: int) -> None:
        """Puts a placed article into the window; `of` is its story's running story."""
        for gone in self.window.add(article, at=at, story=story):
            self._end(gone)
        self._begin(story, of)
        self._join(Thread.of(article, at), of)
        self.touched.add(story)

    def gather(self, touched: Iterable[int]) -> Iterator[Merge]:
        """A pass over these stories' running stories; each merge is already done here when yielded."""
        changed = {self.follows[story] for story in touched if story in self.follows}
        for merge in Gathering(self.threads, self.likeness).run(sorted(changed)) if changed else ():
            self._redirect(merge)
            yield merge

    def merge(self, story: int, into: int) -> None:
        """Two events prove to be one; their running stories are one from then on too."""
        one, other = self.follows[story], self.follows[into]
        if one != other:
            self.threads[other].absorb(self.threads.pop(one))
            self._redirect(running.Merge(one, other, 0.0))
        self.window.merge(story, into)
        self._end(story)
        self.touched.add(into)

    def split(self, rows: Iterable[int], story: int, of: int) -> None:
        """These rows prove to tell a story of their own, which follows from nothing yet."""
        for row in rows:
            old, thread = int(self.window.rows.story[row]), self._thread(row)
            self.threads[self.follows[old]].shed(thread)
            self._begin(story, of)
            self._join(thread, of)
            self.window.move(row, story)
        self.touched.add(story)

    def _thread(self, row: int) -> Thread:
        return Thread.of(self.window.rows.read(row), float(self.window.rows.at[row]))

    def _redirect(self, merge: Merge) -> None:
        moved = self._events.pop(merge.running)
        self.follows.update(dict.fromkeys(moved, merge.into))
        self._events[merge.into] |= moved

    def _begin(self, story: int, of: int) -> None:
        if story not in self.follows:
            self.follows[story] = of
            self._events.setdefault(of, set()).add(story)

    def _join(self, thread: Thread, of: int) -> None:
        if of in self.threads:
            self.threads[of].absorb(thread)
        else:
            self.threads[of] = thread

    def _end(self, story: int) -> None:
        self.touched.discard(story)
        of = self.follows.pop(story)
        self._events[of].discard(story)
        if not self._events[of]:
            del self._events[of], self.threads[of]


def restore(placing: Placing, stored: Iterable[tuple[Features, float, int, int]]) -> None:
    """Rebuilds the window from (features, at, story, running story), oldest first. What it held has been looked at."""
    for article, at, story, of in stored:
        placing.add(article, at=at, story=story, of=of)
    placing.touched.clear()
