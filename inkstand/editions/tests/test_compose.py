"""What an edition holds, decided from values."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inkstand.editions.compose import BALANCE, Choice, compose, moved
from inkstand.ranking.front import Candidate
from inkstand.ranking.significance import Score

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MORNING = NOON - timedelta(hours=5)


def choice(story, points=1.0, *, titles=(1,), section="", running=None, good=False, told=(), articles=()):
    candidate = Candidate(
        story, Score(points, {}), tuple(titles), NOON, section=section, running=running, good_news=good
    )
    return Choice(candidate, frozenset(articles or {story * 10}), tuple(told))


def stories(choices, size=5, *, printed=None, read=()):
    return [one.slot.story for one in compose(choices, size, printed=printed or {}, read=set(read))]


def test_the_weightiest_come_first_and_it_ends():
    assert stories([choice(n, points=n, titles=(n,)) for n in range(1, 20)], 5) == [19, 18, 17, 16, 15]


def test_what_was_read_comes_last_and_only_where_there_is_too_little_else():
    paper = [choice(n, points=n, titles=(n,)) for n in range(1, 8)]
    assert stories(paper, 5, read={70, 60}) == [5, 4, 3, 2, 1]
    assert stories(paper, 6, read={70, 60}) == [7, 5, 4, 3, 2, 1]


def test_what_was_printed_before_does_not_come_again():
    paper = [choice(n, points=n, titles=(n,)) for n in range(1, 8)]
    assert stories(paper, 5, printed={70: MORNING}) == [6, 5, 4, 3, 2]


def test_what_was_printed_before_comes_again_if_it_moved_and_says_so():
    story = choice(9, points=9, told=[MORNING - timedelta(hours=1), NOON, NOON])
    (chosen,) = compose([story], 5, printed={90: MORNING}, read=set())
    assert (chosen.slot.story, chosen.moved) == (9, True)


def test_a_story_is_known_again_by_any_of_its_accounts_whatever_its_number_is_now():
    assert stories([choice(9, articles={1, 2, 3})], printed={2: MORNING}) == []


def test_one_more_account_of_many_moves_nothing():
    before = [MORNING - timedelta(hours=1)] * 12
    assert not moved([*before, NOON], MORNING)
    assert not moved([*before, NOON, NOON, NOON], MORNING)
    assert moved([*before, NOON, NOON, NOON, NOON], MORNING)


def test_no_section_no_running_story_and_no_title_crowds_the_others_out():
    crowd = [choice(n, points=100 - n, section="world", running=7, titles=(1,)) for n in range(1, 20)]
    others = [choice(n, points=1, section=str(n), titles=(n,)) for n in range(20, 30)]
    chosen = compose([*crowd, *others], 10, printed={}, read=set())
    assert sum(one.slot.story < 20 for one in chosen) <= max(1, 10 * BALANCE.running_share)


def test_a_paper_of_one_title_and_one_section_still_fills_its_edition():
    assert len(stories([choice(n, section="world") for n in range(1, 30)], 20)) == 20


def test_the_last_is_good_news():
    paper = [choice(n, points=n, titles=(n,), good=n == 2) for n in range(1, 20)]
    assert stories(paper, 5) == [19, 18, 17, 16, 2]


def test_what_editors_buried_is_left_out():
    assert stories([choice(1, points=0.0), choice(2)]) == [2]


kinds = st.tuples(st.integers(0, 50), st.integers(0, 5), st.integers(0, 2), st.integers(0, 2), st.booleans())


@given(st.lists(kinds, max_size=40), st.sampled_from([5, 10, 20]), st.sets(st.integers(1, 40), max_size=20))
def test_it_is_never_longer_than_asked_never_repeats_and_leaves_nothing_unread_out_for_want_of_balance(
    drawn, size, opened
):
    paper = [
        choice(n, points, titles=range(titles), section="world" * section, running=running or None, good=good)
        for n, (points, titles, section, running, good) in enumerate(drawn, 1)
    ]
    read = {n * 10 for n in opened}
    found = stories(paper, size, read=read)
    worth = [one for one in paper if one.candidate.score.value > 0 and one.candidate.titles]
    unread = {one.candidate.story for one in worth if one.articles.isdisjoint(read)}
    assert len(found) == len(set(found)) == min(size, len(worth))
    assert len(unread & set(found)) == min(size, len(unread))
