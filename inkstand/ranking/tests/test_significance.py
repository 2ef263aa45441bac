from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.ranking.reasons import SENTENCES, Reason
from inkstand.ranking.significance import Editors, Evidence, Placement, Score, Voice, significance, why

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
COUNTRIES = ("FR", "GB", "IN", "US", "")


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def told(*voices: Voice, **more: object) -> Evidence:
    return replace(Evidence(min(voice.told for voice in voices), voices), **more)


def points(*voices: Voice, home: str = "", **more: object) -> float:
    return significance(told(*voices, **more), NOW, home=home).value


def placed(title: int, position: int, *, held: float = 2.0, country: str = "GB") -> Placement:
    return Placement(title, position, hours_ago(held), NOW, country)


ages = st.floats(0, 72).map(hours_ago)
voices = st.builds(
    Voice,
    st.integers(1, 6),
    ages,
    st.sampled_from(COUNTRIES),
    st.sampled_from([0.5, 1.0]),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3000),
    st.floats(0, 1),
    st.booleans(),
)
placements = st.builds(Placement, st.integers(1, 6), st.integers(0, 40), st.just(hours_ago(3)), ages)
evidence = st.builds(
    lambda v, p, editors: told(*v, placements=tuple(p), editors=editors),
    st.lists(voices, min_size=1, max_size=6),
    st.lists(placements, max_size=4),
    st.sampled_from(["", "pinned", "buried"]),
)


@given(evidence, st.sampled_from(["", "FR"]))
def test_the_parts_make_up_the_value_and_every_reason_can_be_read(story: Evidence, home: str) -> None:
    score = significance(story, NOW, home=home)
    assert score.value == pytest.approx(sum(score.parts.values()))
    assert score.value >= 0 or score.value == pytest.approx(0)
    for reason in why(story, score, NOW, home=home):
        assert "{" not in reason.sentence()


def test_many_newsrooms_say_more_than_one_that_repeats_itself() -> None:
    one = [Voice(1, hours_ago(hour), "GB") for hour in range(4)]
    four = [Voice(title, hours_ago(hour), "GB") for title, hour in enumerate(range(4))]
    assert points(*four) > 1.5 * points(*one)


def test_what_many_called_not_worth_reading_says_less_and_says_so() -> None:
    plain, poor = told(Voice(1, NOW, words=500)), told(Voice(1, NOW, words=500, worth=0.6))
    before, after = significance(plain, NOW), significance(poor, NOW)
    assert before.parts["readers"] == 0 and after.parts["readers"] < 0
    assert 0 < after.value < before.value
    assert "Many readers called it not worth reading." in [reason.sentence() for reason in why(poor, after, NOW)]


def test_voices_of_several_countries_say_more_than_as_many_of_one() -> None:
    abroad = [Voice(title, NOW, country) for title, country in enumerate(("FR", "GB", "IN"))]
    at_home = [Voice(title, NOW, "GB") for title in range(3)]
    assert points(*abroad) > points(*at_home)


def test_a_copy_says_less_than_an_account_and_more_than_nothing() -> None:
    first, own, copy = Voice(1, NOW, "GB"), Voice(2, NOW, "GB"), Voice(2, NOW, "GB", copy=True)
    assert points(first) < points(first, copy) < points(first, own)


def test_a_line_of_a_live_page_says_less_than_a_piece_of_its_own_and_says_so() -> None:
    first, own, line = Voice(1, NOW, "GB"), Voice(2, NOW, "GB"), Voice(2, NOW, "GB", live=True)
    assert points(first) < points(first, line) < points(first, own)
    assert "One account is a line of a live page." in sentences(told(first, line))


def test_what_was_told_long_ago_counts_less() -> None:
    assert points(Voice(1, hours_ago(12))) < points(Voice(1, hours_ago(1)))


def test_a_clock_that_runs_ahead_lifts_nothing() -> None:
    assert points(Voice(1, hours_ago(-5))) == pytest.approx(points(Voice(1, NOW)))


def test_a_place_on_a_front_lifts_the_higher_the_more_and_the_longer_the_more() -> None:
    voice = Voice(1, NOW, "GB")
    third, first = points(voice, placements=(placed(1, 2),)), points(voice, placements=(placed(1, 0),))
    just_now = points(voice, placements=(placed(1, 0, held=0),))
    assert points(voice) < third < first
    assert just_now < first


def test_without_placements_the_voices_alone_decide() -> None:
    score = significance(told(Voice(1, NOW)), NOW)
    assert score.parts["placements"] == 0
    assert score.value > 0


def test_an_edition_hears_its_own_country_first() -> None:
    ours, theirs = Voice(1, NOW, "FR"), Voice(2, NOW, "GB")
    assert points(ours, home="FR") > points(theirs, home="FR") == pytest.approx(points(theirs))


def test_a_story_that_spreads_now_is_before_one_that_stopped() -> None:
    spreading = significance(told(Voice(1, hours_ago(3)), Voice(2, hours_ago(1))), NOW)
    stopped = significance(told(Voice(1, hours_ago(3)), Voice(2, hours_ago(3))), NOW)
    assert spreading.parts["growth"] > stopped.parts["growth"] == 0


def test_length_and_own_reporting_lift() -> None:
    plain, long = Voice(1, NOW), Voice(1, NOW, words=1500)
    assert points(plain) < points(long) < points(replace(long, original=True))


@pytest.mark.parametrize(("editors", "sign"), [("pinned", 1), ("buried", -1)])
def test_editors_have_the_last_word(editors: Editors, sign: int) -> None:
    crowd = [Voice(title, NOW, country) for title in range(40) for country in COUNTRIES[:1]]
    mine = points(Voice(99, hours_ago(20)), editors=editors)
    assert (mine - points(*crowd)) * sign > 0
    if editors == "buried":
        assert mine == pytest.approx(0)


def sentences(story: Evidence, home: str = "") -> list[str]:
    score: Score = significance(story, NOW, home=home)
    return [reason.sentence() for reason in why(story, score, NOW, home=home)]


def test_why_is_this_here_in_words() -> None:
    story = told(
        Voice(1, hours_ago(5), "GB", original=True),
        Voice(2, hours_ago(1), "FR"),
        Voice(3, hours_ago(4), "GB", copy=True),
        placements=(placed(1, 0, held=3), placed(2, 4, country="FR")),
    )
    assert sentences(story, home="FR") == [
        "3 titles of 2 countries tell it.",
        "2 newsrooms have it on their own fronts, the highest as number 1.",
        "One of them is from FR.",
        "One title told it within the last 2 hours.",
        "One title reports it on its own.",
        "One more says it in another’s words.",
        "It began 5 hours ago.",
    ]


def test_a_pin_says_so_first() -> None:
    assert sentences(told(Voice(1, NOW), editors="pinned"))[0] == "Our editors placed it here."


def test_sentences_go_through_a_translation() -> None:
    def shouted(one: str, many: str, count: int) -> str:
        return (
            (one if count == 1 else many).upper().replace("{TITLES}", "{titles}").replace("{COUNTRIES}", "{countries}")
        )

    assert Reason("voices", 3, {"titles": 3, "countries": 2}).sentence(shouted) == "3 TITLES OF 2 COUNTRIES TELL IT."


def test_every_sentence_reads_for_one_and_for_many() -> None:
    assert all(one.endswith(".") and many.endswith(".") for one, many in SENTENCES.values())
