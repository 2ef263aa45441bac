from hypothesis import given
from hypothesis import strategies as st

from inkstand.ranking.wordings import Wordings

FERRY = "Ferry with forty aboard runs aground off Maltby in thick fog"


def heard(*headlines: str) -> list[bool]:
    said = Wordings()
    return [said.repeats(headline) for headline in headlines]


def test_a_wire_headline_with_a_word_changed_is_a_copy() -> None:
    assert heard(FERRY, FERRY.replace("thick", "morning"), FERRY.upper()) == [False, True, True]


def test_an_account_in_words_of_its_own_is_none() -> None:
    assert heard(FERRY, "All forty passengers safe after Maltby ferry runs aground") == [False, False]


def test_small_changes_do_not_lead_from_one_wording_to_another() -> None:
    words = FERRY.split()
    steps = [" ".join(f"x{at}" if at < changed else word for at, word in enumerate(words)) for changed in (0, 1, 2, 4)]
    assert heard(*steps) == [False, True, False, False]


def test_where_both_have_a_text_the_texts_have_decided() -> None:
    said = Wordings()
    assert not said.repeats(FERRY, text=True)
    assert not said.repeats(FERRY, text=True)
    assert said.repeats(FERRY)


@given(st.lists(st.text(), max_size=5))
def test_no_headline_breaks_it_and_a_wordless_one_repeats_nothing(headlines: list[str]) -> None:
    assert not any(heard(*headlines, "…")[-1:])
