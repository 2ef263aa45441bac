"""What each feed has delivered before: the wire's memory, read and written a batch at a time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from inkstand.wire.decide import Arrival, Known, Remembered


def recall(arrived: Sequence[Arrival]) -> Known:
    """What is known of these items; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.feed_id, d.key, d.digest, d.article, d.origin"
            " FROM unnest(%s::bigint[], %s::uuid[]) AS w (feed_id, key) JOIN wire_delivery d USING (feed_id, key)",
            [[arrival.feed for arrival in arrived], [arrival.key for arrival in arrived]],
        )
        return {(feed, key): Remembered(*what) for feed, key, *what in cursor.fetchall()}


def remember(new: Iterable[tuple[int, Arrival, bool]]) -> None:
    """First deliveries: (article, arrival, whether this feed brought the article in)."""
    columns = "feed_id, key, digest, article, origin"
    with connection.cursor() as cursor, cursor.copy(f"COPY wire_delivery ({columns}) FROM STDIN") as copy:
        for article, arrival, origin in new:
            copy.write_row((arrival.feed, arrival.key, arrival.digest, article, origin))


def renew(changed: Sequence[tuple[int, Arrival]]) -> None:
    """What changed items look like now."""
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE wire_delivery d SET digest = w.digest FROM unnest(%s::bigint[], %s::uuid[], %s::uuid[]) AS"
            " w (feed_id, key, digest) WHERE d.feed_id = w.feed_id AND d.key = w.key",
            [[a.feed for _, a in changed], [a.key for _, a in changed], [a.digest for _, a in changed]],
        )


def place(orders: Sequence[tuple[int, list[int]]], *, now: datetime) -> None:
    """Keeps each feed's order of articles, where it is another than at the last look."""
    standing = _last_orders([feed for feed, _ in orders])
    moved = [(feed, order) for feed, order in orders if order and standing.get(feed) != order]
    columns = "feed_id, seen_at, articles"
    with connection.cursor() as cursor, cursor.copy(f"COPY articles_placements ({columns}) FROM STDIN") as copy:
        for feed, order in moved:
            copy.write_row((feed, now, order))


def _last_orders(feeds: list[int]) -> dict[int, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.feed_id, p.articles FROM unnest(%s::bigint[]) AS w (feed_id) CROSS JOIN LATERAL"
            " (SELECT articles FROM articles_placements WHERE feed_id = w.feed_id ORDER BY seen_at DESC LIMIT 1) p",
            [feeds],
        )
        return dict(cursor.fetchall())
