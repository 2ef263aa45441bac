"""How rare a term is among the articles of the window: the weight of a word that two articles share."""

import numpy as np

from inkstand.stories import common
from inkstand.stories.arrays import Floats, Ints
from inkstand.stories.words import BUCKETS

BELIEVED = 1000.0


class Rarity:
    """Counts in how many articles each term occurs, and forgets with the window.

    It begins as if it had seen BELIEVED articles with the common words of each language in their share: so that the
    first articles of a paper, or its first in a language, are not compared by their "the" and "said".
    """

    def __init__(self) -> None:
        self.articles = BELIEVED
        self._seen = np.zeros(BUCKETS, np.float32)
        for term, share in common.shares().items():
            self._seen[term] = BELIEVED * share

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
