import numpy as np
import pytest

from inkstand.stories.consolidate import YOUNG, Merge, Split, halves, merges, splits, young
from inkstand.stories.placing import Placing, restore

MONDAY = 1_772_442_000.0
FERRY = [
    ("Ferry Corvina runs aground off Maltby with 40 aboard", "Lifeboats took all 40 passengers off the Corvina."),
    ("All rescued after ferry Corvina grounds near Maltby", "The 40 passengers of the Corvina left by lifeboat."),
    ("Maltby ferry Corvina aground, lifeboats take off 40", "The Corvina struck a sandbank off Maltby in fog."),
]
MUSIC = [
    ("Tarn orchestra wins the Halloran prize", "The jury praised the orchestra of Tarn for its recording."),
    ("Halloran prize goes to the orchestra of Tarn", "The Halloran jury chose Tarn's orchestra unanimously."),
]
BOUT = [
    ("{who} keeps the title by beating {foe} in {town}", "{who} beat {foe} in round {n} before {crowd} at {town}."),
    ("{foe} beaten by champion {who} in round {n} at {town}", "The {hall} saw {foe} go down. {who} stays champion."),
    ("{who} stops {foe} in {town} and stays champion", "{foe} went down before {crowd} in the {hall} in round {n}."),
    ("Champion {who} too strong for {foe} at the {hall}", "{town} saw {foe} beaten in round {n} by {who}."),
]
BOUTS = [
    {"who": "Ilic", "foe": "Marlowe", "town": "Corrin", "n": 4, "crowd": 9000, "hall": "Tidewater hall"},
    {"who": "Ilic", "foe": "Okonjo", "town": "Sarre", "n": 11, "crowd": 14500, "hall": "Granary"},
]


@pytest.fixture
def placing() -> Placing:
    fresh = Placing(capacity=400)
    for number in range(40):
        told = f"Council of district {number} votes on street {number * 7}", f"Ward {number * 11} had asked for it."
        put(fresh, told, 1000 + number)
    return fresh


def put(placing: Placing, told: tuple[str, str], story: int) -> None:
    placing.add(placing.read(*told, "en"), at=MONDAY, story=story, of=story)


def test_two_stories_of_one_event_merge_into_the_older(placing: Placing) -> None:
    for story, told in ((1, FERRY[0]), (2, FERRY[1]), (2, FERRY[2]), (3, MUSIC[0])):
        put(placing, told, story)
    (merge,) = merges(placing, [1, 2, 3], 0.0)
    assert isinstance(merge, Merge)
    assert (merge.story, merge.into) == (2, 1)


def test_a_merge_is_found_from_either_side(placing: Placing) -> None:
    put(placing, FERRY[0], 1)
    put(placing, FERRY[1], 2)
    assert [(merge.story, merge.into) for merge in merges(placing, [2], 0.0)] == [(2, 1)]


def test_stories_of_two_events_stay_two(placing: Placing) -> None:
    for story, told in ((1, FERRY[0]), (1, FERRY[1]), (2, MUSIC[0]), (2, MUSIC[1])):
        put(placing, told, story)
    assert list(merges(placing, [1, 2], 0.0)) == []
    assert list(splits(placing, [1, 2])) == []


def test_the_same_thing_done_again_stays_two_as_each_prefers_its_own(placing: Placing) -> None:
    for story, bout in enumerate(BOUTS, 1):
        for told in BOUT:
            put(placing, (told[0].format(**bout), told[1].format(**bout)), story)
    assert list(merges(placing, [1, 2])) == []


def test_a_story_that_holds_two_events_is_split_and_the_first_keeps_its_address(placing: Placing) -> None:
    for told in (FERRY[0], MUSIC[0], FERRY[1], FERRY[2], MUSIC[1]):
        put(placing, told, 1)
    (split,) = splits(placing, [1])
    assert isinstance(split, Split)
    held = placing.window.stories[1]
    assert (split.story, split.rows) == (1, (held[1], held[4]))
    placing.split(split.rows, 2, 2)
    assert {story: len(placing.window.stories[story]) for story in (1, 2)} == {1: 3, 2: 2}
    assert (placing.follows[1], placing.follows[2]) == (1, 2)
    assert (placing.threads[1].size, placing.threads[2].size) == (3, 2)


def test_what_was_split_does_not_merge_again_and_what_was_merged_does_not_split(placing: Placing) -> None:
    for story, told in ((1, FERRY[0]), (1, FERRY[1]), (2, MUSIC[0]), (2, MUSIC[1])):
        put(placing, told, story)
    assert list(merges(placing, [1, 2])) == []
    assert list(splits(placing, [1, 2])) == []


def test_halves_are_what_average_linkage_joins_last() -> None:
    alike = np.full((5, 5), 0.1)
    alike[np.ix_([0, 2, 3], [0, 2, 3])] = alike[np.ix_([1, 4], [1, 4])] = 0.8
    assert halves(alike) == ([0, 2, 3], [1, 4])


def test_only_stories_with_young_articles_are_looked_at_again(placing: Placing) -> None:
    put(placing, FERRY[0], 1)
    assert young(placing, [1, 99], MONDAY + YOUNG) == [1]
    assert young(placing, [1, 99], MONDAY + YOUNG + 1) == []


def test_stories_told_since_the_last_look_are_remembered_but_not_over_a_restart(placing: Placing) -> None:
    placing.touched.clear()
    put(placing, FERRY[0], 1)
    assert placing.touched == {1}
    again = Placing(capacity=400)
    restore(again, [(article, at, story, placing.follows[story]) for article, at, story in placing.window.articles()])
    assert not again.touched
