"""How long a text takes to read."""

import re

WORDS_A_MINUTE = 230
"""Silent reading of English prose by adults, after the average of 190 studies (Brysbaert 2019: 238)."""
SIGNS_A_MINUTE = 400
"""Signs of Chinese, Japanese and Korean (Brysbaert 2019: Chinese 260 words of 1.5 signs)."""

_TAG = re.compile(r"<[^>]*>")
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_WORD = re.compile(r"\w[\w'’-]*")


def minutes_to_read(body: str) -> int:
    """Whole minutes, at least 1; 0 where there is no text."""
    words = _TAG.sub(" ", body)
    words, signs = _SIGN.subn(" ", words)
    count = len(_WORD.findall(words)) / WORDS_A_MINUTE + signs / SIGNS_A_MINUTE
    return max(1, round(count)) if count else 0
