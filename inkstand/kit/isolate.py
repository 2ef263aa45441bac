"""Text of one writing direction inside text of another. Pure."""

import unicodedata
from typing import Final

_FIRST_STRONG, _POP = "\u2068", "\u2069"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


def isolated(text: str) -> str:
    """`text` so that, set from right to left, it moves no word, digit or stop that stands around it (UAX 9, FSI)."""
    turns = any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for sign in text)
    return f"{_FIRST_STRONG}{text}{_POP}" if turns else text
