"""Puts texts into stories in order of arrival: one pass, the nearest centroid by TF-IDF cosine."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

from inkstand.ops.bench.front.headlines import Rarity, Vector

NEAR = 0.34
WINDOW_S = 48 * 3600.0
KEYS = 6  # the heaviest stems lead an article to the stories it is compared with


@dataclass(slots=True)
class _Centre:
    stems: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    square: float = 0.0
    told: float = 0.0

    def add(self, vector: Vector, at: float) -> None:
        for stem, weight in vector.items():
            self.square += weight * weight + 2 * weight * self.stems[stem]
            self.stems[stem] += weight
        self.told = at

    def likeness(self, vector: Vector) -> float:
        stems = self.stems
        return sum(weight * stems[stem] for stem, weight in vector.items() if stem in stems) / sqrt(self.square)


def place(texts: Sequence[Sequence[str]], times: Sequence[float]) -> Iterator[int]:
    """Yields a story for each text, in order; `times` are seconds, never falling."""
    rarity = Rarity(texts)
    live: dict[int, _Centre] = {}
    postings: dict[str, set[int]] = defaultdict(set)
    fading: deque[tuple[float, int]] = deque()
    stories = 0
    for stems, at in zip(texts, times, strict=True):
        _fade(live, postings, fading, at - WINDOW_S)
        vector = rarity.vector(stems)
        near = {s for key in sorted(vector, key=vector.__getitem__, reverse=True)[:KEYS] for s in postings[key]}
        cosine, story = max(((live[s].likeness(vector), s) for s in near), default=(0.0, -1))
        if cosine < NEAR:
            story, stories = stories, stories + 1
            live[story] = _Centre()
        live[story].add(vector, at)
        fading.append((at, story))
        for stem in vector:
            postings[stem].add(story)
        yield story


def _fade(
    live: dict[int, _Centre], postings: dict[str, set[int]], fading: deque[tuple[float, int]], before: float
) -> None:
    while fading and fading[0][0] < before:
        at, story = fading.popleft()
        if story in live and live[story].told == at:
            for stem in live.pop(story).stems:
                postings[stem].discard(story)
