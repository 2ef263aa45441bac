"""How far each account tells what its story's others tell, so that a page shows one that does.

A story gathers sidebars, and now and then a piece that is not of it at all. Both count; neither tells it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from inkstand.stories import words

ENOUGH = 3  # headlines in one language: of two nobody can say which strays
STRAY = 0.5  # below this a headline tells little of its story

Terms = frozenset[int]


@dataclass(frozen=True, slots=True)
class Headline:
    """`language` is "" where not known."""

    article: int
    title: int
    language: str
    words: str


def centrality(stories: Iterable[Sequence[Headline]]) -> dict[int, float]:
    """By article, from 0 to 1 at the most central of its story's headlines in its language; only where ENOUGH are."""
    told = [[(one, _terms(one)) for one in spoken] for story in stories for spoken in _by_language(story)]
    weigh = _rarity([terms for _, terms in story] for story in told)
    return {article: share for story in told for article, share in _shares(story, weigh).items()}


def _by_language(story: Sequence[Headline]) -> list[list[Headline]]:
    spoken: dict[str, list[Headline]] = defaultdict(list)
    for one in story:
        spoken[one.language].append(one)
    return [several for several in spoken.values() if len(several) >= ENOUGH]


def _terms(one: Headline) -> Terms:
    return frozenset(words.term(word, one.language) for word in words.split(one.words))


def _rarity(stories: Iterable[Iterable[Terms]]) -> dict[int, float]:
    """What each term weighs, squared: the more, the fewer stories have it in a headline."""
    told = [frozenset[int]().union(*headlines) for headlines in stories]
    seen = Counter(term for story in told for term in story)
    return {term: log(1 + len(told) / times) ** 2 for term, times in seen.items()}


def _shares(story: Sequence[tuple[Headline, Terms]], weigh: Mapping[int, float]) -> dict[int, float]:
    having: dict[int, set[int]] = defaultdict(set)
    for one, terms in story:
        for term in terms:
            having[term].add(one.title)
    shared = {one.article: _shared(one.title, terms, having, weigh) for one, terms in story}
    most = max(shared.values())
    return {article: much / most if most else 1.0 for article, much in shared.items()}


def _shared(title: int, terms: Terms, having: Mapping[int, set[int]], weigh: Mapping[int, float]) -> float:
    """A headline's cosine with those of other titles added up, but for a factor that is the same all over the story."""
    met = sum(weigh[term] * len(having[term] - {title}) for term in terms)
    return met / sqrt(sum(weigh[term] for term in terms)) if terms else 0.0
