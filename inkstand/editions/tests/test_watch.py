"""What is told at once, and what is not: decided from values."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from inkstand.editions.watch import BREAKING, GAP, Big, Watcher, breaking, is_quiet, midnight, moved_enough

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def watcher(bar=20.0, most=3, quiet=(time(22), time(7))):
    return Watcher(1, BERLIN, quiet, bar, most)


def big(story, points=30.0, *, began=NOON - HOUR, articles=()):
    return Big(story, points, began, frozenset(articles or {story * 10}))


def stories(*bigs, known=(), today=0, now=NOON, **who):
    return [one.story for one in breaking(bigs, watcher(**who), set(known), today, now)]


def test_only_what_reaches_the_bar_is_told_the_greatest_first():
    assert stories(big(1, 25), big(2, 19.9), big(3, 40), big(4, 20)) == [3, 1, 4]


def test_who_set_no_bar_is_told_nothing():
    assert stories(big(1), bar=None) == []


def test_never_more_than_the_day_allows():
    assert stories(*map(big, range(1, 9)), most=3) == [1, 2, 3]
    assert stories(*map(big, range(1, 9)), most=3, today=2) == [1]
    assert stories(*map(big, range(1, 9)), most=3, today=5) == []


def test_never_twice_for_one_story_by_whatever_account_it_was_known():
    assert stories(big(1, articles={11, 12, 13}), known={13}) == []


def test_what_began_long_ago_is_no_news():
    assert stories(big(1, began=NOON - BREAKING - HOUR)) == []


def test_nothing_in_quiet_hours_where_the_reader_is():
    late = NOON.replace(hour=21, minute=30)
    assert is_quiet(watcher(), late)
    assert stories(big(1, began=late), now=late) == []
    assert stories(big(1, began=late), now=late, quiet=(time(0), time(0))) == [1]


def test_a_day_begins_at_midnight_where_the_reader_is():
    assert midnight(BERLIN, NOON) == datetime(2026, 3, 13, 23, tzinfo=UTC)
    assert midnight(BERLIN, NOON.replace(hour=23, minute=30)) == datetime(2026, 3, 14, 23, tzinfo=UTC)


def test_a_followed_story_is_told_when_it_moves_and_not_again_until_it_moves_once_more():
    told = [NOON - 9 * HOUR, NOON - 2 * HOUR, NOON - HOUR]
    assert moved_enough(told, NOON - 5 * HOUR, None, watcher(), NOON)
    assert not moved_enough(told, NOON, None, watcher(), NOON)
    assert not moved_enough(told, NOON - 5 * HOUR, NOON - GAP / 2, watcher(), NOON)
    assert not moved_enough(told, NOON - 5 * HOUR, NOON - HOUR / 2, watcher(), NOON + GAP)


@given(st.lists(st.tuples(st.floats(0, 90), st.integers(-900, 0)), max_size=12), st.integers(0, 5), st.integers(0, 8))
def test_whatever_happens_the_day_and_the_bar_hold(drawn, most, today):
    bigs = [big(n, points, began=NOON + timedelta(minutes=ago)) for n, (points, ago) in enumerate(drawn, 1)]
    found = breaking(bigs, watcher(most=most), set(), today, NOON)
    assert len(found) <= max(0, most - today)
    assert all(one.points >= 20 and NOON - one.began <= BREAKING for one in found)
