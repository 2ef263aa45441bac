import numpy as np
import pytest

from inkstand.stories.features import Features, Reading
from inkstand.stories.rarity import Rarity
from inkstand.stories.window import Window

NEWS = [
    ("Ferry runs aground off Maltby", 1),
    ("Maltby ferry aground, all rescued", 1),
    ("Orchestra of Tarn wins Halloran prize", 2),
    ("Tarn orchestra takes the Halloran prize", 2),
    ("Parliament of Ostrava passes budget", 3),
]


@pytest.fixture
def reading() -> Reading:
    return Reading(Rarity())


def filled(reading: Reading, capacity: int = 10) -> Window:
    window = Window(capacity, Rarity())
    for at, (headline, story) in enumerate(NEWS):
        window.add(reading.read(headline, "", "en"), at=float(at), story=story)
    return window


def same(one: Features, other: Features) -> bool:
    return np.array_equal(one.terms, other.terms) and np.array_equal(one.body, other.body)


def test_finds_the_story_that_shares_rare_words(reading: Reading) -> None:
    assert filled(reading).found(reading.read("Stranded Maltby ferry refloated", "", "en"))[0] == 1
    assert filled(reading).found(reading.read("Nothing shared whatever", "", "en")) == []


def test_a_full_window_drops_the_oldest_and_says_which_stories_ended(reading: Reading) -> None:
    window = filled(reading, capacity=5)
    assert window.add(reading.read("Sixth", "", "en"), at=6.0, story=4) == []
    assert window.add(reading.read("Seventh", "", "en"), at=7.0, story=4) == [1]
    assert len(window) == 5
    assert 1 not in window.stories
    assert window.found(reading.read("Maltby ferry", "", "en")) == []


def test_an_emptied_window_weighs_and_finds_nothing(reading: Reading) -> None:
    window = filled(reading)
    before = Rarity()
    while len(window):
        window.drop_oldest()
    terms = reading.read("Maltby ferry Tarn orchestra Ostrava", "", "en").terms
    assert np.array_equal(window.rarity.of(terms), before.of(terms))
    assert not window.stories
    assert window.found(reading.read("Tarn orchestra", "", "en")) == []


def test_an_ended_story_leaves_no_trace_though_its_articles_shared_words(reading: Reading) -> None:
    window = Window(2, Rarity())
    for at, story in enumerate([1, 1, 2, 2, 3, 3]):
        window.add(reading.read(f"Maltby ferry {'again' * story}", "", "en"), at=float(at), story=story)
    assert window.found(reading.read("Maltby ferry", "", "en")) == [3]


def test_merging_moves_articles_and_what_leads_to_them(reading: Reading) -> None:
    window = filled(reading)
    window.merge(2, into=1)
    assert window.found(reading.read("Halloran prize for orchestra", "", "en"))[0] == 1
    assert 2 not in window.stories
    assert len(window.stories[1]) == 4


def test_rebuilt_from_its_articles_it_is_the_same_window(reading: Reading) -> None:
    window = filled(reading)
    again = Window(10, Rarity())
    for article, at, story in window.articles():
        again.add(article, at=at, story=story)
    asked = reading.read("Tarn prize and the Maltby ferry", "", "en")
    assert again.found(asked) == window.found(asked)
    pairs = zip(window.articles(), again.articles(), strict=True)
    assert all(same(one, other) and at == when for (one, at, _), (other, when, _) in pairs)
