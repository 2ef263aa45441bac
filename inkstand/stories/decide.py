"""The decision: this article joins that story, or begins one. From numbers alone."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from inkstand.stories.arrays import Doubles, Flags
from inkstand.stories.evidence import COLUMNS, Evidence
from inkstand.stories.trees import Trees

NEVER = float("-inf")
A_WORD = 0.05  # of a headline's weight: more than what stands in every headline
LEAST = 0.2  # cosine of TF-IDF
GROUNDLESS = -1.0  # log-odds at most: as sure as a second look wants to be to part them
_TEXT, _TOLD = COLUMNS.index("most_text"), [COLUMNS.index("most_told_there"), COLUMNS.index("most_told_here")]
_WHY = ("most_text", "most_headline", "most_names", "most_numbers", "most_meaning", "days")


@dataclass(frozen=True, slots=True)
class Join:
    """`score` is the log-odds that article and story tell one event; `why` its main parts by name."""

    story: int
    score: float
    why: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class New:
    """`score` is the log-odds of the best story refused, -inf where there was none to refuse."""

    score: float


@dataclass(frozen=True, slots=True)
class Weights:
    """What training found: trees for whole articles, for mere headlines, and for languages without a vector of
    meaning; and how sure a join must be."""

    full: Trees
    brief: Trees
    plain: Trees
    join: float

    def trees(self, evidence: Evidence) -> Trees:
        if not evidence.meant:
            return self.plain
        return self.brief if evidence.brief else self.full


@cache
def shipped() -> Weights:
    """The weights in `weights.json`, made by `python -m inkstand.ops.train.stories`."""
    data = json.loads(Path(__file__).with_name("weights.json").read_text())
    full, brief, plain = (Trees.read(data[name], COLUMNS) for name in ("full", "brief", "plain"))
    return Weights(full, brief, plain, data["join"])


def score(evidence: Evidence, weights: Weights) -> Doubles:
    """Log-odds that the article tells each story, shape (len(evidence.stories),)."""
    scores = weights.trees(evidence).score(evidence.numbers)
    return np.where(_lacks_ground(evidence), np.minimum(scores, GROUNDLESS), scores)


def _lacks_ground(evidence: Evidence) -> Flags:
    """Where nothing that is shared could tell an event. The trees learn from sets in which nearly every article has a
    like: where few are, as in a young paper, or in a language it has little of, they take any likeness for that.

    A mere headline of which no word stands in the other tells something else. So does a text of few shared words,
    where there is no meaning to go by, or hardly any other text to tell by what is usual.
    """
    if evidence.brief:
        return np.asarray(evidence.numbers[:, _TOLD].max(axis=1) < A_WORD)
    if evidence.young or not evidence.meant:
        return np.asarray(evidence.numbers[:, _TEXT] < LEAST)
    return np.zeros(len(evidence.stories), bool)


def decide(evidence: Evidence, weights: Weights) -> Join | New:
    """The likeliest story, if likely enough."""
    if not evidence.stories:
        return New(NEVER)
    scores = score(evidence, weights)
    best = int(scores.argmax())
    if scores[best] <= weights.join:
        return New(float(scores[best]))
    why = tuple((name, float(evidence.numbers[best, COLUMNS.index(name)])) for name in _WHY)
    return Join(evidence.stories[best], float(scores[best]), why)
