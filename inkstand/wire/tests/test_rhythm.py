from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.wire.rhythm import (
    LATEST,
    LATEST_FRONT,
    PATIENCE,
    SOONEST,
    SOONEST_FRONT,
    TWO_WEEKS,
    Hints,
    History,
    Profile,
    arrivals,
    backoff,
    interval,
    learn,
    next_poll,
    patience_ends,
)

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NO_HINTS = Hints()
TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def steady(every: timedelta, items: int = 400) -> History:
    return learn(History(), [NOW - every * (n + 0.5) for n in range(items)], NOW)


def wait(history: History, hints: Hints = NO_HINTS, *, now: datetime = NOW, front: bool = False) -> timedelta:
    return interval(history, hints, now, is_front=front)


def test_busier_feeds_are_polled_sooner():
    waits = [wait(steady(every)) for every in (10 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR, 24 * HOUR, 168 * HOUR)]
    assert waits == sorted(waits) and len(set(waits)) == 6
    assert SOONEST < waits[0] < 10 * MINUTE and 2 * HOUR < waits[-1] < 12 * HOUR


def test_four_times_the_news_is_worth_twice_the_polls():
    assert wait(steady(HOUR)) / wait(steady(15 * MINUTE)) == pytest.approx(2, rel=0.1)


def test_a_front_feed_every_two_minutes_at_most_and_every_hour_at_least():
    assert wait(steady(MINUTE, 600), front=True) == SOONEST_FRONT
    assert SOONEST_FRONT < wait(steady(10 * MINUTE), front=True) < wait(steady(10 * MINUTE))
    assert wait(steady(72 * HOUR), front=True) <= LATEST_FRONT


def test_a_dead_blog_once_a_day():
    dead = learn(History(), [NOW - timedelta(days=days) for days in (400, 800, 1200)], NOW)
    for front in (True, False):
        first, last = (next_poll(dead, NO_HINTS, NOW, is_front=front, jitter=jitter) for jitter in (0.0, 1.0))
        assert NOW + 21 * HOUR < first < last <= NOW + LATEST


def test_a_feed_that_falls_silent_is_polled_ever_less():
    history = steady(HOUR)
    waits = [wait(history, now=NOW + timedelta(days=days)) for days in (0, 1, 4, 13, 15)]
    assert waits == sorted(waits) and waits[-1] > 21 * HOUR


def test_the_hour_of_the_day_is_learned():
    """Ten items each morning from six to seven, for ten days: asked seldom at noon, often from six on."""
    mornings = [
        NOW.replace(hour=6, minute=3) - timedelta(days=day) + 5 * MINUTE * n for day in range(10) for n in range(10)
    ]
    history = learn(History(known_since=NOW - timedelta(days=10)), mornings, NOW)
    morning = (NOW + timedelta(days=1)).replace(hour=6, minute=0)
    assert wait(history, now=morning) < 15 * MINUTE < HOUR < wait(history)
    assert wait(history, now=morning - 3 * HOUR) > 45 * MINUTE


def test_the_day_of_the_week_is_learned():
    """NOW is a Friday. A feed that works on Fridays alone is asked less at the same hour on a Thursday."""
    fridays = [NOW - timedelta(days=7 * week) - 5 * MINUTE * n for week in (1, 2) for n in range(36)]
    history = learn(History(known_since=NOW - timedelta(days=14)), fridays, NOW - timedelta(days=2))
    morning = NOW - 2 * HOUR
    assert wait(history, now=morning) < wait(history, now=morning - timedelta(days=1)) * 0.8


def test_a_day_busier_than_usual_is_noticed_and_forgotten():
    usual = learn(History(), [NOW - 6 * HOUR - 4 * HOUR * n for n in range(100)], NOW - 5 * HOUR)
    busy = learn(usual, [NOW - 10 * MINUTE * n for n in range(24)], NOW)
    assert wait(busy) < wait(usual) / 2
    assert wait(busy, now=NOW + timedelta(days=2)) > wait(busy) * 2


