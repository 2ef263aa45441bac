import pytest

from inkstand.stories.consolidate import Merge, Move, merges, moves
from inkstand.stories.placing import Placing

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
    assert list(moves(placing, [1, 2], 0.5)) == []


def test_an_article_moves_to_the_story_it_tells(placing: Placing) -> None:
    for told in FERRY:
        put(placing, told, 1)
    for story, told in ((2, MUSIC[0]), (1, MUSIC[1])):
        put(placing, told, story)
    (move,) = moves(placing, [1, 2], 0.5)
    assert isinstance(move, Move)
    assert (move.story, move.into) == (1, 2)
    assert move.row == placing.window.stories[1][-1]


def test_an_article_with_no_better_place_stays(placing: Placing) -> None:
    for told in [*FERRY, MUSIC[0]]:
        put(placing, told, 1)
    assert list(moves(placing, [1], 0.5)) == []
