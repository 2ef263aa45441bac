import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from inkstand.ops.bench.stories_simple import single_pass
from inkstand.ops.train import feeds, forest, stories
from inkstand.ops.train.gold import Told, bcubed, mixed, sets
from inkstand.ops.train.play import hear, play
from inkstand.stories.placing import Placing
from inkstand.stories.running import Likeness
from inkstand.stories.trees import Trees


def test_bcubed_is_the_published_measure() -> None:
    """One story of three and one of two, split 2 + 1 and the odd one merged with the two."""
    scores = bcubed(["a", "a", "a", "b", "b"], [1, 1, 2, 2, 2])
    assert scores.p == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert scores.r == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_bcubed_may_look_at_some_articles_only_but_counts_whole_clusters() -> None:
    assert bcubed(["a", "b"], [1, 1], [True, False]).p == pytest.approx(0.5)


def test_background_is_spread_evenly() -> None:
    own = [Told("s", f"own {number}", "", 0.0) for number in range(2)]
    others = [Told("", f"other {number}", "", 0.0) for number in range(4)]
    assert [one.headline.split()[0] for one in mixed(own, others)] == ["own", "other", "other", "own", "other", "other"]


def test_a_single_pass_joins_the_nearest_centroid() -> None:
    vectors = np.array([[1, 0], [0, 1], [0.9, 0.1], [0.1, 0.9]], np.float32)
    assert single_pass(vectors @ vectors.T, 0.5) == [0, 1, 0, 1]
    assert single_pass(vectors @ vectors.T, 1.1) == [0, 1, 2, 3]


def some_lessons(rows: int = 600) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    numbers = random.random((rows, 4), np.float32).round(3)
    return numbers, numbers[:, 0] + numbers[:, 1] > 1, np.ones(rows)


def test_exported_trees_decide_as_the_grown_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    grown: list[HistGradientBoostingClassifier] = []

    class Kept(HistGradientBoostingClassifier):
        def __init__(self, **how: object) -> None:
            super().__init__(**how)
            grown.append(self)

    monkeypatch.setattr(forest, "HistGradientBoostingClassifier", Kept)
    numbers, right, weight = some_lessons()
    trees = forest.grow(numbers, right, weight, [1, 1, 0, 0])
    asked = numbers + np.float32(0.0003)  # off the rounded thresholds
    assert np.abs(trees.score(asked) - grown[0].decision_function(asked)).max() < 0.05


def test_written_trees_read_back_the_same() -> None:
    numbers, right, weight = some_lessons()
    names = ("one", "two", "three", "four")
    trees = forest.grow(numbers, right, weight, [1, 1, 0, 0])
    again = Trees.read(json.loads(forest.written(trees, names)), names)
    assert np.array_equal(again.score(numbers), trees.score(numbers))


def test_lessons_hold_what_people_say_and_folds_keep_a_story_whole() -> None:
    told = [Told(story, f"Ferry {story} aground off Maltby {story}", "", 0.0) for story in ("x", "y", "x", "y")]
    lessons = stories.teach(hear(told))
    assert [lesson.right.tolist() for lesson in lessons[:2]] == [[], [False]]
    assert lessons[2].right.sum() == 1
    assert lessons[0].fold == lessons[2].fold


@pytest.fixture
def some_data(tmp_path: Path) -> Path:
    """Two told stories and a stream, in the form of the real files; all invented."""
    text = "The Corvina struck a bank off Maltby. " * 20
    rows = [
        {"set": "neus", "story": f"s{number % 2}", "title": f"Ferry {number} aground", "text": text, "at": ""}
        for number in range(30)
    ]
    with gzip.open(tmp_path / "stories.jsonl.gz", "wt") as told:
        told.writelines(json.dumps(row) + "\n" for row in rows)
    with gzip.open(tmp_path / "stream.tsv.gz", "wt") as stream:
        stream.write("first_seen_unix\ttitle\n")
        stream.writelines(f"{number * 3600}\tCouncil {number} votes on street {number}\n" for number in range(600))
    return tmp_path


def test_feeds_tell_some_articles_whole_some_with_a_lead_some_bare_among_others(some_data: Path) -> None:
    (told,) = feeds.as_feeds_tell(some_data).values()
    own = [one for one in told if one.story]
    assert {len(one.text.split()) for one in own} == {0, feeds.LEAD, 140}
    assert [one.headline for one in own] == [f"Ferry {number} aground" for number in range(30)]
    assert len(told) > len(own)


def test_nothing_is_right_to_join_between_weeks(some_data: Path) -> None:
    early, late = feeds.far_apart(some_data)
    assert max(one.at for one in early) < min(one.at for one in late)
    lessons = stories.teach_apart(early, late)
    assert len(lessons) == len(late)
    assert any(len(lesson.right) for lesson in lessons)
    assert not any(lesson.right.any() for lesson in lessons)


def test_a_papers_first_articles_are_each_of_another_story() -> None:
    told = [Told(f"s{number % 90}", f"Ferry {number % 90} aground off Maltby", "", 1.0) for number in range(180)]
    alone, others = feeds.strangers(told, 0), feeds.strangers(told, 1)
    assert alone != others
    assert sorted(one.story for one in alone) == sorted({one.story for one in told})
    lessons = stories.teach_strangers(alone)
    assert [len(lessons[first].right) for first in range(0, len(alone), feeds.FEW)] == [0, 0, 0]
    assert max(len(lesson.right) for lesson in lessons) > 0
    assert not any(lesson.right.any() for lesson in lessons)
    assert [lesson.fold for lesson in lessons] == [one.fold for one in alone]


def test_of_an_article_of_no_story_only_what_it_is_not_is_learned() -> None:
    told = [Told("", "Ferry aground off Maltby", "", 0.0), Told("x", "Ferry aground off Maltby", "", 0.0)]
    told += [Told("", "Ferry aground off Maltby", "", 0.0)]
    lessons = stories.teach(hear(told))
    assert [lesson.right.tolist() for lesson in lessons] == [[], [False], [False]]


def test_a_story_called_by_a_number_is_not_the_article_of_that_number() -> None:
    told = [
        Told("", "Ferry Corvina aground off Maltby", "", 0.0),
        Told("0", "Ferry Corvina aground off Maltby", "", 0.0),
    ]
    told += [Told("0", "Ferry Corvina aground off Maltby", "", 0.0)]
    lessons = stories.teach(hear(told))
    assert sorted(lessons[2].right.tolist()) == [False, True]


def test_among_strangers_all_are_whole_and_only_stories_are_learned_from(some_data: Path) -> None:
    ((name, told),) = feeds.among_strangers(some_data)
    assert name == f"neus, {feeds.AMONG}"
    assert {len(one.text.split()) for one in told if one.story} == {140}
    assert sum(not one.story for one in told) == 600
    learned = stories.teach(hear(told), of_strangers=False)
    assert len(learned) == 30
    assert all(lesson.fold != stories.NO_FOLD for lesson in learned)


def test_playing_gathers_running_stories() -> None:
    told = [
        Told("x", "Ferry Corvina aground off Maltby", "", 0.0),
        Told("x", "Ferry Corvina aground off Maltby", "", 0.0),
    ]
    placing = Placing(10, likeness=Likeness(0.4, 2.5, 0.99, 0.15))
    played = play(hear(told), placing)
    assert played.running[0] == played.running[1]


@pytest.mark.shared
def test_real_stories_are_placed_as_well_as_we_say(shared_data: Path) -> None:
    told = sets(shared_data)["fivew"]
    played = play(hear(told), Placing(len(told)))
    assert bcubed([one.story for one in told], played.events).f1 > 0.88
