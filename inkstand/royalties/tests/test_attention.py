"""What a beat is worth: never more than the clock gave, the text takes, or came into view."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.royalties.attention import BEAT_S, Credit, SoFar, credit, limit_s, thousandths
from inkstand.royalties.outsiders import is_own, is_robot
from inkstand.royalties.values import Beat

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def beat(*, visible=True, foreground=True, seen=1.0):
    return Beat("", visible, foreground, seen)


def after(seconds, so_far=None, **said):
    return credit(beat(**said), so_far or SoFar(0, 0, 300, NOON), NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("seconds", "worth"), [(0, None), (4, None), (5, 5), (15, 15), (16, 15), (3600, 15), (-9, None)]
)
def test_a_beat_is_worth_the_time_since_the_last_up_to_fifteen_seconds(seconds, worth):
    found = after(seconds)
    assert (found.seconds if found else None) == worth


@pytest.mark.parametrize("said", [{"visible": False}, {"foreground": False}])
def test_a_page_not_looked_at_is_ignored(said):
    assert after(15, **said) is None


def test_a_page_of_which_nothing_was_seen_counts_nothing():
    assert after(15, seen=0.0) == Credit(0, 0)


def test_the_texts_own_time_is_the_most_and_only_what_came_into_view_counts():
    assert after(15, SoFar(295, 1000, 300, NOON)).seconds == 5
    assert after(15, SoFar(145, 500, 300, NOON), seen=0.5).seconds == 5
    assert after(15, SoFar(150, 500, 300, NOON), seen=0.4) == Credit(0, 500)


gaps = st.lists(st.tuples(st.integers(0, 60), st.booleans(), st.booleans(), st.floats(0, 1)), max_size=60)


@given(gaps, st.integers(15, 900))
def test_however_a_page_beats_it_gains_no_more_than_the_clock_and_the_text_allow(beats, limit):
    so_far, now = SoFar(0, 0, limit, NOON), NOON
    for gap, visible, foreground, seen in beats:
        now += timedelta(seconds=gap)
        worth = credit(beat(visible=visible, foreground=foreground, seen=seen), so_far, now)
        if worth:
            so_far = SoFar(so_far.seconds + worth.seconds, worth.seen, limit, now)
        assert so_far.seconds <= min((now - NOON).total_seconds(), limit * so_far.seen / 1000)


@given(st.floats())
def test_any_number_is_brought_within(share):
    assert 0 <= thousandths(share) <= 1000


def test_reading_time():
    assert (limit_s(0), limit_s(20), limit_s(200), limit_s(2000)) == (BEAT_S, BEAT_S, 60, 600)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Googlebot/2.1",
        "Mozilla/5.0 (compatible; bingbot/2)",
        "python-requests/2.32",
        "curl/8",
        "HeadlessChrome/1",
    ],
)
def test_robots_are_known_by_what_they_say_they_are(agent):
    assert is_robot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604",
        "Mozilla/5.0 (Linux; Android 15; CUBOT X90) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    ],
)
def test_people_are_not(agent):
    assert not is_robot(agent)


@pytest.mark.parametrize(
    ("email", "home", "own"),
    [
        ("ana@courier.example", "https://www.courier.example/", True),
        ("ana@desk.courier.example", "https://courier.example", True),
        ("ana@notcourier.example", "https://courier.example", False),
        ("ana@yahoo.com", "https://news.yahoo.com", False),
        ("ana@yahoo.com", "https://yahoo.com", False),
        ("ana@courier.example", "", False),
    ],
)
def test_the_house_itself_by_its_mail(email, home, own):
    assert is_own(email, home) is own
