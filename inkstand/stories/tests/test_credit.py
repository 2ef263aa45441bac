from datetime import UTC, datetime, timedelta

import pytest

from inkstand.stories.account import Account
from inkstand.stories.copies import fingerprint
from inkstand.stories.credit import credit

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
WIRE = "A ferry with forty people aboard ran aground off Maltby early on Monday after its steering failed in thick fog."


def told(article: int, name: str, text: str, hours: int) -> Account:
    at = MONDAY + timedelta(hours=hours)
    return Account(article, article, name, "Ferry aground", at, text=text, fingerprint=fingerprint(text))


def test_the_earliest_is_first_to_report() -> None:
    found = credit([told(2, "Dune Post", "Later words.", 2), told(1, "The Harbour Lamp", "Early words.", 1)])
    assert found.first == 1
    assert found.original == ()


def test_original_reporting_is_what_others_credit() -> None:
    lamp = told(1, "The Harbour Lamp", "Inspectors had warned the line twice, letters show.", 1)
    post = told(2, "Dune Post", "Inspectors had warned the line, according to the Harbour Lamp, twice.", 3)
    mail = told(3, "Maltby Mail", "Letters show, the Harbour Lamp reported, that inspectors knew.", 4)
    assert credit([mail, post, lamp]).original == (1,)


def test_nobody_is_credited_by_themselves_or_beforehand() -> None:
    lamp = told(1, "Harbour Lamp", "The minister told the Harbour Lamp that she had not known.", 2)
    early = told(2, "Dune Post", "Earlier the minister told Harbour Lamp something else.", 1)
    assert credit([lamp, early]).original == ()


def test_a_name_that_is_a_common_word_needs_a_word_of_credit_beside_it() -> None:
    hill = told(1, "The Hill", "Lawmakers were warned.", 1)
    walk = told(2, "Dune Post", "They walked up The Hill in the rain and said nothing.", 2)
    assert credit([hill, walk]).original == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Abendbote", "Das Schiff war nicht versichert, berichtet der Abendbote unter Berufung auf Akten."),
        ("El Faro", "El barco no tenía seguro, según El Faro, que cita documentos."),
        ("Le Phare", "Le navire n'était pas assuré, selon Le Phare."),
        ("Maré Alta", "O navio não tinha seguro, segundo a Maré Alta."),
        ("Маяк", "Судно не было застраховано, сообщает Маяк."),
        ("المنارة", "لم تكن السفينة مؤمنة، بحسب المنارة."),
    ],
)
def test_credit_is_read_in_every_language(name: str, text: str) -> None:
    assert credit([told(1, name, "…", 1), told(2, "Other", text, 2)]).original == (1,)


def test_a_copy_earns_no_credit_of_its_own() -> None:
    first, copy = told(1, "Harbour Lamp", WIRE, 1), told(2, "Dune Post", WIRE, 2)
    third = told(3, "Maltby Mail", "The ferry is afloat, Dune Post reported.", 3)
    found = credit([first, copy, third])
    assert found.first == 1
    assert found.original == ()
