"""How each feed is faring, written a batch at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from inkstand.titles.models import Feed
from inkstand.wire.ask import Asked
from inkstand.wire.hints import hub_of
from inkstand.wire.leases import Due
from inkstand.wire.parse.values import Document


@dataclass(frozen=True, slots=True)
class Row:
    """A feed after an answer: `due` carries its new history and state."""

    due: Due
    due_at: datetime
    asked: Asked
    document: Document | None


# Column → (type in SQL, value of a row).
_COLUMNS: dict[str, tuple[str, Any]] = {
    "feed_id": ("bigint", lambda row, now: row.due.feed),
    "due_at": ("timestamptz", lambda row, now: row.due_at),
    "checked_at": ("timestamptz", lambda row, now: now),
    "changed_at": ("timestamptz", lambda row, now: now if row.document else None),
    "etag": ("text", lambda row, now: _header(row, "ETag", row.due.etag)),
    "modified": ("text", lambda row, now: _header(row, "Last-Modified", row.due.modified)),
    "body_hash": ("bytea", lambda row, now: row.asked.body_hash or row.due.body_hash),
    "hours": ("bytea", lambda row, now: row.due.history.hours),
    "learned_at": ("timestamptz", lambda row, now: row.due.history.learned_at),
    "known_since": ("timestamptz", lambda row, now: row.due.history.known_since),
    "hint_s": ("bigint", lambda row, now: min(row.due.hint_s, 2_000_000)),
    "failures": ("int", lambda row, now: row.due.state.failures),
    "failing_since": ("timestamptz", lambda row, now: row.due.state.failing_since),
    "flagged_at": ("timestamptz", lambda row, now: row.due.state.flagged_at),
    "trouble": ("text", lambda row, now: row.asked.answer.trouble),
    "message": ("text", lambda row, now: row.asked.message),
    "moves": ("int", lambda row, now: row.due.state.moves),
    "moved_to": ("text", lambda row, now: row.due.state.moved_to),
    "read_by": ("text", lambda row, now: row.document.path if row.document else None),
    "hub": ("text", lambda row, now: _hub(row)[0] if row.document else None),
    "topic": ("text", lambda row, now: _hub(row)[1] if row.document else None),
}
# What a poll without a document leaves as it was.
_KEPT = {"changed_at", "read_by", "hub", "topic"}
_SETS = ", ".join(
    f"{name} = coalesce(w.{name}, p.{name})" if name in _KEPT else f"{name} = w.{name}"
    for name in _COLUMNS
    if name != "feed_id"
)
_WRITE = (
    f"UPDATE wire_poll p SET lease_until = NULL, {_SETS} FROM unnest("  # noqa: S608 - our own column names
    f"{', '.join(f'%s::{kind}[]' for kind, _ in _COLUMNS.values())}) AS w ({', '.join(_COLUMNS)})"
    " WHERE p.feed_id = w.feed_id"
)


def rest(feeds: Sequence[tuple[int, datetime]], *, now: datetime) -> None:
    """Nothing new: (feed, when it is due again)."""
    if not feeds:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wire_poll p SET due_at = w.due_at, checked_at = %s, lease_until = NULL"
            " FROM unnest(%s::bigint[], %s::timestamptz[]) AS w (feed_id, due_at) WHERE p.feed_id = w.feed_id",
            [now, [feed for feed, _ in feeds], [due_at for _, due_at in feeds]],
        )


def write(rows: Sequence[Row], *, now: datetime) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [[value(row, now) for row in rows] for _, value in _COLUMNS.values()])
    for row in rows:
        if row.due.state.retired_at:
            Feed.objects.filter(pk=row.due.feed).update(retired_at=row.due.state.retired_at)
        elif row.due.state.has_moved:
            _move(row)


def _move(row: Row) -> None:
    """The feed is asked at its new address from now on, unless another feed has that address."""
    to = row.due.state.moved_to[:2000]
    if not Feed.objects.filter(url=to).exists():
        Feed.objects.filter(pk=row.due.feed).update(url=to)


def _hub(row: Row) -> tuple[str, str]:
    """(hub, topic), from the answer's headers before the document."""
    assert row.document
    return hub_of(row.asked.headers, row.document.hub, row.document.self_url) or ("", "")


def _header(row: Row, name: str, before: str) -> str:
    """The answer's own, or what we had where it gave no document."""
    return row.asked.headers.get(name, "")[:1000] if row.asked.body_hash else before


def hubs_missed(feeds: Sequence[int], *, now: datetime) -> None:
    """A poll found something new in these feeds: their hubs, where they have one, had not brought it."""
    if feeds:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE wire_push SET missed_at = %s WHERE feed_id = ANY(%s) AND verified_at IS NOT NULL",
                [now, list(feeds)],
            )
