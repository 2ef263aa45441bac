"""Grows boosted trees with scikit-learn and writes them as the plain arrays that `inkstand.stories.trees` reads."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from inkstand.stories.trees import Trees

TREES, DEPTH = 160, 4


def grow(
    numbers: npt.NDArray[np.float32],
    right: npt.NDArray[np.bool_],
    weight: npt.NDArray[np.float64],
    rising: Sequence[int],
) -> Trees:
    """`rising` is 1 for columns where more may only speak for a join, 0 for the others."""
    model = HistGradientBoostingClassifier(
        max_iter=TREES, max_depth=DEPTH, max_leaf_nodes=2**DEPTH, learning_rate=0.1, min_samples_leaf=40,
        l2_regularization=10.0, monotonic_cst=list(rising), early_stopping=False, random_state=0,
    )  # fmt: skip
    model.fit(numbers, right, sample_weight=weight)
    grown = [_full(predictor.nodes) for (predictor,) in model._predictors]
    feature, threshold, leaf = (np.array(part) for part in zip(*grown, strict=True))
    base = round(float(np.ravel(model._baseline_prediction)[0]), 4)
    return Trees(base, DEPTH, feature, threshold.astype(np.float32), leaf)


def _full(nodes: Any) -> tuple[list[int], list[float], list[float]]:
    """A tree filled up to DEPTH: what ends early asks a question that all answer alike."""
    inner = 2**DEPTH - 1
    feature, threshold, leaf = [0] * inner, [np.inf] * inner, [0.0] * (inner + 1)
    waiting = [(0, 0)]
    while waiting:
        node, at = waiting.pop()
        if at >= inner:
            leaf[at - inner] = round(float(nodes[node]["value"]), 4)
        elif nodes[node]["is_leaf"]:
            waiting += [(node, 2 * at + 1), (node, 2 * at + 2)]
        else:
            feature[at], threshold[at] = int(nodes[node]["feature_idx"]), round(float(nodes[node]["num_threshold"]), 4)
            waiting += [(int(nodes[node]["left"]), 2 * at + 1), (int(nodes[node]["right"]), 2 * at + 2)]
    return feature, threshold, leaf


def written(trees: Trees, names: Sequence[str]) -> str:
    """As JSON, one tree a line."""
    lines = []
    for feature, threshold, leaf in zip(trees.feature, trees.threshold, trees.leaf, strict=True):
        bounds = [None if np.isinf(value) else round(value, 4) for value in threshold.tolist()]
        lines.append(json.dumps({"feature": feature.tolist(), "threshold": bounds, "leaf": leaf.tolist()}))
    head = json.dumps({"base": trees.base, "depth": trees.depth, "features": list(names)})
    return head[:-1] + ', "trees": [\n' + ",\n".join(lines) + "]}"
