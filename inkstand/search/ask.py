"""From what a reader typed to a `tsquery`. Nothing that can be typed is an error."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import DataError, InternalError, connection, transaction

from inkstand.search import facts, pairs
from inkstand.search.languages import PREFIX
from inkstand.search.values import MOST_CHARS, Query

_MOST_WORDS = 16
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_QUOTED = re.compile(r"('(?:[^']|'')*')(?::(\*))?")
_UNDER_RULES = f"""
SELECT rules, websearch_to_tsquery(('{PREFIX}' || rules)::regconfig, %(words)s)::text FROM search_rules ORDER BY rules
"""  # noqa: S608 - a constant
_DASHES = str.maketrans("–—−“”„«»", '---"""""')


def clean(typed: str) -> str:
    """The words without what PostgreSQL cannot take, of a length a person types. Dashes and quotes are made plain."""
    words = _CONTROL.sub(" ", typed[: 8 * MOST_CHARS]).translate(_DASHES).split()
    return " ".join(words[:_MOST_WORDS])[:MOST_CHARS]


def by_rules(words: str) -> dict[str, str]:
    """The `tsquery` of the words under each language's rules that anything was read by; "" where nothing is left."""
    if not words:
        return {}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_UNDER_RULES, {"words": pairs.asked(words)})
            return {rules: pairs.begun(text) for rules, text in cursor.fetchall()}
    except (InternalError, DataError):
        # PostgreSQL gives up on thirty dashes in a row: whoever types them looks for nothing.
        return {}


def matching(asked: Mapping[str, str], query: Query, *, whole: bool) -> str:
    """The whole `tsquery`: words under some language's rules, in an article read by these, and every filter.

    Not `whole`: the text behind the wall, weight D, is left out of it.
    """
    filters = [
        *facts.wanted(query.title, query.country, query.language, query.section, has_text=query.has_text),
        *([facts.filed(query.topic)] if query.topic else []),
    ]
    words = " | ".join(_under(text, rules, asked) for text, rules in _together(asked).items())
    if words and not whole:
        words = _QUOTED.sub(_before_the_wall, words)
    return " & ".join([*([f"({words})"] if words else []), *map(_quoted, filters)])


def within(tsquery: str, since: datetime, until: datetime) -> str:
    """The same, of this time alone."""
    words = " | ".join(map(_quoted, facts.between(since, until)))
    return f"{tsquery} & ({words})" if words and tsquery else tsquery


def any_of(asked: Mapping[str, str]) -> str:
    """For rank and marks, where it does not matter which language's rules a word is found by."""
    return " | ".join(f"({text})" for text in dict.fromkeys(asked.values()) if text)


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
        return f"({text})"
    if len(others) < len(rules):
        return f"({text}) & !({' | '.join(_quoted(facts.ruled(name)) for name in others)})"
    return f"({text}) & ({' | '.join(_quoted(facts.ruled(name)) for name in rules)})"


def _before_the_wall(word: "re.Match[str]") -> str:
    return word[0] if word[0].startswith("'=") else f"{word[1]}:{word[2] or ''}ABC"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
