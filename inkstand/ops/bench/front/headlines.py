"""When do two headlines tell the same event? One fixed rule, the same for ours and for every baseline.

The cosine of their stems weighed by rarity (idf over all headlines of the stream) is at least ALIKE. The rule was
chosen once by reading pairs around it: below .4 many are only of the same war, above .5 plain rewordings are lost.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, sqrt

import Stemmer

ALIKE = 0.45
FEWEST_STEMS = 3  # a shorter headline ("World news") names no event
COMMON = 0.08  # a stem in more headlines than this share leads to no comparison by itself
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

Vector = dict[str, float]


class Stems:
    def __init__(self, language: str = "english") -> None:
        self._stemmer = Stemmer.Stemmer(language)

    def __call__(self, text: str) -> list[str]:
        words = (word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text.casefold()))
        stems: list[str] = self._stemmer.stemWords([word for word in words if len(word) > 1])
        return stems


class Rarity:
    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self.seen: Counter[str] = Counter()
        self.texts = 0
        for stems in texts:
            self.seen.update(set(stems))
            self.texts += 1

    def vector(self, stems: Sequence[str]) -> Vector:
        """Each stem's rarity times one plus the log of its count, at length 1; empty for no stems."""
        weighed = {s: log(1 + self.texts / (1 + self.seen[s])) * (1 + log(n)) for s, n in Counter(stems).items()}
        length = sqrt(sum(x * x for x in weighed.values()))
        return {stem: x / length for stem, x in weighed.items()} if length else {}


class Index:
    """Finds the headlines that tell the same event as another."""

    def __init__(self, headlines: Sequence[str]) -> None:
        self._stems = Stems()
        texts = [self._stems(headline) for headline in headlines]
        self._rarity = Rarity(texts)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, stems in enumerate(texts):
            for stem, weight in self._rarity.vector(stems).items():
                self._postings[stem].append((place, weight))

    def alike(self, headline: str) -> set[int]:
        """Places in `headlines`."""
        vector = self._rarity.vector(self._stems(headline))
        if len(vector) < FEWEST_STEMS:
            return set()
        likeness: dict[int, float] = defaultdict(float)
        for stem, weight in sorted(vector.items(), key=lambda item: self._rarity.seen[item[0]]):
            common = self._rarity.seen[stem] > COMMON * self._rarity.texts
            for place, other in self._postings.get(stem, ()):
                if not common or place in likeness:
                    likeness[place] += weight * other
        return {place for place, cosine in likeness.items() if cosine >= ALIKE}
