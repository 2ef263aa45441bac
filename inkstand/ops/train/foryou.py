"""Learns what the parts of For You weigh, from real impressions; writes `ranking/foryou_weights.json`.

    python -m inkstand.ops.train.foryou [DIR]

DIR holds `impressions.tsv.gz` and `impressions-news.tsv.gz`, by default `../shared/data`. The features of a reader are
computed from other readers alone (see the bench), the weights from all of them: four numbers.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from inkstand.ranking.taste import Floats

PARTS = ("taste", "words", "popular", "fresh")
RIDGE = 1.0
STEPS = 25


def fit(features: Sequence[Floats], opened: Sequence[Floats]) -> Floats:
    """Logistic weights, by Newton's method, with an intercept for each impression's mean.

    `features` holds a table for each impression, a row a story; `opened` 0 or 1 for each row.
    """
    table = np.concatenate([rows - rows.mean(axis=0) for rows in features])
    table = np.column_stack([table, np.ones(len(table))])
    truth = np.concatenate(opened)
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (truth - likely) - RIDGE * weights
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    kept: Floats = weights[:-1]
    return kept


def main(data: Path) -> None:
    from inkstand import ranking
    from inkstand.ops.bench.foryou import read, scored

    rows = [row for row in (row.with_text() for row in scored(read(data), print)) if row.decided]
    weights = fit([row.features for row in rows], [row.opened for row in rows])
    path = Path(ranking.__file__).with_name("foryou_weights.json")
    path.write_text(json.dumps(dict(zip(PARTS, weights.round(4).tolist(), strict=True)), indent=2) + "\n", "utf-8")
    print(path.read_text("utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
