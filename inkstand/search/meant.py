"""What a mistyped word may have meant: the nearest of the words that headlines, bylines and titles use."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from inkstand.search.bounded import OutOfTime, in_time

_WORD = re.compile(r"[^\W\d_]{4,40}")
_MOST = 6
# A word seen this often is no slip of ours or a newspaper's.
_KNOWN = 3
_ALIKE = """
SELECT typed, word, seen FROM (SELECT typed, lower(unaccent(typed)) AS plain FROM unnest(%s::text[]) typed) t,
LATERAL (
    SELECT word, seen FROM search_word WHERE word %% plain ORDER BY similarity(word, plain) DESC, seen DESC LIMIT 20
) near
WHERE NOT EXISTS (SELECT FROM search_word WHERE word = plain AND seen >= %s)
"""


def meant(words: str) -> str:
    """`words` with each that is hardly known as the known one nearest to it; the rest as typed, and all of them where
    time runs out."""
    typed = list(dict.fromkeys(_WORD.findall(words)))[:_MOST]
    try:
        better = {word: nearest(word, near) for word, near in _alike(typed).items()}
    except OutOfTime:
        return words
    return _WORD.sub(lambda word: better.get(word[0], word[0]), words)


def nearest(typed: str, near: Iterable[tuple[str, int]]) -> str:
    """Of words and how often they are seen, the one fewest slips away, and of those the commonest; or `typed`."""
    slips = {word: distance(typed.lower(), word) for word, _ in near}
    seen = dict(near)
    best: str = min(slips, key=lambda word: (slips[word], -seen[word]), default=typed)
    return best if 0 < slips.get(best, 0) <= max(1, len(typed) // 4) else typed


def distance(one: str, other: str) -> int:
    """Slips between two words: a letter left out, put in, replaced, or two neighbours exchanged."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, start=1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]


def _alike(typed: list[str]) -> dict[str, list[tuple[str, int]]]:
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    if typed:
        with in_time(), connection.cursor() as cursor:
            cursor.execute(_ALIKE, [typed, _KNOWN])
            for word, near, seen in cursor.fetchall():
                found[word].append((near, seen))
    return found
