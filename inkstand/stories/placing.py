"""The live window and all that decides over it, in one hand: what a worker keeps in memory between articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from inkstand.stories import decide, running
from inkstand.stories.arrays import Doubles
from inkstand.stories.compare import Comparing
from inkstand.stories.decide import Join, New, Weights
from inkstand.stories.evidence import Evidence, weigh
from inkstand.stories.features import Features, Reading
from inkstand.stories.rarity import Rarity
from inkstand.stories.running import Gathering, Likeness, Merge, Thread
from inkstand.stories.window import Window

CAPACITY = 200_000  # articles


Choose = Callable[[Evidence, Weights], Join | New]


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
    _changed: set[int] = field(init=False, default_factory=set)
    _events: Counter[int] = field(init=False, default_factory=Counter)  # running story → stories of the window

    def __post_init__(self) -> None:
        self.window = Window(self.capacity, Rarity())
        self._reading = Reading(self.window.rarity)

    def read(self, headline: str, lead: str, language: str) -> Features:
        return self._reading.read(headline, lead, language)

    def place(self, article: Features, at: float, choose: Choose = decide.decide) -> Placed:
        """`at` is seconds since 1970, NaN where the article has no date. Changes nothing: `add` it where it belongs."""
        found = self.window.found(article)
        event = choose(self.weigh(article, at, self.window.likeliest(article, found)), self.weights)
        if isinstance(event, Join):
            return Placed(event, Join(self.follows[event.story], event.score, event.why))
        near = sorted({self.follows[story] for story in found})
        threads = {number: self.threads[number] for number in near}
        return Placed(event, running.follow(Thread.of(article, at), threads, self.likeness))

    def weigh(self, article: Features, at: float, stories: list[int], but: int = -1) -> Evidence:
        return weigh(self.window, self._comparing, article, at, stories, but)

    def score(self, evidence: Evidence) -> Doubles:
        return decide.score(evidence, self.weights)

    def add(self, article: Features, *, at: float, story: int, of: int) -> None:
        """Puts a placed article into the window; `of` is its story's running story."""
        for gone in self.window.add(article, at=at, story=story):
            self._forget(gone)
        if story not in self.follows:
            self.follows[story] = of
            self._events[of] += 1
        thread = Thread.of(article, at)
        if of in self.threads:
            self.threads[of].absorb(thread)
        else:
            self.threads[of] = thread
        self._changed.add(of)

    def gather(self) -> Iterator[Merge]:
        """A pass over running stories that changed since the last; each merge is already done here when yielded."""
        changed, self._changed = self._changed & self.threads.keys(), set()
        for merge in Gathering(self.threads, self.likeness).run(sorted(changed)) if changed else ():
            self._redirect(merge)
            yield merge

    def _redirect(self, merge: Merge) -> None:
        for story, of in self.follows.items():
            if of == merge.running:
                self.follows[story] = merge.into
        self._events[merge.into] += self._events.pop(merge.running, 0)

    def _forget(self, story: int) -> None:
        of = self.follows.pop(story)
        self._events[of] -= 1
        if not self._events[of]:
            del self._events[of], self.threads[of]


def restore(placing: Placing, stored: Iterable[tuple[Features, float, int, int]]) -> None:
    """Rebuilds the window from (features, at, story, running story), oldest first."""
    for article, at, story, of in stored:
        placing.add(article, at=at, story=story, of=of)
