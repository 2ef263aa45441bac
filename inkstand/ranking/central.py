"""Which accounts tell little of what their story's others tell, so that a page shows none of them in its place.

A story gathers sidebars, and now and then a piece that is not of it at all. Both count; neither tells it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from inkstand.stories import words

ENOUGH = 3  # headlines in one language: of two nobody can say which strays
STRAY = 0.5  # of what the most central headline shares with the others

Terms = frozenset[int]


@dataclass(frozen=True, slots=True)
class Headline:
    """`language` is "" where not known."""

    article: int
    title: int
    language: str
    words: str


def straying(stories: Iterable[Sequence[Headline]]) -> set[int]:
    """Articles, of those given by story."""
    told = [[(one, _terms(one)) for one in spoken] for story in stories for spoken in _by_language(story)]
    weigh = _rarity([terms for _, terms in story] for story in told)
    return {article for story in told for article in _straying(story, weigh)}


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


def _straying(story: Sequence[tuple[Headline, Terms]], weigh: Mapping[int, float]) -> set[int]:
    having: dict[int, set[int]] = defaultdict(set)
    for one, terms in story:
        for term in terms:
            having[term].add(one.title)
    shared = {one.article: _shared(one.title, terms, having, weigh) for one, terms in story}
    return {article for article, much in shared.items() if much < STRAY * max(shared.values())}


def _shared(title: int, terms: Terms, having: Mapping[int, set[int]], weigh: Mapping[int, float]) -> float:
    """A headline's cosine with those of other titles added up, but for a factor that is the same all over the story."""
    met = sum(weigh[term] * len(having[term] - {title}) for term in terms)
    return met / sqrt(sum(weigh[term] for term in terms)) if terms else 0.0
