"""Calendar months on from a date, by the clock of UTC: no month is skipped and no day of daylight saving counts."""

import calendar
from datetime import datetime


def months_on(anchor: datetime, months: int) -> datetime:
    """`anchor` some months later, on the same day or the month's last. Always counted from the anchor itself:
    31 January, 28 February, 31 March. Counted from month to month it would stay on the 28th for good.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return anchor.replace(year=year, month=month + 1, day=min(anchor.day, last))
