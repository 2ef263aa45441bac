"""Whose hour has come: one statement for all readers, whatever hours and zones they keep."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from inkstand.editions.hours import last_strike, next_strike
from inkstand.editions.models import Hour
from inkstand.editions.places import is_zone
from inkstand.editions.values import Half

# So many readers are seen to in one transaction.
BATCH = 500
MINUTE = timedelta(minutes=1)

# An hour that has come, and one that was set since (another zone, another time, or never looked at before). The next
# strike is worked out by `hours`, once a strike, and not by the database: the two differ on hours that clocks skip.
_COMING = """
    SELECT p.reader_id, w.half, w.at, p.time_zone, p.morning_at, p.evening_at, p.edition_size, p.by_mail, p.by_push,
        p.language, p.country, CASE WHEN h.at = w.at AND h.asked = p.time_zone THEN h.next_at END
    FROM reading_preferences p
    JOIN readers_reader r ON r.id = p.reader_id AND r.is_active
    CROSS JOIN LATERAL (VALUES ('morning', p.morning_at), ('evening', p.evening_at)) AS w (half, at)
    LEFT JOIN editions_hour h ON h.reader_id = p.reader_id AND h.half = w.half
    WHERE w.at IS NOT NULL
        AND (h.id IS NULL OR h.at <> w.at OR h.asked <> p.time_zone OR h.next_at <= %(now)s)
    ORDER BY h.next_at NULLS LAST, p.reader_id
    LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Coming:
    """An hour of one reader's. `struck` is when it came, None where it was only set anew and is still ahead."""

    reader: int
    half: Half
    at: time
    asked: str
    zone: ZoneInfo
    hours: tuple[time, ...]
    size: int
    by_mail: bool
    by_push: bool
    language: str
    country: str
    struck: datetime | None

    def next_of_any(self, after: datetime) -> datetime:
        """When this reader's next edition of either half comes."""
        return min(next_strike(after, at, self.zone) for at in self.hours)


def coming(now: datetime, most: int = BATCH) -> list[Coming]:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COMING, {"now": now, "most": most})
        return [_coming(*row, now=now) for row in cursor.fetchall()]


def _coming(
    reader: int, half: str, at: time, asked: str, morning: time | None, evening: time | None, size: int,
    by_mail: bool, by_push: bool, language: str, country: str, next_at: datetime | None, *, now: datetime,
) -> Coming:  # fmt: skip
    zone = zone_of(asked)
    hours = tuple(one for one in (morning, evening) if one is not None)
    # After an outage of days only the newest strike of either half counts.
    last = last_strike(now, at, zone)
    struck = last if next_at is not None and last == max(last_strike(now, one, zone) for one in hours) else None
    return Coming(reader, Half(half), at, asked, zone, hours, size, by_mail, by_push, language, country, struck)


def zone_of(asked: str) -> ZoneInfo:
    """The reader's zone; the paper's own where they set none, or one that is no longer known."""
    return ZoneInfo(asked if asked and is_zone(asked) else settings.TIME_ZONE)


def set_forward(seen: Iterable[Coming], now: datetime, *, again: Collection[Coming] = ()) -> None:
    """Their hours come next on another day; those in `again` are looked at again in a minute. One statement."""
    rows = [
        Hour(
            reader_id=one.reader,
            half=one.half,
            at=one.at,
            asked=one.asked,
            next_at=now + MINUTE if one in again else next_strike(now, one.at, one.zone),
        )
        for one in seen
    ]
    Hour.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["reader", "half"], update_fields=["at", "asked", "next_at"]
    )
