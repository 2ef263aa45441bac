"""What stories are compared with: single-pass TF-IDF, and a sentence embedding gathered from the bottom up."""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean

import numpy as np
import wordllama
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer

from inkstand.ops.train.gold import EVENTS, RUNNING, Told, bcubed
from inkstand.stories.arrays import Floats

THRESHOLD = 0.25
COSINES = [round(0.1 + 0.05 * step, 2) for step in range(10)]
DISTANCES = [round(0.3 + 0.05 * step, 2) for step in range(13)]
Say = Callable[[str], None]
Scored = dict[float, float]


def compared(told: dict[str, list[Told]], say: Say) -> dict[str, object]:
    """The bench's keys for the simple ways; each threshold's F1 comes from the very set that it is scored on."""
    tfidf = {name: _tfidf(some) for name, some in told.items()}
    say("placed every set by TF-IDF at ten thresholds")
    meaning = {name: _agglomerated(some) for name, some in told.items()}
    say("gathered every set by sentence embedding at thirteen distances")
    one = max(DISTANCES, key=lambda distance: fmean(meaning[name][distance] for name in EVENTS))
    return {
        "one_threshold_mean": fmean(tfidf[name][THRESHOLD] for name in EVENTS),
        "best_threshold_mean": fmean(max(tfidf[name].values()) for name in EVENTS),
        "one_threshold": {name: scored[THRESHOLD] for name, scored in tfidf.items()},
        "best_threshold": {name: max(scored.values()) for name, scored in tfidf.items()},
        "embedding_one_threshold_mean": fmean(meaning[name][one] for name in EVENTS),
        "embedding_best_threshold_mean": fmean(max(meaning[name].values()) for name in EVENTS),
        "embedding_best_threshold": {name: max(scored.values()) for name, scored in meaning.items()},
        "embedding_running": max(meaning[RUNNING].values()),
    }


def _tfidf(told: Sequence[Told]) -> Scored:
    texts = [f"{one.headline} {one.headline} {' '.join(one.text.split()[:150])}" for one in told]
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(texts)
    cosines = (vectors @ vectors.T).toarray()
    gold = [one.story for one in told]
    return {threshold: bcubed(gold, single_pass(cosines, threshold)).f1 for threshold in COSINES}


def single_pass(cosines: Floats, threshold: float) -> list[int]:
    """Each joins the nearest centroid at `threshold` or above. A centroid's dot products are sums of its members'."""
    sums, square, placed = np.zeros_like(cosines), np.zeros(len(cosines)), list[int]()
    clusters = 0
    for at, row in enumerate(cosines):
        near = sums[:clusters, at] / np.sqrt(square[:clusters].clip(min=1e-9))
        best = int(near.argmax()) if clusters else 0
        if not clusters or near[best] < threshold:
            best, clusters = clusters, clusters + 1
        square[best] += 2 * sums[best, at] + row[at]
        sums[best] += row
        placed.append(best)
    return placed


def _agglomerated(told: Sequence[Told]) -> Scored:
    """Average linkage over cosine distance of the headlines' embeddings, or of the text where there is no headline."""
    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    vectors = model.embed([one.headline or one.text[:300] or "." for one in told], norm=True)
    apart = np.clip(1 - vectors @ vectors.T, 0, 2)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform((apart + apart.T) / 2, checks=False), "average")
    gold = [one.story for one in told]
    return {d: bcubed(gold, fcluster(tree, d, "distance").tolist()).f1 for d in DISTANCES}
