"""Hours in zones: every day has one strike, in order, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from inkstand.editions.hours import is_within, last_strike, next_strike, strikes
from inkstand.editions.places import is_zone, zone_of

BERLIN, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
days = st.dates(date(1972, 1, 1), date(2037, 12, 31))
hours = st.times().map(lambda at: at.replace(second=0, microsecond=0))
moments = st.datetimes(datetime(1972, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))


def test_an_hour_that_clocks_leap_over_strikes_as_they_leap():
    assert strikes(date(2026, 3, 29), time(2, 30), BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert strikes(date(2026, 3, 29), time(3), BERLIN) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_an_hour_that_clocks_show_twice_strikes_the_first_time():
    assert strikes(date(2026, 10, 25), time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_seven_is_seven_before_and_after_the_clocks_change():
    assert strikes(date(2026, 3, 28), time(7), BERLIN).hour == 6
    assert strikes(date(2026, 3, 29), time(7), BERLIN).hour == 5


def test_a_day_that_a_zone_left_out_strikes_at_the_next_midnight():
    """Samoa went from 29 to 31 December 2011."""
    assert strikes(date(2011, 12, 30), time(7), APIA) == datetime(2011, 12, 30, 10, tzinfo=UTC)


@given(days, hours, zones)
def test_clocks_show_the_hour_or_have_just_leapt_over_it(day, at, zone):
    struck = strikes(day, at, zone)
    shown = struck.astimezone(zone).replace(tzinfo=None)
    before = (struck - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown >= datetime.combine(day, at) > before or shown == datetime.combine(day, at)


@given(days, hours, hours, zones)
def test_a_later_hour_never_strikes_earlier(day, one, other, zone):
    assert strikes(day, min(one, other), zone) <= strikes(day, max(one, other), zone)


@given(moments, hours, zones)
def test_strikes_follow_one_another_without_a_gap(now, at, zone):
    last, following = last_strike(now, at, zone), next_strike(now, at, zone)
    assert last <= now < following
    assert next_strike(last, at, zone) == following
    assert last_strike(following, at, zone) == following
    assert timedelta(0) < following - last <= timedelta(hours=49)


@given(hours, moments, zones)
def test_no_time_is_quiet_where_both_ends_are_one(at, now, zone):
    assert not is_within(now, at, at, zone)


@given(hours, hours, moments, zones)
def test_a_time_is_within_an_interval_or_within_what_is_left_of_the_day(start, end, now, zone):
    assert (is_within(now, start, end, zone) != is_within(now, end, start, zone)) or start == end


def test_quiet_hours_go_over_midnight():
    at_six, at_noon = (datetime(2026, 1, 5, hour, tzinfo=UTC) for hour in (5, 11))
    assert is_within(at_six, time(22), time(7), BERLIN)
    assert not is_within(at_noon, time(22), time(7), BERLIN)


def test_a_country_is_told_its_greatest_zone_and_a_language_that_of_its_country():
    assert zone_of("en", "US", "UTC") == "America/New_York"
    assert zone_of("de", "", "UTC") == "Europe/Berlin"
    assert zone_of("pt", "", "UTC") == "America/Sao_Paulo"
    assert zone_of("en", "", "Asia/Tokyo") == zone_of("", "", "Asia/Tokyo") == "Asia/Tokyo"


def test_what_is_no_zone_is_none():
    assert is_zone("Europe/Berlin")
    assert not any(map(is_zone, ("", "Mars/Base", "../secret", "Europe", "/etc/passwd", "a" * 300, "a\0b")))
