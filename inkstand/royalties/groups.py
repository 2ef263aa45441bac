"""Members in groups too large to single anybody out of. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inkstand.royalties.values import AT_LEAST

MOST = 100
"""A month's inputs stay small enough to read: no more groups than this, a group of one in a hundred at least."""


@dataclass(frozen=True, slots=True)
class FeeGroup:
    """Members whose month's fee is one of `fees`; `readers` of them. `fees` has one where all paid the same."""

    fees: tuple[int, ...]
    readers: int


def grouped(counts: Iterable[tuple[int, int]]) -> list[FeeGroup]:
    """(fee, readers who paid it) → groups of those who paid the same, highest fee first; the small ones merged, last.

    The merged group takes in the next smallest until it is large enough itself. Only where all readers together are
    too few does a smaller group remain.
    """
    by_size = sorted((FeeGroup((fee,), readers) for fee, readers in counts), key=lambda g: (g.readers, g.fees))
    enough = max(AT_LEAST, sum(group.readers for group in by_size) // MOST)
    small = [group for group in by_size if group.readers < enough]
    large = by_size[len(small) :]
    while small and large and sum(group.readers for group in small) < enough:
        small.append(large.pop(0))
    large.sort(key=lambda group: group.fees, reverse=True)
    return large + ([merged(small)] if small else [])


def merged(groups: Sequence[FeeGroup]) -> FeeGroup:
    fees = tuple(sorted(fee for group in groups for fee in group.fees))
    return FeeGroup(fees, sum(group.readers for group in groups))
