"""Standing follows from grants and the time; a trial comes once."""

from datetime import UTC, datetime, timedelta

import pytest

from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.models import Grant
from inkstand.membership.standing import standing_of
from inkstand.membership.trial import TRIAL, start_trial
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def bo():
    return Reader.objects.create_user("bo@example.org")


def test_a_trial_lasts_fourteen_days_and_ends_by_itself(bo):
    start_trial(reader=bo, now=NOW)
    assert standing_of(bo, NOW) is Standing.TRIAL
    assert standing_of(bo, NOW + TRIAL - timedelta(seconds=1)) is Standing.TRIAL
    assert standing_of(bo, NOW + TRIAL) is Standing.LAPSED


def test_a_trial_comes_once(bo):
    start_trial(reader=bo, now=NOW)
    with pytest.raises(TrialAlreadyUsed):
        start_trial(reader=bo, now=NOW + timedelta(days=60))


def test_who_pays_while_in_trial_is_a_member(bo):
    start_trial(reader=bo, now=NOW)
    Grant.objects.create(reader=bo, kind="member", starts_at=NOW + timedelta(days=3))
    assert standing_of(bo, NOW + timedelta(days=2)) is Standing.TRIAL
    assert standing_of(bo, NOW + timedelta(days=3)) is Standing.MEMBER
    assert standing_of(bo, NOW + timedelta(days=900)) is Standing.MEMBER


def test_nobody_is_a_visitor_and_without_grants_one_is_registered(bo):
    assert standing_of(None, NOW) is Standing.VISITOR
    assert standing_of(bo, NOW) is Standing.REGISTERED


def test_addresses_that_differ_in_case_are_one_reader(bo):
    assert Reader.objects.create_user("Di@Example.org").email == "di@example.org"
