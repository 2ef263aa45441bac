import gzip
import random
from pathlib import Path

import numpy as np
import pytest

from inkstand.ops.bench.foryou import _measure, run
from inkstand.ops.train.foryou import fit

KEYS = {
    "auc", "auc_without_popularity", "mrr", "ndcg5", "ndcg10",
    "random_auc", "popularity_auc", "tfidf_auc", "ms_500",
}  # fmt: skip


def test_measures_are_those_of_the_field() -> None:
    opened = np.array([0.0, 1.0, 0.0, 1.0])
    perfect = _measure(np.array([1.0, 4.0, 2.0, 3.0]), opened)
    assert perfect == {"auc": 1.0, "mrr": 0.75, "ndcg5": 1.0, "ndcg10": 1.0}
    assert _measure(np.zeros(4), opened)["auc"] == 0.5


def test_fit_finds_what_was_opened_for() -> None:
    draw = np.random.default_rng(1)
    tables = [draw.standard_normal((20, 2)) for _ in range(100)]
    opened = [(draw.random(20) < 1 / (1 + np.exp(-2 * table[:, 0]))).astype(float) for table in tables]
    weights = fit(tables, opened)
    assert weights[0] == pytest.approx(2, abs=0.5)
    assert weights[1] == pytest.approx(0, abs=0.2)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Readers of an invented world who read of rivers or of chess, and are shown both."""
    draw = random.Random(2)
    words = (
        ["river", "boat", "bridge", "flood", "bank", "ferry"],
        ["queen", "pawn", "rook", "king", "gambit", "check"],
    )
    news = [
        f"N{n}\t{' '.join(draw.choices(words[n % 2], k=6))}\t{' '.join(draw.choices(words[n % 2], k=9))}"
        for n in range(80)
    ]
    rows = []
    for n in range(60):
        history = " ".join(f"N{m}" for m in draw.sample(range(n % 2, 60, 2), 6))
        shown = " ".join(f"N{m}-{int(m % 2 == n % 2)}" for m in draw.sample(range(60, 80), 8))
        rows.append(f"{n}\tU{n}\t11/{9 + n % 5}/2019 {1 + n % 12}:15:00 PM\t{history}\t{shown} N999-0")
    for name, lines in (("impressions-news", news), ("impressions", rows)):
        with gzip.open(tmp_path / f"{name}.tsv.gz", "wt", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    return tmp_path


def test_the_bench_finds_each_reader_and_reports_every_key(data: Path) -> None:
    figures = run(data, lambda line: None)
    assert figures.keys() >= KEYS
    assert figures["auc_without_popularity"] > 0.95
    assert figures["impressions"] <= figures["all_impressions"] == 60
