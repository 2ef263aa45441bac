"""Articles in: new ones and new revisions, a thousand at a time in a handful of statements.

Rows go in by COPY under ids taken beforehand. That is safe because whoever publishes holds the publishing lock to
the end of its transaction: what was looked up as absent is still absent when it is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import connection, transaction

from inkstand.articles.values import Draft as Draft

_LOCK = 0x696E6B  # "ink": any constant of our own will do
_ARTICLE = (
    "id, title_id, address, url, feed_id, feed_item_id, section, language, received_at, published_at, dated,"
    " shown_from, notice, current_id"
)
_REVISION = (
    "id, article_id, number, headline, standfirst, body, section, tags, byline, pictures, rights,"
    " updated_at, received_at"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A draft and where it belongs. `address` is None where the address does not identify the piece."""

    title: int
    draft: Draft
    address: str | None = None
    feed: int | None = None
    embargo: timedelta = timedelta()


def lock() -> None:
    """One publisher at a time, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def known_addresses(wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Article ids by (title, address), of those that are in the paper; one statement."""
    pairs = list(wanted)
    if not pairs:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.title_id, a.address, a.id FROM unnest(%s::bigint[], %s::text[]) AS w (title_id, address)"
            " JOIN articles_article a USING (title_id, address)",
            [[title for title, _ in pairs], [address for _, address in pairs]],
        )
        return {(title, address): article for title, address, article in cursor.fetchall()}


@transaction.atomic
def publish(pieces: Sequence[Piece], *, now: datetime) -> list[int]:
    """The new articles' ids, in the order of `pieces`. Hold `lock()`, and publish only what is not known."""
    if not pieces:
        return []
    articles, revisions = _take_ids("articles_article", len(pieces)), _take_ids("articles_revision", len(pieces))
    rows = list(zip(articles, revisions, pieces, strict=True))
    _copy(
        "articles_article", _ARTICLE, (_article_row(article, revision, piece, now) for article, revision, piece in rows)
    )
    _copy("articles_revision", _REVISION, (_revision_row(r, a, 1, piece.draft, now) for a, r, piece in rows))
    return articles


@transaction.atomic
def revise(changes: Sequence[tuple[int, Draft]], *, now: datetime) -> None:
    """One more revision for each article; what it said before stays."""
    if not changes:
        return
    numbers = _last_numbers([article for article, _ in changes])
    revisions = _take_ids("articles_revision", len(changes))
    rows = [
        _revision_row(revision, article, numbers[article] + 1, draft, now)
        for revision, (article, draft) in zip(revisions, changes, strict=True)
    ]
    _copy("articles_revision", _REVISION, rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article a SET current_id = w.revision, section = w.section,"
            " url = coalesce(nullif(w.url, ''), a.url)"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[]) AS w (id, revision, section, url)"
            " WHERE a.id = w.id",
            [
                [article for article, _ in changes],
                revisions,
                [draft.section[:120] for _, draft in changes],
                [draft.url[:2000] for _, draft in changes],
            ],
        )


def withdraw(article: int, *, notice: str, now: datetime) -> None:
    """Takes a piece out of every list; its page stays and says `notice`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET withdrawn_at = %s, notice = %s WHERE id = %s", [now, notice, article]
        )


def _take_ids(table: str, count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [number for (number,) in cursor.fetchall()]


def _last_numbers(articles: list[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, r.number FROM articles_article a JOIN articles_revision r ON r.id = a.current_id"
            " WHERE a.id = ANY(%s)",
            [articles],
        )
        return dict(cursor.fetchall())


def _article_row(article: int, revision: int, piece: Piece, now: datetime) -> tuple[Any, ...]:
    draft = piece.draft
    published = min(draft.published, now) if draft.published else now
    return (
        article,
        piece.title,
        piece.address,
        draft.url[:2000],
        piece.feed,
        draft.key,
        draft.section[:120],
        draft.language[:20],
        now,
        published,
        draft.published is not None,
        published + piece.embargo,
        "",
        revision,
    )


def _revision_row(revision: int, article: int, number: int, draft: Draft, now: datetime) -> tuple[Any, ...]:
    return (
        revision,
        article,
        number,
        draft.headline,
        draft.standfirst,
        draft.body,
        draft.section[:120],
        list(draft.tags),
        list(draft.byline),
        msgspec.json.encode(draft.pictures).decode(),
        draft.rights,
        draft.updated,
        now,
    )


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
