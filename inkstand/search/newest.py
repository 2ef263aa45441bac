"""The newest matches of a query, a batch of them, however common or rare its words are.

A common word matches a third of a million articles; to rank them all takes a second. So only a batch is ranked, and
it is looked for in windows of time: first among the newest articles, fewer where PostgreSQL's planner expects many to
match; then as far back as the rest should reach by what was found, at most sixteen times as far; at last everywhere.
What gets to the last is rare. The index of words knows days and months too, so that in each window only what matches
there is looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from inkstand.search import ask
from inkstand.search.ask import Wanted
from inkstand.search.bounded import OutOfTime, in_time
from inkstand.search.values import Match, Place

BATCH = 250
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
# How dense articles are in time is seen on so many.
_NEAR = 2_000
# Matches come in waves: look a third as far again as an even flow would ask for.
_SPARE = 1.3
# In steps: the planner takes words for independent that never stand apart, and is far too hopeful or too gloomy.
_FIRST, _FURTHER = 4, 16
_SPAN = f"""
SELECT min(published_at), max(published_at), (SELECT min(published_at) FROM search_entry), count(*) FROM (
    SELECT published_at FROM search_entry WHERE (published_at, article_id) <= (%(until)s, %(last)s)
    AND published_at >= %(since)s ORDER BY published_at DESC, article_id DESC LIMIT {_NEAR}) near
"""  # noqa: S608 - a constant
_EXPECTED = "EXPLAIN (FORMAT JSON) SELECT FROM search_entry WHERE true {words}"
_ALL = "SELECT reltuples FROM pg_class WHERE oid = 'search_entry'::regclass"
_MATCHES = """
WITH near AS MATERIALIZED (
    SELECT article_id, published_at, title_id, country, language, section, topics, words FROM search_entry
    WHERE (published_at, article_id) <= (%(until)s, %(last)s) AND published_at >= %(since)s AND shown_from <= %(now)s
    {words} ORDER BY {order} LIMIT %(most)s
)
SELECT n.published_at, n.article_id, n.title_id, n.country, n.language, n.section, n.topics,
    ts_rank('{{0.1, 0.2, 0.4, 1.0}}', n.words, %(rank)s::tsquery, 1),
    NOT EXISTS (SELECT FROM articles_article a WHERE a.id = n.article_id AND a.withdrawn_at IS NOT NULL)
FROM near n ORDER BY n.published_at DESC, n.article_id DESC
"""
# Each by itself: the index then leaps from one to the next that all have, and weighs no other.
_EACH = "AND words @@ %(word_{})s::tsquery "
# As a function, which no index serves: asked of the rows that are left.
_EXACT = "AND ts_match_vq(words, %(exact)s::tsquery)"
# The order is said so that no index serves it: else the planner, hopeful, walks a million rows for two that match.
_BY_WORDS = "published_at + interval '0' DESC, article_id DESC"
_BY_TIME = "published_at DESC, article_id DESC"


Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for and where: matches at or below the place `until`, not older than `since`."""

    wanted: Wanted
    rank: str
    until: Place
    since: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """The newest matches but those withdrawn. `bottom`: the lowest of them all, where there may be older ones;
    `cut_short`: time ran out."""

    matches: Sequence[Match] = ()
    bottom: Place | None = None
    cut_short: bool = False


def newest(sought: Sought) -> Batch:
    rows: list[Row] = []
    try:
        with in_time():
            for found in _by_windows(sought):
                rows += found
                if len(rows) >= BATCH:
                    break
    except OutOfTime:
        return replace(_batch(rows), cut_short=True)
    return _batch(rows)


def _by_windows(sought: Sought) -> Iterator[list[Row]]:
    """One window after the other, each where the one before ended; together never more than a batch."""
    near = _near(sought)
    since, found = first(near, _share(sought) if near and sought.wanted.each else 1), 0
    while near and since > max(sought.since, near.earliest) and found < BATCH:
        rows = _rows(replace(sought, since=since), BATCH - found)
        yield rows
        found += len(rows)
        sought = replace(sought, until=Place(since, 0))
        since = further(since, near.last, found)
    if near and found < BATCH:
        yield _rows(sought, BATCH - found)


@dataclass(frozen=True, slots=True)
class Near:
    """The newest `count` entries that may be looked at are from `first` to `last`; the oldest of all is `earliest`."""

    first: datetime
    last: datetime
    earliest: datetime
    count: int


def first(near: Near | None, share: float) -> datetime:
    """Since when a batch should be found where this share of all entries matches."""
    if near is None:
        return BEGINNING
    return _back(near.last, near.first, min(_FIRST, _SPARE * BATCH / max(share, 1e-9) / near.count))


def further(since: datetime, last: datetime, found: int) -> datetime:
    """Since when the rest of a batch should be found, where `found` were between `since` and `last`."""
    return _back(last, since, min(_FURTHER, 1 + _SPARE * (BATCH - found) / max(found, 1)))


def _back(last: datetime, since: datetime, times: float) -> datetime:
    span = max(last - since, timedelta(minutes=1))
    return last - min(span * times, last - BEGINNING)


def _near(sought: Sought) -> Near | None:
    with connection.cursor() as cursor:
        cursor.execute(_SPAN, _values(sought))
        found: Row = cursor.fetchone()
        return Near(*found) if found[3] else None


def _share(sought: Sought) -> float:
    """The share of all entries that the planner, who keeps count of the commoner words, expects to match."""
    with connection.cursor() as cursor:
        each = sought.wanted.each
        cursor.execute(_EXPECTED.format(words=_all(len(each))), _numbered(each))
        expected: float = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
        cursor.execute(_ALL)
        every: float = cursor.fetchone()[0]
        return expected / max(every, expected, 1)


def _rows(sought: Sought, most: int) -> list[Row]:
    asked = sought.wanted.each
    if asked and (time := ask.within(sought.since, sought.until.published_at)):
        asked = (*asked, time)
    words = _all(len(asked)) + (_EXACT if sought.wanted.exact else "")
    statement = _MATCHES.format(words=words, order=_BY_WORDS if asked else _BY_TIME)
    with connection.cursor() as cursor:
        cursor.execute(statement, {**_values(sought), **_numbered(asked), "most": most})
        rows: list[Row] = cursor.fetchall()
        return rows


def _batch(rows: Sequence[Row]) -> Batch:
    matches = [Match(Place(*row[:2]), *row[2:8]) for row in rows if row[8]]
    return Batch(matches, Place(*rows[-1][:2]) if len(rows) >= BATCH else None)


def _all(count: int) -> str:
    return "".join(_EACH.format(n) for n in range(count))


def _numbered(each: Sequence[str]) -> dict[str, str]:
    return {f"word_{n}": text for n, text in enumerate(each)}


def _values(sought: Sought) -> dict[str, str | int | datetime]:
    return {
        "exact": sought.wanted.exact,
        "rank": sought.rank,
        "until": sought.until.published_at,
        "last": sought.until.article,
        "since": sought.since,
        "now": sought.now,
    }
