"""Learns the weights of `inkstand.wire.extract` from pages with gold text.

    python -m inkstand.ops.bench.extract_fit DATA [weights.json]

DATA holds `pages.tar.xz`. A block is text when most of its words lie on the longest common runs of page and gold
text. Pages weigh alike, long or short. The regression is fitted by Newton's method with a ridge; nothing is random.
"""

import difflib
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inkstand.ops.bench.gold import GoldPage, gold_pages, words
from inkstand.wire.extract.blocks import Block, blocks
from inkstand.wire.extract.features import Feature, features, kept_by
from inkstand.wire.extract.opinion import second_opinion
from inkstand.wire.extract.page import read_page
from inkstand.wire.extract.weights import Weights, spelled_out

RIDGE = 6.0
SEEN_ON = 4
"""A feature counts only where at least so many pages show it."""

Example = tuple[list[list[Feature]], list[bool], list[float]]


def example(page: GoldPage) -> Example:
    """What is seen of each block of a page, whether it is text, and how much it weighs."""
    read = read_page(page.data, url=page.url)
    found = blocks(read.tree)
    rows = features(found, title=read.title, kept=kept_by(second_opinion(read.tree), found))
    sizes = [len(words(block.text)) for block in found]
    truth = labels(found, page.gold)
    whole = sum(size for size, true in zip(sizes, truth, strict=True) if true) or 1
    weights = [min(size / whole, 1) * 20 + 0.05 for size in sizes]
    looked_at = [at for at, row in enumerate(rows) if row]
    return (
        [spelled_out(rows[at]) for at in looked_at],
        [truth[at] for at in looked_at],
        [weights[at] for at in looked_at],
    )


def labels(found: list[Block], gold: str) -> list[bool]:
    """Which blocks are text: those of which six words in ten lie on runs common with the gold text."""
    said = [(word, at) for at, block in enumerate(found) for word in words(block.text)]
    wanted = words(gold)
    matcher = difflib.SequenceMatcher(None, [word for word, _ in said], wanted, autojunk=False)
    least = 1 if len(wanted) < 400 else 3
    runs = [(run.a, run.size) for run in matcher.get_matching_blocks() if run.size >= least]
    hits = Counter(at for start, size in runs for _, at in said[start : start + size])
    total = Counter(at for _, at in said)
    return [hits[at] >= 0.6 * total[at] > 0 for at in range(len(found))]


def learn(examples: list[Example]) -> Weights:
    """The weights that explain the examples best under the ridge."""
    shown = Counter(feature for rows, _, _ in examples for feature in {f for row in rows for f in row})
    names: list[Feature] = [(), *sorted((f for f, pages in shown.items() if pages >= SEEN_ON), key=repr)]
    place = {name: at for at, name in enumerate(names)}
    flat = [row for rows, _, _ in examples for row in rows]
    matrix = np.zeros((len(flat), len(names)), np.float32)
    matrix[:, 0] = 1
    for at, row in enumerate(flat):
        matrix[at, [place[feature] for feature in row if feature in place]] = 1
    truth = np.array([true for _, marks, _ in examples for true in marks], np.float32)
    weight = np.array([w for _, _, weights in examples for w in weights], np.float32)
    return Weights(zip(names, _newton(matrix, truth, weight).tolist(), strict=True))


def _newton(
    matrix: NDArray[np.float32], truth: NDArray[np.float32], weight: NDArray[np.float32]
) -> NDArray[np.float64]:
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[0] = 1e-3
    beta = np.zeros(matrix.shape[1])
    for _ in range(8):
        odds = np.clip(matrix @ beta.astype(np.float32), -15, 15)
        likely = 1 / (1 + np.exp(-odds))
        slope = matrix.T @ (weight * (truth - likely)) - ridge * beta
        curve = (matrix * (weight * likely * (1 - likely) + 1e-6)[:, None]).T @ matrix + np.diag(ridge)
        beta = beta + np.linalg.solve(curve.astype(np.float64), slope.astype(np.float64))
    return beta


def main(arguments: list[str]) -> None:
    """Learns from all pages and writes the file."""
    data = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) > 1 else Path("inkstand/wire/extract/weights.json")
    weights = learn([example(page) for page in gold_pages(data)])
    rows = [[list(feature), round(weight, 3)] for feature, weight in weights.items() if abs(weight) >= 0.01]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    made = "python -m inkstand.ops.bench.extract_fit DATA"
    out.write_text(f'{{"made_by": "{made}",\n"weights": [\n{lines}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
