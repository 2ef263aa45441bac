"""What speaks for and against placing an article in each story it might belong to."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from inkstand.stories.arrays import Doubles, Floats, Places
from inkstand.stories.compare import PAIR, Comparing
from inkstand.stories.features import Features
from inkstand.stories.window import Rows, Window

SAMPLE = 6  # articles of one story compared in full: the first, and the latest
BRIEF = 25  # words
YOUNG = 100  # articles in the window
DAY = 86_400.0
LONG = 60.0  # days; beyond, a gap is a gap

COLUMNS = (
    *(f"most_{name}" for name in PAIR),  # over the story's articles, the best
    *(f"mean_{name}" for name in PAIR),
    "centre",  # meaning, against the story's mean
    "size",  # log of 1 + the story's articles
    "length",  # log of 1 + this article's words
    "their_length",  # log of 1 + the story's mean words
    "days",  # whole days to the nearest article in time; -1 where a date is missing
    "lead",  # most_text less the best other story's: how clearly this one is first
    "crowd",  # mean of the next five stories' most_text: how much like everything the article is
    "rank",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`numbers` is (len(stories), len(COLUMNS)). `meant` is false where meaning was absent: outside English. `brief`
    is true of little more than a headline, `young` of a window that holds little yet."""

    stories: tuple[int, ...]
    numbers: Floats
    meant: bool
    brief: bool
    young: bool


def weigh(
    window: Window, comparing: Comparing, article: Features, at: float, stories: Mapping[int, list[int]]
) -> Evidence:
    """`at` is seconds since 1970, NaN where the article has no date. `stories` are the likeliest first, each with its
    rows in order of arrival."""
    rows, kind = window.rows, (bool(article.body.any()), article.length <= BRIEF, len(window) < YOUNG)
    if not stories:
        return Evidence((), np.zeros((0, len(COLUMNS)), np.float32), *kind)
    samples = [sample(held) for held in stories.values()]
    which = [row for sample in samples for row in sample]
    sizes = np.array([len(sample) for sample in samples])
    starts = np.cumsum(sizes) - sizes
    pairs = comparing.pairs(article, rows, which)
    most, mean = np.maximum.reduceat(pairs, starts), np.add.reduceat(pairs, starts) / sizes[:, None]
    rest = (
        _centre(rows, which, starts, article),
        np.log1p([len(held) for held in stories.values()]),
        np.full(len(stories), np.log1p(article.length)),
        np.log1p(np.add.reduceat(rows.length[which], starts) / sizes),
        _days(rows.at[which], starts, at),
        *_standing(most[:, 0]),
        np.arange(len(stories)),
    )
    numbers = np.concatenate([most, mean, np.stack(rest, axis=1)], axis=1).astype(np.float32)
    return Evidence(tuple(stories), numbers, *kind)


def sample(rows: list[int]) -> list[int]:
    """The articles that speak for a story: its first, and its latest."""
    return rows if len(rows) <= SAMPLE else [rows[0], *rows[1 - SAMPLE :]]


def _centre(rows: Rows, which: list[int], starts: Places, article: Features) -> Floats:
    sums = np.add.reduceat(rows.body[which].astype(np.float32), starts)
    lengths = np.maximum(np.sqrt((sums * sums).sum(axis=1)), 1.0)
    centre: Floats = (sums @ article.body) / lengths
    return centre


def _days(theirs: Doubles, starts: Places, at: float) -> Doubles:
    gaps = np.abs(theirs - at) // DAY
    nearest = np.minimum.reduceat(np.where(np.isnan(gaps), np.inf, gaps), starts)
    days: Doubles = np.where(np.isinf(nearest), -1, np.minimum(nearest, LONG))
    return days


def _standing(text: Floats) -> tuple[Floats, Floats]:
    """How far each leads the best other, and how high the runners-up stand, the same for all."""
    if len(text) == 1:
        return text, np.zeros(1, np.float32)
    falling = np.sort(text)[::-1]
    rival = np.where(text == falling[0], falling[1], falling[0])
    return text - rival, np.full(len(text), falling[1:6].mean(), np.float32)
