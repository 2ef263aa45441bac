"""A trial that begins with a card: nothing is charged for fourteen days, once a person and once a card."""

from datetime import timedelta

import pytest

from inkstand.billing.erase import end_contracts
from inkstand.billing.free_days import announce
from inkstand.billing.leave import leave
from inkstand.billing.models import Contract
from inkstand.billing.pause import pause
from inkstand.billing.tests.conftest import EURO_9, NOW
from inkstand.billing.tests.office import Office
from inkstand.membership.models import Grant, Group, TrialTaken
from inkstand.membership.trial import TRIAL
from inkstand.membership.trial_letters import send_due
from inkstand.membership.values import Standing

DAY = timedelta(days=1)


@pytest.fixture
def cy(house, settings):
    settings.TRIAL = "card"
    return Office(house)


def test_nothing_is_charged_for_fourteen_days_and_then_it_is(cy):
    assert cy.joins().charge_from == NOW + TRIAL
    assert cy.standing() is Standing.MEMBER and cy.paid() == []
    cy.house.at(days=15)
    cy.night()
    assert cy.paid() == [EURO_9] and cy.standing() is Standing.MEMBER
    assert Grant.objects.get(kind="trial").ends_at == NOW + TRIAL


def test_the_letter_of_joining_says_when_the_first_payment_is_due_and_another_three_days_before(cy, mailoutbox):
    cy.joins()
    assert send_due(now=NOW + DAY) == 0, "no letter says that there is no card"
    assert [announce(now=NOW + days * DAY) for days in (0, 10, 11, 11, 12, 15)] == [0, 0, 1, 0, 0, 0]
    assert cy.letters() == ["joined", "due"]


def test_who_leaves_before_is_charged_nothing_and_written_to_no_more(cy):
    cy.joins()
    leave(cy.provider, cy.reader, now=NOW + DAY)
    assert announce(now=NOW + 12 * DAY) == 0
    cy.house.at(days=40)
    assert cy.house.charges() == 0


def test_a_familys_contract_may_end_in_the_moment_it_began(cy):
    cy.joins(slug="family", seats=6)
    end_contracts(cy.provider, cy.reader, now=cy.now)
    assert Contract.objects.get().ended_at and Group.objects.get().ends_at == cy.now and cy.paid() == []


def test_it_comes_once_a_person(cy):
    cy.joins()
    leave(cy.provider, cy.reader, now=NOW)
    cy.house.at(days=20)
    cy.night()
    cy.pays()
    assert cy.house.charges() == 1, "the second time is paid for at once"


def test_it_comes_once_a_card(stripe_house, db, settings):
    settings.TRIAL = "card"
    stripe_house.books.fingerprint = "the same"
    cy, dee = Office(stripe_house), Office(stripe_house, "dee")
    cy.joins()
    contract = dee.joins()
    assert contract.ended_at and dee.standing() is not Standing.MEMBER and stripe_house.charges() == 0
    assert cy.standing() is Standing.MEMBER and "tried" in dee.letters()
    assert "the same" not in str(list(TrialTaken.objects.values()) + list(Contract.objects.values()))
    dee.pays()
    assert stripe_house.charges() == 1, "Dee joins without one"


def test_the_end_of_a_pause_is_announced(cy, settings):
    settings.TRIAL = "free"
    cy.joins()
    pause(cy.provider, cy.reader, 1, now=NOW)
    assert [announce(now=NOW + days * DAY) for days in (30, 57, 58, 58)] == [0, 0, 1, 0]
