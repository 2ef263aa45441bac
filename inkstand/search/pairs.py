"""Chinese and Japanese, which set no spaces: read and asked for as overlapping pairs of characters.

To PostgreSQL a whole clause of theirs is one word. As pairs, 東京都 is 東京 京都, and 都 too: the last begins no pair.
What is asked for is found where its pairs follow one another; a single character, where a pair begins with it.
"""

import re
from itertools import groupby

_LETTER = "[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_RUN = re.compile(f"{_LETTER}+")
# Their stops and brackets are letters to PostgreSQL.
_STOP = re.compile("[\u3000-\u3004\u3006-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+")
_SINGLE = re.compile(f"'{_LETTER}'")
_LEXEME = re.compile(r"'((?:[^']|'')*)'")
# Of an excerpt: characters before what matched, and in all.
_BEFORE, _LENGTH = 20, 110

Parts = tuple[tuple[str, bool], ...]


def spread(text: str) -> str:
    """A text as it is read in."""
    return _RUN.sub(lambda run: f" {_pairs(run[0])} {run[0][-1]} ", _STOP.sub(" ", text))


def asked(words: str) -> str:
    """What was typed, each run of characters as a phrase of its pairs."""
    outside_in = _STOP.sub(" ", words).split('"')
    return '"'.join(_RUN.sub(_within if at % 2 else _phrase, part) for at, part in enumerate(outside_in))


def begun(tsquery: str) -> str:
    """The query with each single character as what a pair begins with."""
    return _SINGLE.sub(r"\g<0>:*", tsquery)


def wanted(tsquery: str) -> frozenset[str]:
    """The pairs that a query asks for."""
    return frozenset(word for word in _LEXEME.findall(tsquery) if _RUN.fullmatch(word))


def marked(text: str, pairs: frozenset[str]) -> Parts:
    """The text in pieces, each with whether it is of a pair."""
    hit = [False] * len(text)
    for pair in pairs:
        for found in re.finditer(f"(?={re.escape(pair)})", text):
            hit[found.start() : found.start() + len(pair)] = [True] * len(pair)
    runs = groupby(zip(text, hit, strict=True), key=lambda one: one[1])
    return tuple(("".join(letter for letter, _ in run), is_hit) for is_hit, run in runs)


def excerpt(text: str, pairs: frozenset[str]) -> str:
    """The passage that the first pair stands in."""
    first = min((at for pair in pairs if (at := text.find(pair)) >= 0), default=0)
    start = max(0, first - _BEFORE)
    return text[start : start + _LENGTH]


def _pairs(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(max(1, len(run) - 1)))


def _within(run: "re.Match[str]") -> str:
    return f" {_pairs(run[0])} "


def _phrase(run: "re.Match[str]") -> str:
    before = "" if run.string[: run.start()].endswith("-") else " "
    return f'{before}"{_pairs(run[0])}" '
