"""One person behind several spellings, and a trial that comes once to each."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.models import Grant, TrialTaken
from inkstand.membership.person import mark, normalised
from inkstand.membership.trial import start_trial
from inkstand.readers.models import Reader

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("Bo.Berg+news@GoogleMail.com", "boberg@gmail.com"),
        ("bo+a+b@example.org", "bo@example.org"),
        ("bo.berg@example.org", "bo.berg@example.org"),
        ("bo-two@yahoo.com", "bo@yahoo.com"),
        ("bo-two@example.org", "bo-two@example.org"),
        ("+@example.org", "+@example.org"),
        ("bo@pm.me", "bo@proton.me"),
        ("Straße@example.org.", "strasse@example.org"),
    ],
)
def test_spellings(written, person):
    assert normalised(written) == person


@given(st.one_of(st.emails(), st.text()))
def test_normalised_twice_is_normalised_once(email):
    assert normalised(normalised(email)) == normalised(email)


def test_a_mark_does_not_show_whose_it_is_and_wants_the_papers_key(settings):
    one = mark("bo@example.org")
    assert "bo" not in one and len(one) == 64
    settings.SECRET_KEY = "another"
    assert mark("bo@example.org") != one


@pytest.mark.django_db
def test_a_trial_comes_once_though_the_account_is_erased_and_the_address_dressed_up():
    bo = Reader.objects.create_user("bo.berg@gmail.com")
    start_trial(reader=bo, now=NOW)
    bo.delete()
    again = Reader.objects.create_user("BoBerg+2@googlemail.com")
    with pytest.raises(TrialAlreadyUsed):
        start_trial(reader=again, now=NOW + timedelta(days=90))
    assert not Grant.objects.exists() and TrialTaken.objects.count() == 1
