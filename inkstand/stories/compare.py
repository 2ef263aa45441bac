"""An article against others, pair by pair, in numbers between 0 and 1 but for `rarest`."""

import numpy as np

from inkstand.stories.arrays import Bits, Floats, Ints
from inkstand.stories.features import HEADLINE, NAME, NUMBER, Features
from inkstand.stories.window import Rows
from inkstand.stories.words import BUCKETS

PAIR = (
    "text",  # cosine of TF-IDF, headline and lead
    "headline",  # the same, headline against headline
    "told_there",  # share of this headline's weight found anywhere in the other
    "told_here",  # share of the other headline's weight found anywhere in this
    "names",  # cosine over words written as names
    "numbers",  # cosine over numbers
    "rarest",  # weight of the heaviest term they share, in this article
    "meaning_headline",  # cosine of the headlines' meaning
    "meaning",  # cosine of the texts' meaning
    "meaning_cross",  # headline against text, the better way round
)

_TINY = np.float32(1e-6)
_ABSENT, _NO_FIELD = np.float32(0), np.uint8(0)


class Comparing:
    """Compares articles with rows of a window. Keeps a wide array at hand, so that one comparison costs little."""

    def __init__(self) -> None:
        self._place = np.zeros(BUCKETS, np.uint8)  # of a term in the article at hand, 0 where it has none

    def pairs(self, article: Features, rows: Rows, which: list[int]) -> Floats:
        """Shape (len(which), len(PAIR))."""
        terms, theirs, fields = rows.terms[which], rows.weights[which].astype(np.float32), rows.fields[which]
        mine, my_fields = self._look_up(article, terms)
        shared = np.where(theirs > 0, mine, 0)
        product, square, common = shared * theirs, theirs * theirs, my_fields & fields
        in_headline = _marks(fields, HEADLINE)

        def within(field: np.uint8, theirs: Floats) -> Floats:
            lengths = np.sqrt(_weight_of(article, field) * np.vecdot(square, theirs))
            return _share(np.vecdot(product, _marks(common, field)), lengths)

        columns = [
            product.sum(axis=1),
            within(HEADLINE, in_headline),
            _share(np.vecdot(shared * shared, _marks(my_fields, HEADLINE)), _weight_of(article, HEADLINE)),
            _share(np.vecdot(square * (shared > 0), in_headline), np.vecdot(square, in_headline)),
            within(NAME, _marks(fields, NAME)),
            within(NUMBER, _marks(fields, NUMBER)),
            shared.max(axis=1),
            *_meanings(article, rows, which),
        ]
        return np.stack(columns, axis=1)

    def _look_up(self, article: Features, terms: Ints) -> tuple[Floats, Bits]:
        """This article's weight and fields for each of `terms`. One byte a term is looked up far away, the rest at
        hand: it is the misses of the cache that take time."""
        self._place[article.terms] = np.arange(1, len(article.terms) + 1)
        places = self._place.take(terms)
        self._place[article.terms] = 0
        return np.append(_ABSENT, article.weights).take(places), np.append(_NO_FIELD, article.fields).take(places)


def _meanings(article: Features, rows: Rows, which: list[int]) -> tuple[Floats, Floats, Floats]:
    head, body = rows.head[which].astype(np.float32), rows.body[which].astype(np.float32)
    both = np.stack([article.head, article.body], axis=1) / np.float32(127)
    heads, bodies = head @ both, body @ both
    return heads[:, 0], bodies[:, 1], np.maximum(heads[:, 1], bodies[:, 0])


def _weight_of(article: Features, field: np.uint8) -> np.float32:
    weights = article.weights[(article.fields & field) > 0]
    return np.float32(weights @ weights)


def _marks(fields: Bits, field: np.uint8) -> Floats:
    """1 where it is this field, else 0: a product with it sums faster than a choice by it."""
    return ((fields & field) > 0).astype(np.float32)


def _share(part: Floats, whole: Floats | np.float32) -> Floats:
    return np.asarray(part / np.maximum(whole, _TINY), np.float32)
