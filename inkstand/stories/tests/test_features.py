from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.stories import words
from inkstand.stories.errors import OtherForm
from inkstand.stories.features import HEADLINE, NAME, NUMBER, TERMS, Features, Reading, pack, unpack
from inkstand.stories.rarity import Rarity

HEADLINE_TEXT = "Ferry runs aground off Maltby with 40 aboard"
LEAD = "The ferry Corvina struck a bank near Maltby harbour on Monday. No one was hurt, the coastguard said."


def read(headline: str, lead: str = "", language: str = "en") -> Features:
    return Reading(Rarity()).read(headline, lead, language)


def field_of(article: Features, word: str, language: str = "en") -> int:
    (at,) = np.flatnonzero(article.terms == words.term(word, language))
    return int(article.fields[at])


def test_a_word_and_its_inflection_are_one_term_in_its_language() -> None:
    assert words.term("strikes", "en") == words.term("striking", "en")
    assert words.term("Bundestages", "de") == words.term("Bundestag", "de")
    assert words.term("выборы", "ru") == words.term("выборов", "ru")
    assert words.term("Harbour's", "en") == words.term("harbour", "en")


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("Ferry Corvina runs aground | Maltby Evening News", "Ferry Corvina runs aground"),
        ("Ferry Corvina runs aground | And what the captain of the Corvina said", None),
        ("Opinion | Maltby needs its ferry", None),
        ("Ferry Corvina runs aground", None),
    ],
)
def test_a_titles_own_label_is_no_news(headline: str, told: str | None) -> None:
    assert words.unlabelled(headline) == (told or headline)


def test_no_word_is_the_term_that_pads() -> None:
    assert all(0 < words.term(f"word{number}", "") < words.BUCKETS for number in range(2_000))


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert words.split("東京で地震") == ["東京", "京で", "で地", "地震"]


def test_fields_say_where_a_term_came_from_and_what_it_looks_like() -> None:
    article = read(HEADLINE_TEXT, LEAD)
    assert field_of(article, "Maltby") & NAME
    assert field_of(article, "40") & NUMBER
    assert field_of(article, "aground") & HEADLINE
    assert not field_of(article, "coastguard") & HEADLINE


def test_a_headline_in_title_case_names_nobody() -> None:
    assert not field_of(read("Ferry Runs Aground Off Maltby"), "Maltby") & NAME


def test_meaning_is_absent_outside_english() -> None:
    assert not read("Fähre läuft vor Maltby auf Grund", language="de").body.any()
    assert np.isclose(np.linalg.norm(read(HEADLINE_TEXT).body), 1, atol=0.02)


def test_likelier_words_bring_meanings_nearer() -> None:
    ferry, boat, tax = read("Ferry runs aground"), read("Ship hits sandbank"), read("Parliament passes tax law")
    assert ferry.body @ boat.body > ferry.body @ tax.body


def test_no_more_than_the_rarest_terms_are_kept_heaviest_first() -> None:
    article = read("Long", " ".join(f"word{number}" for number in range(500)))
    assert len(article.terms) == TERMS
    assert (np.diff(article.weights) <= 0).all()


def test_reading_forgets_words_but_not_how_to_read() -> None:
    small = Reading(Rarity(), words_kept=64)
    first = small.read(HEADLINE_TEXT, LEAD, "en")
    for number in range(20):
        small.read(f"Other words {number} entirely", "and more of them, quite another text", "en")
    assert pack(small.read(HEADLINE_TEXT, LEAD, "en")) == pack(first)


@given(st.text(max_size=60), st.text(max_size=400), st.sampled_from(["en", "de", "ru", "ar", ""]))
def test_packing_loses_nothing(headline: str, lead: str, language: str) -> None:
    article = read(headline, lead, language)
    again = unpack(pack(article))
    assert pack(again) == pack(article)
    for name in ("terms", "weights", "fields", "head", "body"):
        assert np.array_equal(getattr(again, name), getattr(article, name)), name
    assert again.length == article.length


def test_features_of_another_form_are_refused() -> None:
    packed = pack(replace(read(HEADLINE_TEXT), length=3))
    with pytest.raises(OtherForm, match="Read the articles again"):
        unpack(b"\xff" + packed[1:])
