"""Calendar months, for any day they may be counted from."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inkstand.kit.months import month_of, months_on

anchors = st.datetimes(datetime(2020, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))


@given(anchors, st.integers(1, 36), st.integers(-40, 40))
def test_periods_meet_and_none_is_skipped(anchor, months, number):
    start, end = months_on(anchor, months * number), months_on(anchor, months * (number + 1))
    assert start < end
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert start.day == anchor.day or (start + timedelta(days=1)).month != start.month
    assert start.timetz() == anchor.timetz()


@given(anchors, st.integers(-40, 40))
def test_a_month_leads_to_a_month_and_back(anchor, months):
    first = month_of(anchor)
    assert months_on(first, months) == month_of(months_on(anchor, months))
    assert months_on(months_on(first, months), -months) == first
