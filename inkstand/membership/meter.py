"""The meter: a note of the free articles opened this month, by a visitor or by a reader who is no member.

The note is `YYYY-MM:id.id.id`. A visitor carries theirs, signed by the web room, and nothing of it is stored with us; a
reader's is in `free_notes`. A note of another month, or one that cannot be read, counts as none.
"""

from datetime import date, datetime

from inkstand.kit.months import month_of, months_on
from inkstand.membership.values import Meter


def opened(note: str, now: datetime) -> tuple[int, ...]:
    month, _, ids = note.partition(":")
    if month != f"{now:%Y-%m}" or not all(part.isdecimal() for part in ids.split(".")):
        return ()
    return tuple(int(part) for part in ids.split("."))


def read(note: str, article: int, free: int, now: datetime) -> Meter:
    ids = opened(note, now)
    return Meter(free=free, used=len(ids), has_this=article in ids)


def renews(now: datetime) -> date:
    """The first day of the next month, on which every note is empty again."""
    return months_on(month_of(now), 1)


def spend(note: str, article: int, now: datetime) -> str:
    """The note with `article` on it, once."""
    ids = dict.fromkeys([*opened(note, now), article])
    return f"{now:%Y-%m}:{'.'.join(map(str, ids))}"
