"""Boosted trees as plain arrays: what a training command writes to JSON and a decision reads back."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from inkstand.stories.arrays import Doubles, Floats, Places


@dataclass(frozen=True, slots=True)
class Trees:
    """Full binary trees of one depth. `feature` and `threshold` are (trees, 2**depth - 1), `leaf` (trees, 2**depth)."""

    base: float
    depth: int
    feature: Places
    threshold: Doubles
    leaf: Doubles

    @classmethod
    def read(cls, data: dict[str, Any], names: tuple[str, ...]) -> "Trees":
        """`data` names its features; `names` are the columns that `score` will be given, in order."""
        column = {name: at for at, name in enumerate(names)}
        feature = [[column[data["features"][f]] for f in tree["feature"]] for tree in data["trees"]]
        threshold = [[np.inf if t is None else t for t in tree["threshold"]] for tree in data["trees"]]
        leaf = np.array([tree["leaf"] for tree in data["trees"]], np.float64)
        return cls(data["base"], data["depth"], np.array(feature, np.intp), np.array(threshold, np.float64), leaf)

    def score(self, rows: Floats) -> Doubles:
        """Log-odds for each row of (n, features)."""
        first = np.arange(len(self.leaf))
        inner, at = self.feature.shape[1], np.zeros((len(rows), len(self.leaf)), np.intp)
        across = np.arange(len(rows))[:, None] * rows.shape[1]
        for _ in range(self.depth):
            node = first * inner + at  # flat places: half the cost of indexing by pairs
            at = 2 * at + 1 + (rows.take(across + self.feature.take(node)) > self.threshold.take(node))
        total: Doubles = self.leaf.take(first * (inner + 1) + at - inner).sum(axis=1) + self.base
        return total
