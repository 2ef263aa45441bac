"""The second look: stories told since the last one, weighed again now that more is known.

Two stories begun an hour apart may prove to be one, and one may prove to hold two: a false first step draws others
after it. Both are decided alike, by the mean log-odds of each side's articles to join the other: above SURE they are
one, below -SURE they are two, and in between what is stays. Nothing here is done, only said.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from inkstand.stories.arrays import Floats
from inkstand.stories.evidence import sample
from inkstand.stories.placing import Placing

YOUNG = 72 * 3600.0  # seconds for which a story may still merge or split
SURE = 1.0
FAR = -6.0  # log-odds of a story that an article does not even find
LARGE = 40  # articles of a story too settled to be split


@dataclass(frozen=True, slots=True)
class Merge:
    """Two stories tell one event: the younger ends in the older."""

    story: int
    into: int
    score: float


@dataclass(frozen=True, slots=True)
class Split:
    """These rows of the window tell another event than the rest of their story."""

    story: int
    rows: tuple[int, ...]
    score: float


def young(placing: Placing, stories: Iterable[int], now: float) -> list[int]:
    """Of these stories, those that live and whose newest article is not older than YOUNG, or has no date."""
    window = placing.window
    live = (story for story in sorted(stories) if story in window.stories)
    return [story for story in live if not window.rows.at[window.stories[story]].max() < now - YOUNG]


def merges(placing: Placing, young: Iterable[int], sure: float = SURE) -> Iterator[Merge]:
    """Pairs whose articles, each against the other story, are on average `sure` log-odds to join, both ways round.

    They are weighed as if their own story were not there. Where it is there, and both sides then say no, they tell the
    same kind of thing, not the same thing: the two stay two.
    """
    gone: set[int] = set()
    towards = {story: _towards(placing, story) for story in young}
    for story, scores in towards.items():
        for other, score in scores.items():
            if score <= sure or gone & {story, other} or (story >= other and other in towards):
                continue
            back = towards[other] if other in towards else _towards(placing, other)
            if back.get(story, sure) > sure and not _know_themselves_apart(placing, story, other, sure):
                into, ends = sorted((story, other), key=lambda one: placing.window.stories[one][0])
                gone |= {into, ends}
                yield Merge(ends, into, min(score, back[story]))


def splits(placing: Placing, young: Iterable[int], sure: float = SURE) -> Iterator[Split]:
    """Stories whose loosest part no more belongs to the rest than the rest to it. The first article stays."""
    for story in young:
        rows = placing.window.stories[story]
        if not 2 <= len(rows) <= LARGE:
            continue
        part = _loosest(placing, rows)
        rest = [row for row in rows if row not in part]
        score = max(_between(placing, part, rest), _between(placing, rest, part))
        if score < -sure:
            yield Split(story, tuple(part), score)


def _loosest(placing: Placing, rows: list[int]) -> list[int]:
    """The later of the two parts that average linkage would join last."""
    _, part = halves(placing.alike(rows))
    return [rows[at] for at in part]


def halves(alike: Floats) -> tuple[list[int], list[int]]:
    """Of a square of likenesses: places gathered from the bottom up until two groups are left, the first's first."""
    sums, groups = alike.astype(np.float64), [[at] for at in range(len(alike))]
    while len(groups) > 2:
        sizes = np.array([len(group) for group in groups])
        mean = sums / np.outer(sizes, sizes)
        np.fill_diagonal(mean, -np.inf)
        one, other = sorted(divmod(int(mean.argmax()), len(groups)))
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        sums = np.delete(np.delete(sums, other, 0), other, 1)
        groups[one] = sorted(groups[one] + groups.pop(other))
    first, second = groups
    return first, second


def _between(placing: Placing, ones: list[int], others: list[int]) -> float:
    """Mean log-odds that each of `ones` joins `others`."""
    scores = []
    for row in sample(ones):
        article, at = placing.window.rows.read(row), float(placing.window.rows.at[row])
        near = placing.window.likeliest(article, placing.window.found(article))
        own = int(placing.window.rows.story[row])
        groups = {own: others, **{story: placing.window.stories[story] for story in near if story != own}}
        scores.append(placing.score(placing.weigh_groups(article, at, groups))[0])
    return float(np.mean(scores))


def _know_themselves_apart(placing: Placing, one: int, other: int, sure: float) -> bool:
    return max(_beside_their_own(placing, one, other), _beside_their_own(placing, other, one)) < -sure


def _beside_their_own(placing: Placing, story: int, other: int) -> float:
    """Mean log-odds that this story's articles join the other while the rest of their own is there to be joined."""
    scores = []
    for row in sample(placing.window.stories[story]):
        article, at = placing.window.rows.read(row), float(placing.window.rows.at[row])
        near = placing.window.likeliest(article, placing.window.found(article))
        groups = {each: [held for held in placing.window.stories[each] if held != row] for each in near}
        evidence = placing.weigh_groups(article, at, {each: held for each, held in groups.items() if held})
        scores.append(dict(zip(evidence.stories, placing.score(evidence).tolist(), strict=True)).get(other, FAR))
    return float(np.mean(scores))


def _towards(placing: Placing, story: int) -> dict[int, float]:
    """How much each near story would be joined by this one's articles, on average; those not near to each say no."""
    rows = sample(placing.window.stories[story])
    total: defaultdict[int, float] = defaultdict(float)
    for row in rows:
        article, at = placing.window.rows.read(row), float(placing.window.rows.at[row])
        found = [other for other in placing.window.found(article) if other != story]
        evidence = placing.weigh(article, at, placing.window.likeliest(article, found))
        for other, score in zip(evidence.stories, placing.score(evidence).tolist(), strict=True):
            total[other] += score - FAR
    return {other: FAR + score / len(rows) for other, score in total.items()}
