from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inkstand.kit.http import Hop
from inkstand.wire.health import MOVES_NEEDED, Answer, FeedState, after_answer, permanent_address

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
NEW, OTHER = "https://new.example/feed", "https://other.example/feed"
WELL, BROKEN = Answer(200), Answer(500)


def after(*answers: Answer, state: FeedState = FeedState(), every: timedelta = timedelta(hours=1)) -> FeedState:  # noqa: B008
    for number, answer in enumerate(answers):
        state = after_answer(state, answer, NOW + every * number)
    return state


def moved(to: str, status: int = 301) -> Answer:
    return Answer(200, hops=(Hop(status, to),))


def test_a_feed_moves_after_three_permanent_redirects_in_a_row():
    assert not after(moved(NEW), moved(NEW, 308)).has_moved
    state = after(moved(NEW), moved(NEW, 308), moved(NEW))
    assert state.has_moved and state.moved_to == NEW


def test_a_move_is_doubted_where_the_row_is_broken():
    for breaker in (WELL, moved(OTHER), moved(NEW, 302), moved(NEW, 307)):
        assert not after(moved(NEW), moved(NEW), breaker, moved(NEW)).has_moved


def test_a_move_to_what_is_no_feed_does_not_count():
    page = Answer(200, trouble="feed-unreadable", hops=(Hop(301, NEW),))
    missing = Answer(404, hops=(Hop(301, NEW),))
    assert not after(page, page, page, missing, missing, missing).has_moved


def test_a_feed_that_never_gets_there_is_counted_no_further():
    assert after(*[moved(NEW)] * 50) == after(*[moved(NEW)] * MOVES_NEEDED)


def test_an_outage_does_not_break_a_row_of_moves():
    assert after(moved(NEW), BROKEN, moved(NEW), Answer(None, "fetch-stalled"), moved(NEW)).has_moved


def test_only_the_permanent_beginning_of_a_chain_is_a_new_address():
    assert permanent_address((Hop(301, NEW), Hop(308, OTHER), Hop(302, "https://tonight.example/"))) == OTHER
    assert permanent_address((Hop(302, NEW), Hop(301, OTHER))) == ""
    assert permanent_address(()) == ""


def test_gone_retires_and_says_since_when():
    state = after(Answer(410), Answer(410))
    assert state.retired_at == NOW


def test_a_month_of_failures_flags_once_and_a_good_answer_clears_it():
    month = after(*[BROKEN] * 31, every=timedelta(days=1))
    assert month.flagged_at == NOW + timedelta(days=30) and month.failures == 31
    assert after(*[BROKEN] * 30, every=timedelta(days=1)).flagged_at is None
    later = after(*[Answer(None, "fetch-unreachable")] * 60, every=timedelta(days=1))
    assert later.flagged_at == month.flagged_at and later.retired_at is None
    assert after(Answer(304), state=month) == FeedState()


def test_what_cannot_be_read_is_a_failure_though_it_was_answered():
    assert after(Answer(200, "feed-unreadable")).failures == 1
    assert after(Answer(429)).failures == after(Answer(301)).failures == 1


@given(st.lists(st.sampled_from([WELL, BROKEN, Answer(304), Answer(410), Answer(None), moved(NEW), moved(OTHER)])))
def test_failures_count_the_bad_answers_at_the_end(answers):
    state = after(*answers)
    kept = [answer for answer in answers if answer.status != 410]
    bad = next((n for n, answer in enumerate(reversed(kept)) if answer.is_well), len(kept))
    assert state.failures == bad and (state.failing_since is None) == (bad == 0)
    assert (state.retired_at is None) == all(answer.status != 410 for answer in answers)
