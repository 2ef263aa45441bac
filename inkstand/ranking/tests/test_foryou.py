import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkstand.ranking import taste
from inkstand.ranking.foryou import Offer, Scored, arrange, features, score, shelf, weights
from inkstand.ranking.profile import EVERYTHING, OPENED, Known, Profile, Pull, Read, draw_up, to_json

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SPORT, RIVERS = "section:Sport", "topic:rivers"

on_a_busy_machine = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
offers = st.lists(
    st.builds(
        Offer,
        st.integers(1, 99),
        st.floats(0, 20),
        st.floats(0, 90).map(lambda hours: NOW - timedelta(hours=hours)),
        st.sets(st.sampled_from([SPORT, RIVERS, "title:1", "title:2"]), max_size=2).map(tuple),
        st.floats(0, 50),
        st.floats(0, 50),
        st.sampled_from([(), ((11, 1),), ((12, 2), (13, 1))]),
    ),
    min_size=1,
    max_size=15,
    unique_by=lambda offer: offer.story,
)


def offer(story: int, weight: float = 1.0, *keys: str, opened: float = 0.0, expected: float = 0.0) -> Offer:
    return Offer(story, weight, NOW, keys, opened, expected)


def read(article: int, *keys: str, share: float = 1.0, at: datetime = NOW) -> Read:
    return Read(article, article, keys, share, at)


def ada(*reads: Read, pulls: Sequence[tuple[str, str]] = (), **said: Any) -> Profile:
    told = [Pull(say, key, NOW) for say, key in pulls]  # type: ignore[arg-type]
    return draw_up(Known(reads=reads, pulls=told, **said), NOW)


def order(profile: Profile, *there: Offer) -> list[int]:
    return [one.offer.story for one in score(profile, shelf(there, NOW))]


def by_weight(there: list[Offer]) -> list[int]:
    return [o.story for o in sorted(there, key=lambda o: -np.log1p(o.weight))]


@on_a_busy_machine
@given(offers)
def test_a_reader_of_whom_nothing_is_known_gets_the_front_page(there: list[Offer]) -> None:
    assert order(Profile(), *there) == by_weight(there)
    cards = arrange(Profile(), score(Profile(), shelf(there, NOW)), 10)
    assert [card.story for card in cards] == by_weight(there)[:10]
    assert not any(card.surprise for card in cards)


@on_a_busy_machine
@given(offers)
def test_off_means_off(there: list[Offer]) -> None:
    off = ada(read(1, SPORT), pulls=[("more", RIVERS)], shown={1: 4}, on=False)
    assert order(off, *there) == by_weight(there)
    assert off == Profile(on=False)


@on_a_busy_machine
@given(offers)
def test_every_card_says_why_and_carries_its_levers(there: list[Offer]) -> None:
    profile = ada(read(1, SPORT), followed=frozenset([RIVERS]))
    known = {o.story: o for o in there}
    for card in arrange(profile, score(profile, shelf(there, NOW)), 10):
        assert card.reasons and all(reason.sentence() for reason in card.reasons)
        assert card.levers == known[card.story].keys
        assert card.article == known[card.story].article


@on_a_busy_machine
@given(offers)
def test_the_parts_make_up_the_value(there: list[Offer]) -> None:
    for one in score(ada(read(1, SPORT), pulls=[("less", RIVERS)]), shelf(there, NOW)):
        assert one.value == pytest.approx(sum(one.parts.values()))


def test_each_read_draws_the_like_of_it_nearer() -> None:
    def likes(reads: int) -> float:
        scored = score(ada(*(read(n, SPORT) for n in range(reads))), shelf([offer(99, 1, SPORT), offer(98)], NOW))
        return next(one.parts["likes"] for one in scored if one.offer.story == 99)

    assert 0 == likes(0) < likes(1) < likes(4)


def test_what_every_story_has_is_no_liking() -> None:
    scored = score(ada(read(1, SPORT)), shelf([offer(99, 1, SPORT), offer(98, 1, SPORT)], NOW))
    assert [one.parts["likes"] for one in scored] == [0.0, 0.0]


def test_what_was_only_opened_teaches_less_than_what_was_read() -> None:
    assert ada(read(1, SPORT, share=0.0)).likes[SPORT] == OPENED
    assert ada(read(1, SPORT, share=1.0)).likes[SPORT] == 1.0


