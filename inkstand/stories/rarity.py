"""How rare a term is among the articles of the window: the weight of a word that two articles share."""

import numpy as np

from inkstand.stories.arrays import Floats, Ints
from inkstand.stories.words import BUCKETS


class Rarity:
    """Counts in how many articles each term occurs, and forgets with the window.

    `prior` maps terms to their share of articles, believed as if seen in `weight` articles: so the first articles
    of a new paper are not compared by their "the" and "said".
    """

    def __init__(self, prior: dict[int, float] | None = None, *, weight: float = 1000.0) -> None:
        self.articles = weight
        self._seen = np.zeros(BUCKETS, np.float32)
        for term, share in (prior or {}).items():
            self._seen[term] = weight * share

    def add(self, terms: Ints) -> None:
        """`terms` are one article's, each once."""
        self.articles += 1
        self._seen[terms] += 1

    def drop(self, terms: Ints) -> None:
        """Undoes `add`."""
        self.articles -= 1
        self._seen[terms] -= 1

    def of(self, terms: Ints) -> Floats:
        """Inverse document frequency, ≥ 0, the shape of `terms`."""
        rare = np.log((self.articles + 1) / (self._seen[terms] + 0.5))
        return np.asarray(rare.clip(min=0), np.float32)
