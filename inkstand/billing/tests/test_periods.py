"""Calendar months, for any day they may be counted from."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inkstand.billing.periods import months_on
from inkstand.billing.withdrawal import refund, until

anchors = st.datetimes(datetime(2020, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))


@given(anchors, st.integers(1, 36), st.integers(0, 40))
def test_periods_meet_and_none_is_skipped(anchor, months, number):
    start, end = months_on(anchor, months * number), months_on(anchor, months * (number + 1))
    assert start < end
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert start.day == anchor.day or (start + timedelta(days=1)).month != start.month
    assert start.timetz() == anchor.timetz()


@given(anchors, st.integers(1, 10**9), st.integers(0, 10**6))
def test_nothing_goes_back_twice_and_all_of_it_before_it_began(anchor, total, seconds):
    ends = months_on(anchor, 1)
    back = refund(total, anchor, ends, anchor + timedelta(seconds=seconds))
    later = refund(total, anchor, ends, anchor + timedelta(seconds=seconds + 3600))
    assert 0 <= later <= back <= total
    assert refund(total, anchor, ends, anchor - timedelta(days=3)) == total
    assert refund(total, anchor, ends, ends) == 0


@given(anchors, st.integers(0, 30))
def test_the_time_for_withdrawing_holds_the_whole_fourteenth_day_everywhere(began, trial):
    ends = until(began, began + timedelta(days=trial))
    assert ends >= began + timedelta(days=trial + 14)
    assert ends - (began + timedelta(days=trial)) < timedelta(days=15, hours=13)
