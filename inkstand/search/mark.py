"""Marks the words that matched, in texts that may be shown, by the same rules of words that found them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
from django.db import connection

from inkstand.search import languages, pairs

_ON, _OFF = "\x02", "\x03"
_STRIKE = str.maketrans("", "", _ON + _OFF + "\0")
_MARKED = """
SELECT article, ts_headline(rules::regconfig, headline, q, %(all)s), ts_headline(rules::regconfig, text, q, %(some)s)
FROM json_to_recordset(%(rows)s::json) AS row (article bigint, rules text, headline text, text text),
    (SELECT %(query)s::tsquery AS q) asked
"""
_SIGNS = f"StartSel={_ON}, StopSel={_OFF}"
_ALL = f"{_SIGNS}, HighlightAll=true"
_SOME = f"{_SIGNS}, MaxWords=40, MinWords=25"

Parts = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it matched."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of an article that was found: whoever calls has asked the gate."""

    article: int
    language: str
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    headline: Parts
    excerpt: Parts


def marked(tsquery: str, shown: Sequence[Shown]) -> Mapping[int, Marked]:
    """Headlines whole, and of each text the passage that fits best; by article. One statement."""
    if not tsquery:
        return {one.article: Marked(parts(_plain(one.headline)), parts(_plain(one.text))) for one in shown}
    rows = msgspec.json.encode([_row(one) for one in shown]).decode()
    with connection.cursor() as cursor:
        cursor.execute(_MARKED, {"rows": rows, "query": tsquery, "all": _ALL, "some": _SOME})
        found = {article: Marked(parts(headline), parts(text)) for article, headline, text in cursor.fetchall()}
    found = {one.article: replace(found[one.article], excerpt=_cut(found[one.article].excerpt, one)) for one in shown}
    wanted = pairs.wanted(tsquery)
    return found | {one.article: _by_pairs(one, wanted) for one in shown if wanted and _has(one, wanted)}


def _has(one: Shown, wanted: frozenset[str]) -> bool:
    return any(pair in one.headline or pair in one.text for pair in wanted)


def _by_pairs(one: Shown, wanted: frozenset[str]) -> Marked:
    excerpt = pairs.excerpt(_plain(one.text), wanted)
    return Marked(pairs.marked(_plain(one.headline), wanted), _cut(pairs.marked(excerpt, wanted), one))


def _cut(excerpt: Parts, one: Shown) -> Parts:
    """With a sign on either side where the text goes on there."""
    said, whole = "".join(text for text, _ in excerpt).strip(), _plain(one.text).strip()
    before = () if whole.startswith(said) else (("… ", False),)
    return (*before, *excerpt, *(() if whole.endswith(said) else ((" …", False),)))


def parts(text: str) -> Parts:
    """`text`, with our two signs around what matched, taken apart at them."""
    found = [(text.split(_ON, 1)[0], False)]
    for piece in text.split(_ON)[1:]:
        word, _, rest = piece.partition(_OFF)
        found += [(word, True), (rest, False)]
    return tuple(part for part in found if part[0])


def _row(one: Shown) -> dict[str, object]:
    rules = languages.configuration(languages.rules_of(one.language))
    return {"article": one.article, "rules": rules, "headline": _plain(one.headline), "text": _plain(one.text)}


def _plain(text: str) -> str:
    return text.translate(_STRIKE)
