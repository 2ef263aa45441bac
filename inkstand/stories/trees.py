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
    threshold: Floats
    leaf: Doubles

    @classmethod
    def read(cls, data: dict[str, Any], names: tuple[str, ...]) -> "Trees":
        """`data` names its features; `names` are the columns that `score` will be given, in order."""
        column = {name: at for at, name in enumerate(names)}
        feature = [[column[data["features"][f]] for f in tree["feature"]] for tree in data["trees"]]
        threshold = [[np.inf if t is None else t for t in tree["threshold"]] for tree in data["trees"]]
        leaf = np.array([tree["leaf"] for tree in data["trees"]], np.float64)
        return cls(data["base"], data["depth"], np.array(feature, np.intp), np.array(threshold, np.float32), leaf)

    def score(self, rows: Floats) -> Doubles:
        """Log-odds for each row of (n, features)."""
        count, trees, inner = len(rows), *self.feature.shape
        # All questions are asked at once, for that costs less than asking as it goes.
        answers = rows.T.take(self.feature, axis=0) > self.threshold[..., None]
        tree = np.arange(trees)[:, None]
        first, at = tree * inner * count + np.arange(count), np.zeros((trees, count), np.intp)
        for _ in range(self.depth):
            at = 2 * at + 1 + answers.take(first + at * count)
        total: Doubles = self.leaf.take(tree * (inner + 1) + at - inner).sum(axis=0) + self.base
        return total
