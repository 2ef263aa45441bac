import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inkstand.stories.decide import Join, New, Weights, decide, shipped
from inkstand.stories.evidence import COLUMNS, Evidence
from inkstand.stories.trees import Trees

TEXT, MEANING = COLUMNS.index("most_text"), COLUMNS.index("most_meaning")


def asking(column: int) -> Trees:
    """One question: is the column above a half?"""
    return Trees(0.0, 1, np.array([[column]]), np.array([[0.5]], np.float32), np.array([[-2.0, 2.0]]))


WEIGHTS = Weights(full=asking(MEANING), brief=asking(COLUMNS.index("most_names")), plain=asking(TEXT), join=0.0)


def evidence(
    texts: list[float], meanings: list[float], *, meant: bool = True, brief: bool = False, young: bool = False
) -> Evidence:
    numbers = np.zeros((len(texts), len(COLUMNS)), np.float32)
    numbers[:, TEXT], numbers[:, MEANING] = texts, meanings
    return Evidence(tuple(range(10, 10 + len(texts))), numbers, meant, brief, young)


def test_joins_the_likeliest_and_says_how_likely() -> None:
    found = decide(evidence([0.1, 0.2], [0.2, 0.9]), WEIGHTS)
    assert isinstance(found, Join)
    assert (found.story, found.score) == (11, 2.0)
    assert dict(found.why)["most_text"] == np.float32(0.2)


def test_begins_a_story_where_none_is_likely() -> None:
    assert decide(evidence([0.9], [0.2]), WEIGHTS) == New(-2.0)
    assert decide(evidence([], []), WEIGHTS) == New(float("-inf"))


def test_where_meaning_is_absent_words_decide() -> None:
    assert isinstance(decide(evidence([0.9], [0.0], meant=False), WEIGHTS), Join)


def test_in_a_young_paper_few_shared_words_are_no_ground_to_join() -> None:
    assert isinstance(decide(evidence([0.1], [0.9]), WEIGHTS), Join)
    assert isinstance(decide(evidence([0.1], [0.9], young=True), WEIGHTS), New)
    assert isinstance(decide(evidence([0.3], [0.9], young=True), WEIGHTS), Join)


def test_a_mere_headline_is_judged_as_one() -> None:
    assert isinstance(decide(evidence([0.0], [0.9], brief=True), WEIGHTS), New)


@given(st.lists(st.floats(0, 1), min_size=len(COLUMNS), max_size=len(COLUMNS)), st.floats(0, 1))
def test_more_likeness_never_speaks_against_a_join(row: list[float], more: float) -> None:
    """Training may only learn trees that rise with every cosine."""
    raised = list(row)
    raised[TEXT] = min(1.0, row[TEXT] + more)
    low, high = shipped().full.score(np.array([row, raised], np.float32))
    assert high >= low - 1e-9
