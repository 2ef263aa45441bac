"""An article as numbers: its rarest terms with their counts and fields, and two vectors of meaning."""

import struct
from dataclasses import dataclass

import numpy as np

from inkstand.stories import meaning, words
from inkstand.stories.arrays import Bits, Floats, Ints, Places, grouped
from inkstand.stories.errors import OtherForm
from inkstand.stories.meaning import WIDTH
from inkstand.stories.rarity import Rarity

TERMS = 96  # the rarest terms kept of one article: the rest decide nothing
WORDS = 200  # words read after the headline: news tells its event first
HEADLINE_WORDS = 60
HEADLINE, BODY, NAME, NUMBER = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8)

_FORM = 1
_MOST = np.iinfo(np.int16).max
_PREFIX = struct.Struct("<BBH")


@dataclass(frozen=True, slots=True)
class Features:
    """`terms`, `weights` and `fields` are parallel, at most TERMS long, each term once, heaviest first.

    `weights` are TF-IDF at length 1; `fields` holds HEADLINE, BODY, NAME and NUMBER bits. `head` and `body` are unit
    vectors of WIDTH numbers, zeros where the text is empty or the language is not English. `length` is in words.
    """

    terms: Ints
    weights: Floats
    fields: Bits
    head: Floats
    body: Floats
    length: int


def pack(features: Features) -> bytes:
    """All of it in 264 to 1,188 bytes, to be kept with the article: `unpack` gives the same back."""
    filled, same = len(features.terms), np.array_equal(features.head, features.body)
    prefix = _PREFIX.pack(_FORM, filled, features.length)
    words = features.terms.tobytes() + features.weights.astype(np.float16).tobytes() + features.fields.tobytes()
    vectors = [features.head] if same else [features.head, features.body]
    return prefix + words + b"".join(np.rint(vector * 127).astype(np.int8).tobytes() for vector in vectors)


def unpack(packed: bytes) -> Features:
    """Raises `OtherForm` where the bytes are of another form than this version writes: read the article again."""
    form, filled, length = _PREFIX.unpack_from(packed)
    if form != _FORM:
        raise OtherForm(form=form, ours=_FORM)
    at = _PREFIX.size
    terms = np.frombuffer(packed, np.int32, filled, at)
    weights = np.frombuffer(packed, np.float16, filled, at + 4 * filled).astype(np.float32)
    fields = np.frombuffer(packed, np.uint8, filled, at + 6 * filled)
    vectors = np.frombuffer(packed, np.int8, offset=at + 7 * filled).astype(np.float32) / np.float32(127)
    return Features(terms, weights, fields, vectors[:WIDTH], vectors[-WIDTH:], length)


class Reading:
    """Reads texts into features. Remembers words it met; forgets them all when there are too many."""

    def __init__(self, rarity: Rarity, *, words_kept: int = 1 << 16) -> None:
        self.rarity = rarity
        self._known: dict[str, dict[str, int]] = {}  # language → word → row
        self._count = 0
        self._terms = np.zeros(words_kept, np.int32)
        self._fields = np.zeros(words_kept, np.uint8)
        self._meanings = np.zeros((words_kept, WIDTH), np.int16)  # in thousandths

    def read(self, headline: str, lead: str, language: str) -> Features:
        """`lead` is plain text: a standfirst, the body's beginning, or both."""
        top, rest = (
            words.split(words.unlabelled(headline[:400]))[:HEADLINE_WORDS],
            words.split(lead[: WORDS * 12])[:WORDS],
        )
        rows = self._rows(top + rest, language)
        fields = self._fields[rows] | BODY
        fields[: len(top)] ^= BODY | HEADLINE
        if sum(map(str.isupper, (word[0] for word in top))) > 0.6 * len(top):
            fields[: len(top)] &= ~NAME  # Every Word Has A Capital Here: it says nothing
        terms = self._terms[rows]
        rare = self.rarity.of(terms)
        head, body = self._meant(rows[: len(top)], language), self._meant(rows, language)
        return Features(*_gather(terms, fields, rare), head, body, len(rows))

    def _meant(self, rows: Places, language: str) -> Floats:
        if language[:2] != "en":
            return np.zeros(WIDTH, np.float32)
        vector = meaning.unit(self._meanings[rows].sum(axis=0, dtype=np.float32))
        return np.asarray(np.rint(vector * 127) / 127, np.float32)

    def _rows(self, text: list[str], language: str) -> Places:
        if self._count + len(text) > len(self._terms):
            self._known, self._count = {}, 0
        known = self._known.setdefault(language, {})
        rows = list(map(known.get, text))
        if None in rows:
            for word in text:
                if word not in known:
                    known[word] = self._learn(word, language)
            rows = list(map(known.get, text))
        return np.array(rows, np.intp)

    def _learn(self, word: str, language: str) -> int:
        row, self._count = self._count, self._count + 1
        self._terms[row] = words.term(word, language)
        self._fields[row] = (NAME if word[0].isupper() else 0) | (NUMBER if word[0].isdigit() else 0)
        if language[:2] == "en":
            self._meanings[row] = np.rint(meaning.of_word(word.lower()) * 1000).clip(-_MOST, _MOST)
        return row


def _gather(terms: Ints, fields: Bits, rare: Floats) -> tuple[Ints, Floats, Bits]:
    order, starts = grouped(terms)
    fields, once = fields[order], order[starts]
    counts = np.add.reduceat(1 + (fields & HEADLINE), starts, dtype=np.float64)
    weights = ((1 + np.log(counts)) * rare[once]).astype(np.float32)
    marks = np.bitwise_or.reduceat(fields, starts)
    keep = np.argsort(-weights, kind="stable")[: min(TERMS, np.count_nonzero(weights))]
    return terms[once[keep]], meaning.unit(weights[keep]).astype(np.float16).astype(np.float32), marks[keep]
