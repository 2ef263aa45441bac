"""Months as rows: made when first needed, with the key of their blinded reader numbers."""

from collections.abc import Iterable
from datetime import date

from inkstand.royalties.blind import blinded, new_key
from inkstand.royalties.errors import MonthClosed
from inkstand.royalties.models import Period
from inkstand.royalties.months import after, told


def make(months: Iterable[date]) -> None:
    """Sees to it that each month has its row; one statement."""
    Period.objects.bulk_create((Period(month=month, key=new_key()) for month in months), ignore_conflicts=True)


def period(month: date) -> Period:
    return Period.objects.get_or_create(month=month, defaults={"key": new_key()})[0]


def reader_numbers(months: Iterable[date], reader: int) -> dict[date, int]:
    """`reader`'s blinded number in each month; `MonthClosed` for one that is settled: then nobody can tell."""
    wanted = set(months)
    keys = _keys(wanted)
    if missing := wanted - keys.keys():
        make(missing)
        keys |= _keys(missing)
    for month, key in keys.items():
        if key is None:
            raise MonthClosed(month=told(month))
    return {month: blinded(key, reader) for month, key in keys.items() if key is not None}


def _keys(months: Iterable[date]) -> dict[date, bytes | None]:
    rows = Period.objects.filter(month__in=months).values_list("month", "key")
    return {month: None if key is None else bytes(key) for month, key in rows}


def reader_number(month: date, reader: int) -> int:
    return reader_numbers([month], reader)[month]


def first_open() -> date:
    """The earliest month money may still come into; the beginning of time where none was settled."""
    last = Period.objects.exclude(settled_at=None).order_by("-month").values_list("month", flat=True).first()
    return after(last) if last else date.min
