"""Who wrote it, from what was printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkstand.articles.byline import people


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Will Stewart & Kit Roberts", ["Will Stewart", "Kit Roberts"]),
        ("By Anna Bell, Bo Carr and Cy Dunn in Kyiv", ["Anna Bell", "Bo Carr", "Cy Dunn"]),
        ("by  Anna Bell ,Bo Carr, and Cy Dunn.", ["Anna Bell", "Bo Carr", "Cy Dunn"]),
        ("Von Jan Müller", ["Jan Müller"]),
        ("von Ursula von der Leyen", ["Ursula von der Leyen"]),
        ("Von Miller", ["Von Miller"]),
        ("Par Jeanne Dupont et Luc Martin", ["Jeanne Dupont", "Luc Martin"]),
        ("Por Juan Pérez y Ana Gómez", ["Juan Pérez", "Ana Gómez"]),
        ("Text: Anna Bell", ["Anna Bell"]),
        ("Words by Anna Bell; photographs by Bo Carr", ["Anna Bell", "Bo Carr"]),
        ("By By Jane Doe", ["Jane Doe"]),
        ("Byron Brown", ["Byron Brown"]),
        ("Andy Anderson", ["Andy Anderson"]),
    ],
)
def test_openings_and_joins_go_and_names_stay(line, names):
    assert people([line]) == tuple(names)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Anna Bell, Political Editor", ["Anna Bell"]),
        ("Political Editor Anna Bell", ["Anna Bell"]),
        ("Anna Bell Science correspondent", ["Anna Bell Science correspondent"]),
        ("Anna Bell, Washington", ["Anna Bell"]),
        ("By Anna Bell in Washington, D.C.", ["Anna Bell"]),
        ("Anna Bell For Mailonline", ["Anna Bell"]),
        ("Anna Bell (now) and Bo Carr (earlier)", ["Anna Bell", "Bo Carr"]),
        ("Anna Bell @annabell", ["Anna Bell"]),
        ("Anna Bell and agencies", ["Anna Bell"]),
        ("Martin Luther King, Jr. and Anna Bell", ["Martin Luther King Jr.", "Anna Bell"]),
        ("Bell, Anna", ["Anna Bell"]),
        ("Staff Writer", ["Staff Writer"]),
    ],
)
def test_roles_places_and_asides_are_no_people(line, names):
    assert people([line]) == tuple(names)


@pytest.mark.parametrize(
    "line",
    [
        "Department of Health and Social Care",
        "Marks and Spencer",
        "Simon & Schuster",
        "Guardian staff and agencies",
        "Center for Public Integrity",
        "Associated Press",
        "Reuters",
    ],
)
def test_an_organisation_stays_whole(line):
    assert people([line]) == (line,)


def test_agencies_beside_people_are_names():
    assert people(["Anna Bell and Reuters"]) == ("Anna Bell", "Reuters")
    assert people(["AP and Reuters"]) == ("AP", "Reuters")
    assert people(["By Anna Bell, Associated Press"]) == ("Anna Bell", "Associated Press")


@pytest.mark.parametrize(
    "line", ["a.bell@example.com (Anna Bell)", "Anna Bell <a.bell@example.com>", "Anna Bell a@b.example"]
)
def test_mail_addresses_never_come_through(line):
    assert people([line]) == ("Anna Bell",)
    assert people(["a.bell@example.com"]) == ()


def test_a_name_said_twice_counts_once():
    assert people(["Anna Bell", "ANNA BELL", "By Anna Bell"]) == ("Anna Bell",)


def test_a_sentence_is_not_a_name():
    assert people(["word " * 60]) == ()


PRINTED = (
    "By|by|Von|von|Par|Anna|Bell|Bo|Carr,|and|&|;|in|Kyiv|Editor|Political|Reuters|Jr.|(x)|<a@b.co>|a@b.co|Staff|D.C."
)
WORDS = st.sampled_from(PRINTED.split("|"))


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=60), max_size=4))
def test_people_are_people(lines):
    once = people(lines)
    assert people(once) == once
    assert all("@" not in name or "." not in name.partition("@")[2] for name in once)
