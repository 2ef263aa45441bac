"""Dates as feeds write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkstand.wire.dates import instant


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 20 Sep 2021 06:05:04 GMT", utc(2021, 9, 20, 6, 5, 4)),
        ("Mon, 20 Sep 2021 06:05:04 +0200", utc(2021, 9, 20, 4, 5, 4)),
        ("Mon, 20 Sep 2021 06:05:04 -04:30", utc(2021, 9, 20, 10, 35, 4)),
        ("Mon, 6 Sep 2021 06:05:04 EST", utc(2021, 9, 6, 11, 5, 4)),
        ("20 Sep 2021 06:05 CEST", utc(2021, 9, 20, 4, 5)),
        ("Mon, 20 Sep 2021 06:05:04 IST", utc(2021, 9, 20, 0, 35, 4)),
        ("Mon, 20 Sep 2021 06:05:04 NOWHERE", utc(2021, 9, 20, 6, 5, 4)),
        ("Mon, 20 Sep 2021", utc(2021, 9, 20)),
        ("Monday, 20 September 2021 06:05:04 UTC", utc(2021, 9, 20, 6, 5, 4)),
        ("Mon, 20 Sep 21 06:05:04 GMT", utc(2021, 9, 20, 6, 5, 4)),
        ("Mon, 20 Sep 99 06:05:04 GMT", utc(1999, 9, 20, 6, 5, 4)),
        ("Mon, 20 Sep 2021 24:00:00 GMT", utc(2021, 9, 21)),
        ("Mon, 20 Sep 2021 23:59:60 GMT", utc(2021, 9, 20, 23, 59, 59)),
        ("Mon, 20 Sep 2021 06:05:04 GMT+0200", utc(2021, 9, 20, 4, 5, 4)),
        ("Sept. 20, 2021 3:45 PM EST", utc(2021, 9, 20, 20, 45)),
    ],
)
def test_mail_dates_with_any_zone(text, moment):
    assert instant(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-09-20T06:05:04Z", utc(2021, 9, 20, 6, 5, 4)),
        ("2021-09-20T06:05:04.123+02:00", utc(2021, 9, 20, 4, 5, 4, 123_000)),
        ("2021-09-20T06:05Z", utc(2021, 9, 20, 6, 5)),
        ("2021-09-20 06:05:04", utc(2021, 9, 20, 6, 5, 4)),
        ("2021-09-20 06:05:04 EST", utc(2021, 9, 20, 11, 5, 4)),
        ("2021-9-2T6:5:4Z", utc(2021, 9, 2, 6, 5, 4)),
        ("2021-09-20", utc(2021, 9, 20)),
        ("20210920T060504Z", utc(2021, 9, 20, 6, 5, 4)),
        ("2021-09", utc(2021, 9, 1)),
        ("2021", utc(2021, 1, 1)),
    ],
)
def test_iso_dates_with_their_faults(text, moment):
    assert instant(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon Sep 20 06:05:04 2021", utc(2021, 9, 20, 6, 5, 4)),
        ("Mon Sep 20 2021 06:05:04 GMT", utc(2021, 9, 20, 6, 5, 4)),
        ("9/20/2021 3:45 PM", utc(2021, 9, 20, 15, 45)),
        ("20/09/2021 15:45", utc(2021, 9, 20, 15, 45)),
        ("20.09.2021", utc(2021, 9, 20)),
        ("2021/09/20 06:05:04", utc(2021, 9, 20, 6, 5, 4)),
        ("20 settembre 2021 06:05", utc(2021, 9, 20, 6, 5)),
        ("Δευ, 20 Σεπ 2021 06:05:04 EST", utc(2021, 9, 20, 11, 5, 4)),
        ("2021-09-20 오후 3:05:04", utc(2021, 9, 20, 15, 5, 4)),
        ("2021-szeptember-20T6:05+02:00", utc(2021, 9, 20, 4, 5)),
        ("Seg, 20 Set 2021 06:05:04 -0300", utc(2021, 9, 20, 9, 5, 4)),
        ("1632117904", utc(2021, 9, 20, 6, 5, 4)),
        ("1632117904000", utc(2021, 9, 20, 6, 5, 4)),
    ],
)
def test_other_orders_and_languages(text, moment):
    assert instant(text) == moment


def test_the_future_is_kept_as_it_is():
    assert instant("Mon, 01 Jan 2199 00:00:00 GMT") == utc(2199, 1, 1)


@pytest.mark.parametrize(
    "text", ["", "yesterday-ish", "0001-01-01T00:00:00Z", "0000-00-00", "31 Feb 2021", "2021-13-45", "x" * 500]
)
def test_what_is_no_date_is_none(text):
    assert instant(text) is None


@settings(deadline=None)
@given(st.text(max_size=90))
def test_any_text_gives_a_utc_time_or_none(text):
    moment = instant(text)
    assert moment is None or moment.tzinfo is UTC


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC)))
def test_what_the_standard_writes_is_read_back(moment):
    moment = moment.replace(microsecond=0)
    assert instant(moment.isoformat()) == moment
    assert instant(moment.strftime("%a, %d %b ") + f"{moment.year:04}" + moment.strftime(" %H:%M:%S GMT")) == moment
