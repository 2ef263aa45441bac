"""The newest matches of a query, a batch of them, however common or rare its words are.

A common word matches a third of a million articles; to rank them all takes a second. So only a batch is ranked, and
it is looked for in windows of time: among the newest articles; then as far back as a batch should reach by what the
first window held; at last everywhere. What gets to the last is rare. The index of words knows days and months too, so
that in each window only what matches there is looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db import OperationalError, connection, transaction

from inkstand.search import ask
from inkstand.search.values import Match, Place

BATCH = 400
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
_NEAR = 2_000
# Matches come in waves: look half as far again as an even flow would ask for.
_SPARE = 1.5
_CANCELED = "57014"
_SPAN = f"""
SELECT min(published_at), max(published_at) FROM (
    SELECT published_at FROM search_entry WHERE (published_at, article_id) <= (%(until)s, %(last)s)
    AND published_at >= %(since)s ORDER BY published_at DESC, article_id DESC LIMIT {_NEAR}) near
"""  # noqa: S608 - a constant
_MATCHES = """
WITH near AS MATERIALIZED (
    SELECT article_id, published_at, title_id, country, language, section, topics, words FROM search_entry
    WHERE (published_at, article_id) <= (%(until)s, %(last)s) AND published_at >= %(since)s AND shown_from <= %(now)s
    {words} LIMIT %(batch)s
)
SELECT n.published_at, n.article_id, n.title_id, n.country, n.language, n.section, n.topics,
    ts_rank('{{0.1, 0.2, 0.4, 1.0}}', n.words, %(rank)s::tsquery, 1), a.withdrawn_at IS NULL
FROM near n JOIN articles_article a ON a.id = n.article_id ORDER BY n.published_at DESC, n.article_id DESC
"""
# The order is said so that no index serves it: else the planner, hopeful, walks a million rows for two that match.
_BY_WORDS = "AND words @@ %(query)s::tsquery ORDER BY published_at + interval '0' DESC, article_id DESC"
_BY_TIME = "ORDER BY published_at DESC, article_id DESC"


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for and where: matches at or below the place `until`, not older than `since`."""

    query: str
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
    batch = Batch()
    try:
        for batch in _by_windows(sought):
            if batch.bottom:
                return batch
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _CANCELED:
            raise
        return replace(batch, cut_short=True)
    return batch


def _by_windows(sought: Sought) -> Iterator[Batch]:
    first, last = _span(sought)
    if first is None or last is None:
        return
    near = _batch(replace(sought, since=first))
    yield near
    if since := further(sought.since, first, last, len(near.matches)):
        yield _batch(replace(sought, since=since))
    yield _batch(sought)


def further(limit: datetime, first: datetime, last: datetime, found: int) -> datetime | None:
    """Since when a batch should be found, where `found` were between `first` and `last`; None: look everywhere."""
    span = (last - first) * (_SPARE * BATCH / max(found, 1)) if found else timedelta.max
    return last - span if span < last - limit else None


def _span(sought: Sought) -> tuple[datetime | None, datetime | None]:
    """From when to when the nearest entries are; the entries themselves may match or not."""
    with connection.cursor() as cursor:
        cursor.execute(_SPAN, _values(sought))
        first, last = cursor.fetchone()
        return first, last


def _batch(sought: Sought) -> Batch:
    statement = _MATCHES.format(words=_BY_WORDS if sought.query else _BY_TIME)
    # A transaction within: a statement that is cut short takes nothing else with it.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, _values(sought))
        rows = cursor.fetchall()
    matches = [Match(Place(*row[:2]), *row[2:8]) for row in rows if row[8]]
    return Batch(matches, Place(*rows[-1][:2]) if len(rows) >= BATCH else None)


def _values(sought: Sought) -> dict[str, str | int | datetime]:
    return {
        "query": ask.within(sought.query, sought.since, sought.until.published_at),
        "rank": sought.rank,
        "until": sought.until.published_at,
        "last": sought.until.article,
        "since": sought.since,
        "now": sought.now,
        "batch": BATCH,
    }
