"""When an hour strikes somewhere, in the years when clocks are put forward and back. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def strikes(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment of `day` in `zone` when clocks there show `at` or later; in UTC.

    An hour that clocks show twice strikes the first time; one that they leap over strikes as they leap.
    """
    early, late = (datetime.combine(day, at.replace(fold=fold), tzinfo=zone).astimezone(UTC) for fold in (1, 0))
    wanted = datetime.combine(day, at)
    return late if late.astimezone(zone).replace(tzinfo=None) == wanted else _leap(early, late, zone)


def _leap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The second at which `zone` leaves the offset it has at `before`."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def next_strike(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first strike later than `after`: one for each day of the zone's calendar."""
    day = after.astimezone(zone).date() - DAY
    while (struck := strikes(day, at, zone)) <= after:
        day += DAY
    return struck


def last_strike(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The newest strike that is not later than `now`."""
    day = now.astimezone(zone).date() + DAY
    while (struck := strikes(day, at, zone)) > now:
        day -= DAY
    return struck


def is_within(now: datetime, start: time, end: time, zone: ZoneInfo) -> bool:
    """Whether clocks in `zone` stand from `start` to before `end`; over midnight where `end` is the earlier, never
    where the two are one."""
    clock = now.astimezone(zone).time().replace(tzinfo=None, fold=0)
    return start <= clock < end if start <= end else clock >= start or clock < end