def test_old_pieces_on_a_front_page_do_not_make_it_look_slow():
    fresh = [NOW - 6 * MINUTE * n for n in range(30)]
    kept = [NOW - timedelta(days=30 + n) for n in range(10)]
    assert wait(learn(History(), [*fresh, *kept], NOW)) < 8 * MINUTE


@pytest.mark.parametrize(
    ("hints", "front", "least", "most"),
    [
        (Hints(every_s=30 * 60), False, 30 * MINUTE, 30 * MINUTE),
        (Hints(max_age_s=20 * 60), False, 20 * MINUTE, 20 * MINUTE),
        (Hints(every_s=86_400), False, HOUR, HOUR),
        (Hints(every_s=86_400), True, 15 * MINUTE, 15 * MINUTE),
        (Hints(every_s=60), False, SOONEST, 10 * MINUTE),
    ],
)
def test_the_publishers_wish_is_kept_within_reason(hints, front, least, most):
    assert least <= wait(steady(5 * MINUTE), hints, front=front) <= most


def test_retry_after_is_obeyed_to_a_day():
    def at(seconds: int, failures: int) -> datetime:
        hints = Hints(retry_after_s=seconds)
        return next_poll(steady(MINUTE), hints, NOW, is_front=True, jitter=0, failures=failures)

    assert at(7_200, 1) == at(7_200, 0) == NOW + 2 * HOUR
    assert at(10**9, 1) == NOW + LATEST
    assert at(1, 3) == NOW + 20 * MINUTE


def test_errors_back_off_to_a_day():
    waits = [backoff(failures) for failures in range(1, 2_000)]
    assert waits[:4] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert waits == sorted(waits) and 21 * HOUR < waits[-1] < LATEST


def test_patience_is_what_the_items_wait_together():
    """The integral of items waiting, by small steps, comes to PATIENCE where the closed form says so."""
    profile = Profile(steady(2 * HOUR), NOW)
    end = patience_ends(profile, NOW, PATIENCE) / HOUR
    steps = 20_000
    rates = [profile.rate(int(0.5 + end * step / steps)) for step in range(steps)]
    waited = sum(rate * (end - end * step / steps) * end / steps for step, rate in enumerate(rates))
    assert waited == pytest.approx(PATIENCE, rel=0.01)


def test_arrivals_lie_between_two_polls():
    last = NOW - HOUR
    dates = [NOW - 5 * HOUR, NOW - 5 * MINUTE, NOW + HOUR, None]
    assert arrivals(dates, last, NOW) == [last, NOW - 5 * MINUTE, NOW, NOW]
    assert arrivals(dates, None, NOW) == [NOW - 5 * HOUR, NOW - 5 * MINUTE, NOW]


@given(st.lists(TIMES, max_size=30), TIMES, TIMES, st.floats(0, 1), st.booleans(), st.integers(0, 50))
def test_always_between_two_minutes_and_a_day(came, learned, now, jitter, front, failures):
    history = learn(learn(History(), came, learned), came, max(learned, now))
    assert len(history.hours) == TWO_WEEKS
    hints = Hints(every_s=failures * 1000)
    due = next_poll(history, hints, now, is_front=front, jitter=jitter, failures=failures)
    assert SOONEST_FRONT <= due - now <= LATEST


@given(st.lists(st.integers(0, TWO_WEEKS - 1), max_size=60), st.lists(st.integers(0, 300), max_size=5))
def test_a_history_forgets_after_two_weeks_and_not_before(ages, silences):
    history = learn(History(known_since=NOW - timedelta(days=20)), [NOW - HOUR * age for age in ages], NOW)
    assert sum(history.hours) == len(ages)
    now = NOW
    for silence in silences:
        now += HOUR * silence
        history = learn(history, [], now)
    assert sum(history.hours) == sum(age + sum(silences) < TWO_WEEKS for age in ages)
