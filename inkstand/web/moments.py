"""Times as they are printed. A page is the same for everyone, so times are those of the paper's own zone; where
script runs, paper.js sets them in the reader's. Setting a date costs 60 microseconds and a front page has fifty, so
each is kept for a while.
"""

from datetime import date, datetime
from functools import lru_cache

from django.utils import formats, timezone, translation


def iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def clock(at: datetime) -> str:
    """`14:05`"""
    return _set(at, "H:i")


def day(at: datetime) -> str:
    """`23 November 2026`, in the order the reader's language has it."""
    return _set(at, "DATE_FORMAT" if _language() != "en" else "j F Y")


def month(of: date) -> str:
    """`March 2026`"""
    return formats.date_format(of, "YEAR_MONTH_FORMAT" if _language() != "en" else "F Y")


def short_month(of: date) -> str:
    """`Mar`"""
    return formats.date_format(of, "b").title() if _language() == "en" else formats.date_format(of, "M")


def weekday(at: datetime) -> str:
    return _set(at, "l")


def date_of(on: date) -> str:
    """A day of the calendar, wherever its clocks stand: `Monday, 23 November 2026`."""
    form = "j F Y" if _language() == "en" else "DATE_FORMAT"
    return f"{formats.date_format(on, 'l')}, {formats.date_format(on, form)}"


def full(at: datetime) -> str:
    return f"{day(at)}, {clock(at)} {timezone.localtime(at).tzname()}"


def stamp(at: datetime, now: datetime) -> str:
    """On a card: the clock for what is of today, else the day."""
    same = timezone.localtime(at).date() == timezone.localtime(now).date()
    return clock(at) if same else _set(at, "MONTH_DAY_FORMAT" if _language() != "en" else "j F")


def _set(at: datetime, form: str) -> str:
    return _kept(at, form, _language())


def _language() -> str:
    return translation.get_language() or ""


@lru_cache(maxsize=4096)
def _kept(at: datetime, form: str, _language: str) -> str:
    return formats.date_format(timezone.localtime(at), form)
