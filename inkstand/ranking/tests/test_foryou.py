from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.ranking import taste
from inkstand.ranking.foryou import Offer, Scored, arrange, features, score, shelf, weights
from inkstand.ranking.profile import Profile, Read, Shown, Told, from_json, learn, switched, to_json

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SPORT, RIVERS = "section:Sport", "topic:rivers"

offers = st.lists(
    st.builds(
        Offer,
        st.integers(1, 99),
        st.floats(0, 20),
        st.floats(0, 90).map(lambda hours: NOW - timedelta(hours=hours)),
        st.sets(st.sampled_from([SPORT, RIVERS, "title:1", "title:2"]), max_size=2).map(tuple),
        st.floats(0, 50),
        st.floats(0, 50),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda offer: offer.story,
)


def offer(story: int, weight: float = 1.0, *keys: str, opened: float = 0.0, expected: float = 0.0) -> Offer:
    return Offer(story, weight, NOW, keys, opened, expected)


def read(article: int, *keys: str, share: float = 1.0, at: datetime = NOW) -> Read:
    return Read(article, article, keys, share, at)


def ada(*events: Read | Shown | Told) -> Profile:
    profile = Profile()
    for event in events:
        profile = learn(profile, event, event.at)
    return profile


def told(lever: str, key: str) -> Told:
    return Told(lever, key, NOW)


def order(profile: Profile, *there: Offer) -> list[int]:
    return [one.offer.story for one in score(profile, shelf(there, NOW))]


def by_weight(there: list[Offer]) -> list[int]:
    return [o.story for o in sorted(there, key=lambda o: (-np.log1p(o.weight), o.story))]


@given(offers)
def test_a_reader_of_whom_nothing_is_known_gets_the_front_page(there: list[Offer]) -> None:
    assert order(Profile(), *there) == by_weight(there)
    cards = arrange(Profile(), score(Profile(), shelf(there, NOW)), 10)
    assert [card.story for card in cards] == by_weight(there)[:10]
    assert not any(card.surprise for card in cards)


@given(offers)
def test_off_means_off(there: list[Offer]) -> None:
    off = switched(ada(read(1, SPORT), told("more", RIVERS)), on=False)
    assert order(off, *there) == by_weight(there)
    assert learn(off, read(2, SPORT), NOW) == off
    assert not off.reads and not off.likes and not off.shown


@given(offers)
def test_every_card_says_why_and_carries_its_levers(there: list[Offer]) -> None:
    profile = ada(read(1, SPORT), told("follow", RIVERS))
    known = {o.story: o for o in there}
    for card in arrange(profile, score(profile, shelf(there, NOW)), 10):
        assert card.reasons and all(reason.sentence() for reason in card.reasons)
        assert card.levers == known[card.story].keys


@given(offers)
def test_the_parts_make_up_the_value(there: list[Offer]) -> None:
    for one in score(ada(read(1, SPORT), told("less", RIVERS)), shelf(there, NOW)):
        assert one.value == pytest.approx(sum(one.parts.values()))


def test_each_read_draws_the_like_of_it_nearer() -> None:
    def likes(reads: int) -> float:
        scored = score(ada(*(read(n, SPORT) for n in range(reads))), shelf([offer(9, 1, SPORT)], NOW))
        return scored[0].parts["likes"]

    assert 0 == likes(0) < likes(1) < likes(4)


def test_what_was_only_glanced_at_teaches_less_and_reading_on_teaches_the_rest() -> None:
    glanced, finished = ada(read(1, SPORT, share=0.1)), ada(read(1, SPORT, share=0.1), read(1, SPORT, share=1.0))
    assert glanced.likes[SPORT] == pytest.approx(0.1)
    assert finished.likes[SPORT] == pytest.approx(1.0)
    assert len(finished.reads) == 1


def test_the_levers() -> None:
    two = (offer(1, 1.0, SPORT), offer(2, 1.1, RIVERS))
    assert order(ada(told("more", SPORT)), *two) == [1, 2]
    assert order(ada(told("less", RIVERS)), *two) == [1, 2]
    assert order(ada(told("follow", SPORT)), *two) == [1, 2]
    assert order(ada(told("never", RIVERS)), *two) == [1]
    assert order(ada(told("never", RIVERS), told("again", RIVERS)), *two) == [2, 1]


def test_what_was_shown_and_passed_over_sinks_until_it_is_read() -> None:
    shown = Shown((1,), NOW)
    assert order(ada(shown, shown), offer(1, 1.1), offer(2, 1.0)) == [2, 1]
    assert ada(shown, read(1)).shown == {} == ada(read(1), shown).shown


def test_likes_fade_with_the_months() -> None:
    old = ada(read(1, SPORT), read(2, RIVERS, at=NOW + timedelta(days=60)))
    assert old.likes[SPORT] == pytest.approx(0.25)


def test_a_fixed_share_is_for_surprise() -> None:
    mine = [offer(n, 1.0, SPORT) for n in range(1, 16)]
    others = [offer(n, 3.0 - n / 100) for n in range(16, 31)]
    profile = ada(*(read(100 + n, SPORT) for n in range(20)), told("follow", SPORT))
    cards = arrange(profile, score(profile, shelf(mine + others, NOW)), 10)
    assert [card.surprise for card in cards] == [False, False, False, False, True] * 2
    assert [card.story for card in cards if card.surprise] == [16, 17]
    assert len({card.story for card in cards}) == 10


def test_what_others_open_is_before_what_they_pass_over() -> None:
    opened, passed = offer(2, 1.0, opened=30, expected=10), offer(1, 1.0, opened=1, expected=10)
    assert order(ada(*(read(n) for n in range(10))), passed, opened) == [2, 1]


keys = st.text(min_size=1, max_size=12)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
profiles = st.builds(
    Profile,
    st.booleans(),
    st.lists(st.builds(Read, st.integers(), st.integers(), st.lists(keys).map(tuple), st.floats(0, 1), moments)).map(
        tuple
    ),
    st.dictionaries(keys, st.floats(-12, 12)),
    st.frozensets(keys),
    st.frozensets(keys),
    st.dictionaries(st.integers(), st.integers(0, 9)),
    st.none() | moments,
)


@given(profiles)
def test_a_profile_comes_back_from_its_export_as_it_was(profile: Profile) -> None:
    assert from_json(to_json(profile)) == profile


@given(st.lists(st.builds(read, st.integers(1, 999), keys, share=st.floats(0, 1)), max_size=30))
def test_a_profile_never_outgrows_its_bounds(reads: list[Read]) -> None:
    profile = ada(*reads)
    assert len(profile.reads) == len({r.article for r in reads})
    assert all(abs(points) <= 12 for points in profile.likes.values())


def test_taste_finds_what_readers_read_together() -> None:
    rivers = [f"the river rose over bank {n} and the bridge of boats" for n in range(12)]
    chess = [f"queen takes pawn {n} in the final game of kings" for n in range(12)]
    headlines, leads = rivers + chess, [""] * 24
    histories = [list(range(0, 12, 2)), list(range(1, 12, 2)), list(range(12, 24, 2)), list(range(13, 24, 2))]
    space = taste.learn(headlines, leads, histories)
    texts = space.texts(headlines, leads)
    reader = space.reader(texts.take([0, 1, 2]), np.ones(3))
    liking = space.liking(reader, texts)
    assert liking[3:12].min() > liking[12:].max()
    there = shelf([offer(n) for n in range(24)], NOW, texts=texts, space=space)
    assert features(there, reader)["words"][3:12].min() > features(there, reader)["words"][12:].max()
    best: list[Scored] = score(ada(*(read(n) for n in range(3))), there, reader)
    assert {one.offer.story for one in best[:12]} == set(range(12))


def test_a_text_of_no_known_gram_and_a_reader_of_nothing_are_neutral() -> None:
    space = taste.learn(["abc abd", "bcd acd"], ["", ""], [])
    texts = space.texts(["", "日本"], ["", ""])
    assert len(texts.wordings) == 2
    nobody = space.reader(texts.take([]), np.zeros(0))
    assert space.liking(nobody, texts).tolist() == [0.0, 0.0]


def test_the_weights_that_ship_name_the_parts_that_are_learned() -> None:
    assert set(weights()) == set(features(shelf([offer(1)], NOW), None))
    assert all(weight > 0 for weight in weights().values())
