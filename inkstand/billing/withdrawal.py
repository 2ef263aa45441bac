"""Withdrawal within fourteen days, decided: until when, and how much goes back. EU directive 2011/83, articles 9-14.

The reader asked that the membership begin at once (they tick it when they join), so the days used are paid for, by
their share of the time; every fraction of a minor unit is the reader's.
"""

from datetime import UTC, datetime, timedelta

DAYS = 14


def until(began_at: datetime, charge_from: datetime) -> datetime:
    """The end of the fourteenth day after the contract was concluded, or after its first payment is due: the later.

    The last of that day anywhere on Earth: whose midnight is meant is not for the reader to find out.
    """
    day = max(began_at, charge_from).astimezone(UTC).date() + timedelta(days=DAYS + 1)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def refund(total: int, covers_from: datetime, covers_until: datetime, stated_at: datetime) -> int:
    """Minor units of a payment of `total` that go back to a reader who withdraws at `stated_at`."""
    whole = covers_until - covers_from
    unused = min(max(covers_until - stated_at, timedelta()), whole)
    return -(-total * (unused // timedelta(microseconds=1)) // (whole // timedelta(microseconds=1)))
