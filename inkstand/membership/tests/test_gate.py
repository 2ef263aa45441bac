"""The gate: who may open what. Every combination is tried; more standing never opens less."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.membership import meter as notes
from inkstand.membership.gate import LEAD_WORDS, may_open, opened_to
from inkstand.membership.values import Licence, Meter, Open, Reason, Standing, Teaser

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BODY = "<p>" + " ".join(f"word{number}" for number in range(300)) + "</p><p>The secret end.</p>"
HOUR = timedelta(hours=1)

licences = st.builds(
    Licence,
    readable=st.sampled_from(["everyone", "members", "headline"]),
    shown_from=st.sampled_from([NOW - HOUR, NOW, NOW + HOUR]),
    shown_until=st.sampled_from([None, NOW - HOUR, NOW, NOW + HOUR]),
)
meters = st.builds(
    Meter,
    free=st.integers(0, 4),
    used=st.integers(0, 5),
    has_this=st.booleans(),
    crowded=st.booleans(),
    given=st.booleans(),
)
# Each row has at least the standing of the one before it.
RISING = [
    (Standing.VISITOR, Standing.REGISTERED, Standing.LAPSED),
    (Standing.TRIAL,),
    (Standing.GRACE,),
    (Standing.COMPED, Standing.GIFTED, Standing.SEAT),
    (Standing.MEMBER,),
    (Standing.EDITOR,),
]


def answer(standing, licence=None, meter=None, **more):
    licence = licence or Licence("members", shown_from=NOW - HOUR)
    return may_open(BODY, licence, standing, meter or Meter(free=0, used=0), NOW, **more)


@given(licences, meters, st.sampled_from(Standing), st.booleans())
def test_it_answers_everything_and_a_teaser_never_holds_the_text(licence, meter, standing, everyone):
    found = answer(standing, licence, meter, everyone_reads=everyone)
    if isinstance(found, Open):
        assert found.body == BODY
    else:
        assert isinstance(found, Teaser)
        assert "secret end" not in found.lead
        assert len(found.lead.split()) <= LEAD_WORDS + 1


@given(licences, meters, st.booleans())
def test_more_standing_never_opens_less(licence, meter, everyone):
    for lower, higher in product(RISING, RISING):
        if RISING.index(lower) < RISING.index(higher):
            for below, above in product(lower, higher):
                if isinstance(answer(below, licence, meter, everyone_reads=everyone), Open):
                    assert isinstance(answer(above, licence, meter, everyone_reads=everyone), Open)


@given(licences, st.sampled_from(Standing), st.booleans())
def test_whose_texts_are_open_without_a_free_article_is_said_by_their_terms(licence, standing, everyone):
    is_shown = licence.shown_from <= NOW and (licence.shown_until is None or licence.shown_until > NOW)
    opens = licence.readable in opened_to(standing, everyone_reads=everyone)
    assert isinstance(answer(standing, licence, everyone_reads=everyone), Open) is (is_shown and opens)


def test_every_standing_has_its_place():
    assert {standing for row in RISING for standing in row} == set(Standing)


@pytest.mark.parametrize(
    ("who", "standing", "opens"),
    [
        ("Ada pays", Standing.MEMBER, True),
        ("Bo is in trial", Standing.TRIAL, True),
        ("Cy lapsed", Standing.LAPSED, False),
        ("Dot is a visitor", Standing.VISITOR, False),
        ("Ed edits", Standing.EDITOR, True),
        ("Ada's card was refused, her grace runs", Standing.GRACE, True),
        ("Pat publishes, and reads as our guest", Standing.COMPED, True),
        ("Cy was given a year", Standing.GIFTED, True),
        ("Dot reads at the library", Standing.SEAT, True),
    ],
)
def test_the_cast_at_a_members_article(who, standing, opens):
    assert isinstance(answer(standing), Open) is opens, who


def test_a_visitor_is_asked_to_sign_up_and_one_who_lapsed_to_join():
    assert answer(Standing.VISITOR).reason is Reason.SIGN_UP
    assert answer(Standing.LAPSED).reason is Reason.JOIN


def test_the_meter_opens_as_many_as_it_says_and_the_same_one_again():
    for standing in (Standing.VISITOR, Standing.REGISTERED, Standing.LAPSED):
        assert answer(standing, meter=Meter(free=3, used=2)) == Open(BODY, metered=True)
        assert isinstance(answer(standing, meter=Meter(free=3, used=3)), Teaser)
        assert isinstance(answer(standing, meter=Meter(free=3, used=3, has_this=True)), Open)


def test_a_crowded_address_range_opens_nothing_fresh_and_takes_nothing_back():
    assert isinstance(answer(Standing.VISITOR, meter=Meter(free=3, used=0, crowded=True)), Teaser)
    assert isinstance(answer(Standing.VISITOR, meter=Meter(free=3, used=1, has_this=True, crowded=True)), Open)


@pytest.mark.parametrize("standing", Standing)
def test_an_article_that_was_given_is_open_to_whoever_holds_the_link_and_costs_nothing(standing):
    assert answer(standing, meter=Meter(free=3, used=3, given=True)) == Open(BODY)
    assert isinstance(answer(standing, Licence("headline", shown_from=NOW - HOUR), Meter(0, 0, given=True)), Teaser)


@pytest.mark.parametrize("standing", Standing)
def test_headline_and_link_only_is_shut_to_everyone_and_gives_no_lead(standing):
    found = answer(standing, Licence("headline", shown_from=NOW - HOUR), everyone_reads=True)
    assert found == Teaser(lead="", reason=Reason.PUBLISHER)


@pytest.mark.parametrize("standing", Standing)
def test_embargo_and_expiry_shut_to_the_second(standing):
    licence = Licence("everyone", shown_from=NOW, shown_until=NOW + HOUR)
    at = {NOW - timedelta(seconds=1): Teaser, NOW: Open, NOW + HOUR: Teaser}
    for now, kind in at.items():
        assert isinstance(may_open(BODY, licence, standing, Meter(0, 0), now), kind)


def test_the_meters_note_counts_each_article_once_and_forgets_last_month():
    note = ""
    for article in (7, 9, 7):
        note = notes.spend(note, article, NOW)
    assert notes.read(note, 9, 3, NOW) == Meter(free=3, used=2, has_this=True)
    assert notes.read(note, 9, 3, NOW + timedelta(days=31)) == Meter(free=3, used=0, has_this=False)


@given(st.text())
def test_a_note_that_cannot_be_read_counts_as_none(note):
    assert notes.read(note, 1, 3, NOW).used >= 0
