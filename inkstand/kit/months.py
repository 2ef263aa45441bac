"""Calendar months, by the clock of UTC: no month is skipped and no day of daylight saving counts."""

import calendar
from datetime import date, datetime
from typing import TypeVar

Day = TypeVar("Day", date, datetime)


def month_of(moment: date | datetime) -> date:
    """A month is the date of its first day."""
    return date(moment.year, moment.month, 1)


def months_on(anchor: Day, months: int) -> Day:
    """`anchor` some months later, or earlier, on the same day or the month's last.

    Always counted from the anchor itself: 31 January, 28 February, 31 March. Counted from month to month it would stay
    on the 28th for good.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return anchor.replace(year=year, month=month + 1, day=min(anchor.day, last))