def test_the_levers() -> None:
    two = (offer(1, 1.0, SPORT), offer(2, 1.1, RIVERS))
    assert order(ada(), *two) == [2, 1]
    assert order(ada(pulls=[("more", SPORT)]), *two) == [1, 2]
    assert order(ada(pulls=[("less", RIVERS)]), *two) == [1, 2]
    assert order(ada(followed=frozenset([SPORT])), *two) == [1, 2]
    assert order(ada(muted=frozenset([RIVERS])), *two) == [1]


def test_a_story_is_told_by_a_title_the_reader_follows_and_never_by_one_they_mute() -> None:
    accounts = ((11, 1), (12, 2), (13, 3))
    told = Offer(1, 1.0, NOW, ("title:1", SPORT), accounts=accounts)

    def article(**said: frozenset[str]) -> list[int]:
        return [one.offer.article for one in score(ada(**said), shelf([told], NOW))]

    assert article() == [11]
    assert article(muted=frozenset(["title:1"])) == [12]
    assert article(muted=frozenset(["title:1"]), followed=frozenset(["title:3"])) == [13]
    assert article(muted=frozenset(["title:1", "title:2", "title:3"])) == []


def test_what_was_shown_and_passed_over_sinks_until_it_is_read() -> None:
    assert order(ada(shown={1: 2}), offer(1, 1.1), offer(2, 1.0)) == [2, 1]
    assert ada(read(1), shown={1: 2}).shown == {}


def test_likes_fade_with_the_months() -> None:
    assert ada(read(1, SPORT, at=NOW - timedelta(days=60))).likes[SPORT] == pytest.approx(0.25)


def test_what_is_forgotten_says_nothing_any_more() -> None:
    before, after = read(1, SPORT, RIVERS, at=NOW - timedelta(hours=2)), read(2, SPORT)
    hour_ago = NOW - timedelta(hours=1)
    one = ada(before, after, forgotten={RIVERS: hour_ago})
    assert (one.likes, len(one.reads)) == ({SPORT: pytest.approx(2.0, abs=0.01)}, 2)
    everything = ada(before, after, forgotten={EVERYTHING: hour_ago})
    assert (everything.likes, len(everything.reads)) == ({SPORT: 1.0}, 1)
    assert ada(before, pulls=[("more", SPORT)], forgotten={EVERYTHING: NOW}) == Profile()


def test_a_fixed_share_is_for_surprise() -> None:
    mine = [offer(n, 1.0, SPORT) for n in range(1, 16)]
    others = [offer(n, 3.0 - n / 100) for n in range(16, 31)]
    profile = ada(*(read(100 + n, SPORT) for n in range(20)), followed=frozenset([SPORT]))
    cards = arrange(profile, score(profile, shelf(mine + others, NOW)), 10)
    assert [card.surprise for card in cards] == [False, False, False, False, True] * 2
    assert [card.story for card in cards if card.surprise] == [16, 17]
    assert len({card.story for card in cards}) == 10


def test_what_others_open_is_before_what_they_pass_over() -> None:
    opened, passed = offer(2, 1.0, opened=30, expected=10), offer(1, 1.0, opened=1, expected=10)
    assert order(ada(*(read(n) for n in range(10, 20))), passed, opened) == [2, 1]


keys = st.text(min_size=1, max_size=12)


@on_a_busy_machine
@given(st.lists(st.builds(read, st.integers(1, 999), keys, share=st.floats(0, 1)), max_size=300))
def test_a_profile_never_outgrows_its_bounds(reads: list[Read]) -> None:
    profile = ada(*reads, pulls=[("more", SPORT)] * 9)
    assert len(profile.reads) <= 200
    assert all(abs(points) <= 12 for points in profile.likes.values())
    assert json.loads(json.dumps(to_json(profile)))["likes"].keys() == profile.likes.keys()


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
    assert {one.offer.story for one in best[:9]} == set(range(3, 12)), "but for the three that were read"


def test_a_text_of_no_known_gram_and_a_reader_of_nothing_are_neutral() -> None:
    space = taste.learn(["abc abd", "bcd acd"], ["", ""], [])
    texts = space.texts(["", "日本"], ["", ""])
    assert len(texts.wordings) == 2
    nobody = space.reader(texts.take([]), np.zeros(0))
    assert space.liking(nobody, texts).tolist() == [0.0, 0.0]


def test_the_weights_that_ship_name_the_parts_that_are_learned() -> None:
    assert set(weights()) == set(features(shelf([offer(1)], NOW), None))
    assert all(weight > 0 for weight in weights().values())
