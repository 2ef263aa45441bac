"""The queue of feeds: a row's `due_at` and `lease_until` are all of it.

A worker leases a batch in one statement and skips what another holds. What a dead worker held is leased again when
its lease runs out; nothing else has to be put right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from inkstand.wire.health import FeedState
from inkstand.wire.rhythm import TWO_WEEKS, History
from inkstand.wire.websub import Subscription

LEASE = timedelta(minutes=5)

_COLUMNS = (
    "p.feed_id, f.title_id, f.url, f.section, f.is_front, t.language, coalesce(terms.embargo_minutes, 0),"
    " coalesce(terms.keep, '') = 'page',"
    " p.etag, p.modified, p.body_hash, p.hint_s, p.hours, p.learned_at, p.known_since,"
    " p.failures, p.failing_since, p.flagged_at, p.moves, p.moved_to,"
    " push.verified_at, push.lease_s, push.delivered_at, push.missed_at"
)
_AROUND = (
    " JOIN titles_title t ON t.id = f.title_id"
    " LEFT JOIN titles_terms terms ON terms.title_id = t.id"
    " LEFT JOIN wire_push push ON push.feed_id = f.id"
)
_LEASE = f"""
    UPDATE wire_poll p SET lease_until = %(until)s, leased_by = %(holder)s
    FROM (
        SELECT q.feed_id FROM wire_poll q JOIN titles_feed g ON g.id = q.feed_id
        WHERE q.due_at <= %(now)s AND (q.lease_until IS NULL OR q.lease_until <= %(now)s) AND g.retired_at IS NULL
        ORDER BY q.due_at LIMIT %(limit)s FOR UPDATE OF q SKIP LOCKED
    ) due
    JOIN titles_feed f ON f.id = due.feed_id
    {_AROUND}
    WHERE p.feed_id = due.feed_id
    RETURNING {_COLUMNS}
"""  # noqa: S608 - our own column names


_ONE = (
    f"SELECT {_COLUMNS} FROM wire_poll p JOIN titles_feed f ON f.id = p.feed_id {_AROUND}"  # noqa: S608
    " WHERE p.feed_id = %s"
)


@dataclass(frozen=True, slots=True)
class Due:
    """One leased feed: where to ask, what it belongs to, how it has fared."""

    feed: int
    title: int
    url: str
    section: str
    is_front: bool
    language: str
    embargo: timedelta
    reads_pages: bool
    etag: str
    modified: str
    body_hash: bytes
    hint_s: int
    history: History
    state: FeedState
    push: Subscription


def lease(limit: int, *, holder: str, now: datetime) -> list[Due]:
    """The feeds longest due, at most `limit`, held for LEASE by the machine `holder`."""
    with connection.cursor() as cursor:
        cursor.execute(_LEASE, {"now": now, "until": now + LEASE, "limit": limit, "holder": holder})
        return [_due(row) for row in cursor.fetchall()]


def standing(feed: int) -> Due:
    """One feed as it stands, without a lease: for what a hub brings."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [feed])
        return _due(cursor.fetchone())


def _due(row: Sequence[Any]) -> Due:
    feed, title, url, section, is_front, language, embargo_minutes, reads_pages = row[:8]
    etag, modified, body_hash, hint_s, hours, learned_at, known_since = row[8:15]
    return Due(
        feed,
        title,
        url,
        section,
        is_front,
        language,
        timedelta(minutes=embargo_minutes),
        reads_pages,
        etag,
        modified,
        bytes(body_hash),
        hint_s,
        History(bytes(hours) or bytes(TWO_WEEKS), learned_at, known_since),
        FeedState(*row[15:20]),
        Subscription(row[20], row[21] or 0, *row[22:]),
    )


def release(*, holder: str) -> None:
    """What a worker of this machine held when it died is free at once, not when its lease runs out.

    Should another worker of the same machine be alive, a few feeds are asked twice, which does no harm.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wire_poll SET lease_until = NULL WHERE leased_by = %s AND lease_until IS NOT NULL", [holder]
        )


def all_due(*, now: datetime) -> None:
    """Every feed is due, whatever its rhythm."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wire_poll SET due_at = %s, lease_until = NULL", [now])
