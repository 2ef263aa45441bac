"""The second look: what has been placed in the last three days, weighed again now that more is known.

An article placed when it was alone may find company later, and two stories begun an hour apart may prove to be one.
Both passes only say what should be done; `Placing.merge` and `Placing.move` do it in memory, a deed in the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inkstand.stories.evidence import sample
from inkstand.stories.placing import Placing

YOUNG = 72 * 3600.0  # seconds for which a story may still merge or split
FAR = -6.0  # log-odds of a story that an article does not even find
LARGE = 40  # articles of a story too settled to be looked at one by one


@dataclass(frozen=True, slots=True)
class Merge:
    """Two stories tell one event: the younger ends in the older."""

    story: int
    into: int
    score: float


@dataclass(frozen=True, slots=True)
class Move:
    """The article in this row of the window tells another story's event."""

    row: int
    story: int
    into: int
    score: float


def merges(placing: Placing, young: Iterable[int], sure: float = 0.0) -> Iterator[Merge]:
    """Pairs whose articles, each against the other story, are on average `sure` log-odds to join, both ways round."""
    gone: set[int] = set()
    towards = {story: _towards(placing, story) for story in young}
    for story, scores in towards.items():
        for other, score in scores.items():
            if score <= sure or gone & {story, other} or (story >= other and other in towards):
                continue
            back = towards[other] if other in towards else _towards(placing, other)
            if back.get(story, sure) > sure:
                into, ends = sorted((story, other), key=lambda one: placing.window.stories[one][0])
                gone |= {into, ends}
                yield Merge(ends, into, min(score, back[story]))


def moves(placing: Placing, young: Iterable[int], sure: float = 3.0) -> Iterator[Move]:
    """Articles that would sooner join another story than the rest of their own, by `sure` log-odds. An article that
    has no better place stays: casting out what looks alone was tried, and broke more stories than it mended."""
    for story in young:
        rows = placing.window.stories[story]
        if not 2 <= len(rows) <= LARGE:
            continue
        for row in rows[1:]:  # the first article is what the story is about
            move = _better(placing, row, story, sure)
            if move:
                yield move


def _better(placing: Placing, row: int, story: int, sure: float) -> Move | None:
    article, at = placing.window.rows.read(row), float(placing.window.rows.at[row])
    near = placing.window.likeliest(article, placing.window.found(article))
    stories = [story, *(other for other in near if other != story)]
    scores = placing.score(placing.weigh(article, at, stories, but=row))
    best = int(scores.argmax())
    if scores[best] <= max(placing.weights.join, scores[0] + sure):
        return None
    return Move(row, story, stories[best], float(scores[best] - scores[0]))


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
