"""A text cut into words, and words into terms: stems where a stemmer is known, plain words elsewhere.

Terms are hashed into `BUCKETS` buckets, so that nothing grows with history and a term means the same after a restart.
"""

import re
import zlib
from functools import cache

import Stemmer

BUCKETS = 1 << 21  # term 0 is no term: it pads rows
LABEL, MIN_TOLD = 5, 3  # words of a label at most, of the headline before it at least
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "nb": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip


def unlabelled(headline: str) -> str:
    """Without what stands behind a last bar: the name of a title or of its programme, the same on all of its news."""
    told, _, label = headline.rpartition(" | ")
    return told if len(told.split()) >= MIN_TOLD and len(label.split()) <= LABEL else headline


def split(text: str) -> list[str]:
    """Words as written, in order. Scripts without spaces are cut into overlapping pairs of characters."""
    words = _WORD.findall(text)
    if not _UNSPACED.search(text):
        return words
    return [piece for word in words for piece in _pairs(word)]


def term(word: str, language: str) -> int:
    """The bucket of a word's stem, 0 < term < BUCKETS. `language` is an ISO 639-1 code, "" where not known."""
    plain = word.casefold().replace("’", "'").removesuffix("'s")
    stemmer = _stemmer(language)
    return zlib.crc32((stemmer.stemWord(plain) if stemmer else plain).encode()) % (BUCKETS - 1) + 1


def _pairs(word: str) -> list[str]:
    if not _UNSPACED.fullmatch(word) or len(word) < 3:
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(language[:2])
    return Stemmer.Stemmer(name) if name else None
