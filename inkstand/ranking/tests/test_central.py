from hypothesis import given
from hypothesis import strategies as st

from inkstand.ranking.central import STRAY, Headline, centrality

BRIDGE = ("Harbour bridge closes after storm", "Storm closes the harbour bridge", "Bridge over the harbour closed")
OTHERS = (("Orchestra finds a lost symphony",) * 3, ("Chess title goes to a newcomer",) * 3)


def story(*headlines: str, language: str = "en", first: int = 1) -> list[Headline]:
    return [Headline(first + at, 50 + at, language, said) for at, said in enumerate(headlines)]


def straying(stories: list[list[Headline]]) -> set[int]:
    return {article for article, share in centrality(stories).items() if share < STRAY}


def found(*headlines: str, language: str = "en") -> set[int]:
    others = [story(*told, first=100 * n) for n, told in enumerate(OTHERS, 1)]
    return straying([story(*headlines, language=language), *others])


def test_a_piece_that_is_not_of_the_story_strays() -> None:
    assert found(*BRIDGE, "A luthier takes six years over one guitar") == {4}


def test_pieces_that_tell_the_same_in_other_words_do_not() -> None:
    assert found(*BRIDGE) == set()


def test_of_two_nobody_can_say_which_strays() -> None:
    assert found(BRIDGE[0], "A luthier takes six years over one guitar") == set()


def test_a_title_that_repeats_itself_is_not_borne_out_by_it() -> None:
    mine = [Headline(9, 1, "en", "Guitar lovers wait"), Headline(10, 1, "en", "Guitar lovers wait still")]
    assert straying([[*story(*BRIDGE), *mine]]) == {9, 10}


def test_each_language_is_its_own_measure() -> None:
    german = story("Hafenbrücke gesperrt", "Sturm: Hafenbrücke gesperrt", "Brücke zu", language="de", first=20)
    assert not straying([[*story(*BRIDGE), *german]]) & {1, 2, 3, 20, 21}


@given(st.lists(st.text(), max_size=6))
def test_no_headline_breaks_it_and_somebody_always_tells_the_story(headlines: list[str]) -> None:
    assert len(straying([story(*headlines)])) < max(1, len(headlines))
