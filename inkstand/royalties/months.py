"""Months, as the date of their first day. All in UTC."""

import re
from collections.abc import Iterator
from datetime import date

from inkstand.kit.months import month_of, months_on
from inkstand.royalties.errors import MonthUnreadable


def after(month: date) -> date:
    """The next month."""
    return months_on(month, 1)


def parsed(text: str) -> date:
    """2026-03 → the 1st of March 2026; `MonthUnreadable` for anything else."""
    if not re.fullmatch(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise MonthUnreadable(text=text)
    return date.fromisoformat(f"{text}-01")


def told(month: date) -> str:
    """As people write it: 2026-03."""
    return f"{month:%Y-%m}"


def days_by_month(first: date, until: date) -> dict[date, int]:
    """How many days of each month lie from `first` to before `until`."""
    return {month: (min(after(month), until) - max(month, first)).days for month in _months(first, until)}


def _months(first: date, until: date) -> Iterator[date]:
    month = month_of(first)
    while month < until:
        yield month
        month = after(month)
