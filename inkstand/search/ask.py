"""From what a reader typed to a `tsquery`. Nothing that can be typed is an error."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import DataError, InternalError, connection, transaction

from inkstand.search import facts, pairs
from inkstand.search.languages import PREFIX
from inkstand.search.values import MOST_CHARS, Query

_MOST_WORDS = 16
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_QUOTED = re.compile(r"('(?:[^']|'')*')(?::(\*))?")
_UNDER_RULES = f"""
SELECT rules, websearch_to_tsquery(configuration, %(words)s)::text,
    ARRAY(SELECT plainto_tsquery(configuration, term)::text FROM unnest(%(terms)s::text[]) term)
FROM (SELECT rules, ('{PREFIX}' || rules)::regconfig AS configuration FROM search_rules) known ORDER BY rules
"""  # noqa: S608 - a constant
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_WORD = re.compile(r"""[^\W_][^!&|()<>:*\\"]*""")
_STOPS = ".,:;!?'’…"
_DASHES = str.maketrans("–—−“”„«»", '---"""""')


def clean(typed: str) -> str:
    """The words without what PostgreSQL cannot take, of a length a person types. Dashes and quotes are made plain."""
    words = _CONTROL.sub(" ", typed[: 8 * MOST_CHARS]).translate(_DASHES).split()
    return " ".join(words[:_MOST_WORDS])[:MOST_CHARS]


@dataclass(frozen=True, slots=True)
class Asked:
    """The `tsquery` of what was typed, under each language's rules that anything was read by ("" where nothing is left
    of it), and by these rules, for each of its `terms`, what whoever matches has of that."""

    by_rules: Mapping[str, str]
    terms: Sequence[Sequence[str]] = ()

    @property
    def any(self) -> str:
        """For rank and marks, where it does not matter which language's rules a word is found by."""
        return _either(self.by_rules.values())

    @property
    def plain(self) -> tuple[str, ...]:
        """What every match answers, each a simple question: many lists at once are slow to go through, one after the
        other quick. A word that some language leaves out is not asked for."""
        found = tuple(dict.fromkeys(_either(term) for term in self.terms if all(term)))
        return found or tuple(filter(None, [self.any]))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the index is asked for, all of it, and what a row must then answer exactly; "" where that is the same."""

    each: tuple[str, ...] = ()
    exact: str = ""


def read(words: str) -> Asked:
    spread = pairs.asked(words)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_UNDER_RULES, {"words": spread, "terms": list(terms(spread))})
            rows = cursor.fetchall() if words else []
    except (InternalError, DataError):
        # PostgreSQL gives up on thirty dashes in a row: whoever types them looks for nothing.
        rows = []
    found = {rules: pairs.begun(text) for rules, text, _ in rows}
    each = ([pairs.begun(term) for term in said] for _, text, said in rows if text)
    return Asked(found, list(zip(*each, strict=True)))


def terms(words: str) -> Iterator[str]:
    """The words that whatever matches must have, as typed. None where one is as good as another; none of those that it
    must not have, nor such as PostgreSQL may take for a sign."""
    pieces = words.split('"')
    if any(_OR.search(piece) for piece in pieces[::2]):
        return
    for at, piece in enumerate(pieces):
        if not (at % 2 and pieces[at - 1].rstrip().endswith("-")):
            said = ["", *piece.split()]
            bare = (word.rstrip(_STOPS) for before, word in pairwise(said) if not before.endswith("-"))
            yield from (word for word in bare if _WORD.fullmatch(word))


def matching(asked: Asked, query: Query, *, whole: bool) -> Wanted:
    """Words under some language's rules, in an article read by these, and every filter.

    Not `whole`: the text behind the wall, weight D, is left out of it.
    """
    filters = [
        *facts.wanted(query.title, query.country, query.language, query.section, has_text=query.has_text),
        *([facts.filed(query.topic)] if query.topic else []),
    ]
    exact = " | ".join(_under(text, rules, asked.by_rules) for text, rules in _together(asked.by_rules).items())
    if exact and not whole:
        exact = _QUOTED.sub(_before_the_wall, exact)
    is_plain = exact == " & ".join(asked.plain)
    return Wanted((*asked.plain, *map(_quoted, filters)), "" if is_plain else exact)


def within(since: datetime, until: datetime) -> str:
    """This time alone; "" where the index does not know it."""
    return " | ".join(map(_quoted, facts.between(since, until)))


def _either(texts: Iterable[str]) -> str:
    said = list(dict.fromkeys(text for text in texts if text))
    return said[0] if len(said) == 1 else " | ".join(f"({text})" for text in said)


def _together(asked: Mapping[str, str]) -> dict[str, list[str]]:
    """Most names are the same under any rules: they are looked for once."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for rules, text in asked.items():
        if text:
            found[text].append(rules)
    return found


def _under(text: str, rules: Sequence[str], every: Iterable[str]) -> str:
    """Under these rules alone, said in as few words as can be: each is one more list for the index to go through."""
    others = [name for name in every if name not in rules]
    if not others:
        return text
    if len(others) < len(rules):
        return f"({text}) & !({' | '.join(_quoted(facts.ruled(name)) for name in others)})"
    return f"({text}) & ({' | '.join(_quoted(facts.ruled(name)) for name in rules)})"


def _before_the_wall(word: "re.Match[str]") -> str:
    return word[0] if word[0].startswith("'=") else f"{word[1]}:{word[2] or ''}ABC"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
