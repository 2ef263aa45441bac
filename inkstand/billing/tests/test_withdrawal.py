"""Withdrawing, on any day that a contract may begin."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inkstand.billing.withdrawal import refund, until
from inkstand.kit.months import months_on

anchors = st.datetimes(datetime(2020, 1, 1), datetime(2060, 12, 31), timezones=st.just(UTC))


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
