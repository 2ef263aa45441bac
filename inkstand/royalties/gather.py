"""What a month was, set by set in the database: a million readings never pass through this process.

Four temporary tables of the settling transaction: each member's fee, each member's reading of each title, the same
in points, and which group each fee is in. Only sums by group and title come out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from inkstand.royalties.attention import ALL_BUT_SEEN
from inkstand.royalties.divide import Cell
from inkstand.royalties.groups import FeeGroup
from inkstand.royalties.values import POINTS, Ruling

# Sorting and hashing a month's readings wants more than a page's statements are given.
_MEMORY = "SET LOCAL work_mem = '96MB'; SET LOCAL max_parallel_workers_per_gather = 0"

_TALLY = f"""
    INSERT INTO royalties_tally
        (period_id, title_id, publisher_id, name, readings, readers, completed, not_worth_it)
    SELECT %(month)s, t.id, t.publisher_id, t.name, r.readings, r.readers, r.completed, r.not_worth_it
    FROM titles_title t JOIN (
        SELECT title_id, count(*) AS readings, count(DISTINCT reader) AS readers,
               count(*) FILTER (WHERE seen >= {ALL_BUT_SEEN} AND seconds * 2 >= limit_s) AS completed,
               count(*) FILTER (WHERE not_worth_it) AS not_worth_it
        FROM royalties_reading WHERE period_id = %(month)s AND (seconds >= %(min_seconds)s OR not_worth_it)
        GROUP BY title_id
    ) r ON r.title_id = t.id
"""  # noqa: S608 - our own constant

_MEMBER = """
    CREATE TEMP TABLE royalties_member ON COMMIT DROP AS
    SELECT reader, currency, sum(minor)::bigint AS minor FROM royalties_monthsfee
    WHERE period_id = %(month)s GROUP BY reader, currency HAVING sum(minor) > 0
"""

# A member pays in one currency as a rule; who paid in two has their reading count in both.
_ATTENTION = """
    CREATE TEMP TABLE royalties_attention ON COMMIT DROP AS
    SELECT r.reader, r.title_id,
           sum(r.seconds * CASE WHEN a.copy_of_id IS NULL THEN 1000 ELSE %(copy_permille)s END)::bigint AS weight
    FROM royalties_reading r LEFT JOIN stories_account a ON a.article_id = r.article_id
    WHERE r.period_id = %(month)s AND r.seconds >= %(min_seconds)s
      AND EXISTS (SELECT FROM royalties_member m WHERE m.reader = r.reader)
    GROUP BY r.reader, r.title_id
    HAVING sum(r.seconds * CASE WHEN a.copy_of_id IS NULL THEN 1000 ELSE %(copy_permille)s END) > 0
"""

# Each reader's points by largest remainder, the lower title number first among equals: as kit.money.share.
_POINTS = f"""
    CREATE TEMP TABLE royalties_points ON COMMIT DROP AS
    SELECT reader, title_id, weight,
           units + (row_number() OVER (PARTITION BY reader ORDER BY rest DESC, title_id)
                    <= {POINTS} - sum(units) OVER (PARTITION BY reader))::int AS points
    FROM (
        SELECT reader, title_id, weight, weight * {POINTS} / whole AS units, mod(weight * {POINTS}, whole) AS rest
        FROM (
            SELECT reader, title_id, weight, sum(weight) OVER (PARTITION BY reader)::bigint AS whole
            FROM royalties_attention
        ) weighed
    ) divided
"""  # noqa: S608 - our own constant

_PAID = """
    SELECT m.currency, m.minor, count(*)
    FROM royalties_member m JOIN (SELECT DISTINCT reader FROM royalties_points) p USING (reader)
    GROUP BY m.currency, m.minor
"""

_GROUPS = """
    CREATE TEMP TABLE royalties_group ON COMMIT DROP AS
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::int[]) AS g (currency, minor, number)
"""

_CELLS = """
    SELECT g.currency, g.number, p.title_id, count(*), sum(m.minor * p.points)::bigint, sum(p.weight)::bigint
    FROM royalties_points p JOIN royalties_member m USING (reader) JOIN royalties_group g USING (currency, minor)
    GROUP BY g.currency, g.number, p.title_id ORDER BY g.currency, g.number, p.title_id
"""

_TABLES = ("royalties_member", "royalties_attention", "royalties_points", "royalties_group")


def gather(month: date, rule: Ruling) -> list[tuple[str, int, int]]:
    """Writes the tallies, weighs the month, and gives (currency, fee, members who paid it and read)."""
    facts: dict[str, Any] = {"month": month, "copy_permille": rule.copy_permille, "min_seconds": rule.min_seconds}
    with connection.cursor() as cursor:
        cursor.execute(_MEMORY)
        cursor.execute("DROP TABLE IF EXISTS " + ", ".join(f"pg_temp.{table}" for table in _TABLES))
        for statement in (_TALLY, _MEMBER, _ATTENTION, _POINTS):
            cursor.execute(statement, facts)
        cursor.execute(_PAID)
        paid: list[tuple[str, int, int]] = cursor.fetchall()
        return paid


def cells(groups: Mapping[str, Iterable[FeeGroup]]) -> dict[str, list[Cell]]:
    """By currency, what each group read of each title; after `gather`, in the same transaction."""
    rows = [
        (currency, fee, number)
        for currency, listed in groups.items()
        for number, group in enumerate(listed)
        for fee in group.fees
    ]
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, [list(column) for column in zip(*rows, strict=True)] or [[], [], []])
        cursor.execute(_CELLS)
        found: defaultdict[str, list[Cell]] = defaultdict(list)
        for currency, *cell in cursor.fetchall():
            found[currency].append(Cell(*cell))
        return found
