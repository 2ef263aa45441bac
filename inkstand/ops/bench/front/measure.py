"""How well ten stories meet what editors had on top."""

from collections.abc import Callable, Collection, Sequence
from math import log2

TOP = 10

# What of the editors' list, by its place from 0, a story of ours tells.
Meets = Callable[[int], Collection[int]]


def overlap_and_ndcg(ours: Sequence[int], meets: Meets, editors: int) -> tuple[float, float]:
    """`editors` is how long their list is.

    Each of our first ten stories answers for at most one place of theirs, the highest not yet answered for. Overlap is
    the share of their first ten places answered for. A place is worth 1 at the top down to 1/n at the bottom in nDCG.
    """
    left = set(range(editors))
    gains: list[float] = []
    for story in ours[:TOP]:
        place = min(left.intersection(meets(story)), default=None)
        left.discard(-1 if place is None else place)
        gains.append(0.0 if place is None else 1 - place / editors)
    met = sum(gain > 0 for gain in gains)
    return met / min(TOP, editors), _dcg(gains) / _dcg([1 - place / editors for place in range(min(TOP, editors))])


def ndcg(ours: Sequence[int], worth: dict[int, float]) -> float:
    """nDCG@10 of an order, where `worth` holds the worth of the stories that have any; 0 where none has."""
    ideal = _dcg(sorted(worth.values(), reverse=True)[:TOP])
    return _dcg([worth.get(story, 0.0) for story in ours[:TOP]]) / ideal if ideal else 0.0


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))
