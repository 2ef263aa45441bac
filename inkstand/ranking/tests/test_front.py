from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inkstand.ranking.front import Candidate, Front, Rules, compose
from inkstand.ranking.significance import Score

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SECTIONS = ("World", "Business", "Sport", "")


def story(
    number: int,
    value: float,
    *,
    titles: tuple[int, ...] | None = None,
    section: str = "",
    minutes: int = 0,
    pinned: bool = False,
    running: int | None = None,
    pick: bool = False,
    good_news: bool = False,
) -> Candidate:
    score = Score(value, {"voices": value, "editors": 1.0 if pinned else 0.0})
    moved = NOW - timedelta(minutes=minutes)
    return Candidate(number, score, titles or (100 + number,), moved, section, running, pick, good_news)


def page(*stories: Candidate, previous: Front | None = None, rules: Rules | None = None) -> Front:
    return compose(stories, previous, rules or Rules(), NOW)


def headed(front: Front) -> list[int]:
    return [slot.story for slot in front.headed()]


news = st.lists(
    st.builds(
        story,
        st.integers(1, 80),
        st.floats(0, 20),
        titles=st.lists(st.integers(1, 5), min_size=1, max_size=3, unique=True).map(tuple),
        section=st.sampled_from(SECTIONS),
        minutes=st.integers(0, 600),
        running=st.sampled_from([None, 1, 2]),
        pick=st.booleans(),
        good_news=st.booleans(),
    ),
    max_size=60,
    unique_by=lambda s: s.story,
)


@given(news)
def test_no_story_is_on_the_page_twice(stories: list[Candidate]) -> None:
    on_it = [slot.story for slot in page(*stories).slots()]
    assert len(on_it) == len(set(on_it))


@given(news)
def test_no_title_section_or_running_story_fills_the_top(stories: list[Candidate]) -> None:
    rules, known = Rules(), {s.story: s for s in stories}
    top = page(*stories).headed()
    assert max(Counter(slot.title for slot in top).values(), default=0) <= rules.top * rules.title_share
    for trait, share in (("section", rules.section_share), ("running", rules.running_share)):
        crowds = Counter(getattr(known[slot.story], trait) for slot in top if getattr(known[slot.story], trait))
        assert max(crowds.values(), default=0) <= rules.top * share


@given(news)
def test_a_second_load_of_the_same_news_is_the_same_page(stories: list[Candidate]) -> None:
    first = page(*stories)
    assert headed(page(*stories, previous=first)) == headed(first)


@given(news)
def test_each_slot_is_told_by_a_title_that_has_the_story(stories: list[Candidate]) -> None:
    known = {s.story: s for s in stories}
    assert all(slot.title in known[slot.story].titles for slot in page(*stories).slots())


def test_the_weightiest_story_leads() -> None:
    front = page(story(1, 2), story(2, 5), story(3, 3))
    assert front.lead and front.lead.story == 2
    assert headed(front) == [2, 3, 1]


def test_a_little_more_weight_moves_nothing_and_much_more_does() -> None:
    first = page(story(1, 5), story(2, 4))
    assert headed(page(story(1, 5), story(2, 5.5), previous=first)) == [1, 2]
    assert headed(page(story(1, 5), story(2, 9), previous=first)) == [2, 1]


def test_a_newcomer_that_clearly_outweighs_the_lead_leads() -> None:
    first = page(story(1, 5), story(2, 4))
    assert headed(page(story(1, 5), story(2, 4), story(3, 8), previous=first)) == [3, 1, 2]


def test_what_editors_buried_is_nowhere() -> None:
    assert headed(page(story(1, 0), story(2, 1))) == [2]


def test_a_pin_leads_whatever_the_shares_say() -> None:
    crowd = [story(n, 10 - n / 100, titles=(1,)) for n in range(1, 9)]
    assert headed(page(*crowd, story(99, 1000, titles=(1,), pinned=True)))[0] == 99


def test_a_second_account_tells_the_story_where_a_title_has_its_share() -> None:
    crowd = [story(n, 10 - n / 100, titles=(1, 2)) for n in range(1, 6)]
    assert [slot.title for slot in page(*crowd).headed()] == [1, 1, 1, 2, 2]


def test_sections_are_printed_only_with_enough_of_their_own() -> None:
    rules = replace(Rules(), top=1)
    front = page(
        story(1, 9), *(story(n, 3, section="Sport") for n in (2, 3)), story(4, 2, section="Business"), rules=rules
    )
    assert [(section.name, [s.story for s in section.slots]) for section in front.sections] == [("Sport", [2, 3])]


def test_a_running_story_has_one_place_below_the_top() -> None:
    """A ceremony has its winners, its looks, its speeches: the top has the weightiest, a section one more."""
    ceremony = [story(n, 9 - n, section=("Sport", "Business")[n % 2], running=1) for n in range(6)]
    others = [story(10 + n, 2, section=("Sport", "Business")[n % 2]) for n in range(4)]
    front = page(*ceremony, *others, rules=replace(Rules(), top=1))
    assert headed(front) == [0]
    below = [slot.story for section in front.sections for slot in section.slots]
    assert sorted(below) == [1, 10, 11, 12, 13]


def test_picks_good_news_and_latest_have_their_places() -> None:
    rules = replace(Rules(), top=1)
    front = page(
        story(1, 9),
        story(2, 1, pick=True, minutes=60),
        story(3, 2, good_news=True, minutes=60),
        story(4, 1, minutes=5),
        story(5, 3, minutes=9),
        rules=rules,
    )
    assert [s.story for s in front.picks] == [2]
    assert [s.story for s in front.good_news] == [3]
    assert [s.story for s in front.latest] == [4, 5]


def test_no_news_is_an_empty_page() -> None:
    assert list(page().slots()) == []
