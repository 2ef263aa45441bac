"""A pause: nothing is charged, nothing is read, and it ends by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from inkstand.billing.errors import CannotPause
from inkstand.billing.leave import leave
from inkstand.billing.pause import go_on, pause
from inkstand.billing.spells import reach
from inkstand.billing.tests.conftest import EURO_9, NOW
from inkstand.billing.tests.office import Office
from inkstand.kit.months import months_on
from inkstand.membership import groups
from inkstand.membership.models import Group
from inkstand.membership.standing import standing_of
from inkstand.membership.values import Spell, Standing
from inkstand.readers.models import Reader

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
APRIL, MAY, JUNE = (datetime(2026, month, 14, 9, 30, tzinfo=UTC) for month in (4, 5, 6))


@pytest.fixture
def cy(house):
    return Office(house)


def test_it_opens_what_is_paid_and_nothing_after_until_the_next_payment(cy):
    contract = cy.joins()
    pause(cy.provider, cy.reader, 2, now=cy.now)
    with pytest.raises(CannotPause):
        pause(cy.provider, cy.reader, 1, now=cy.now)
    contract.refresh_from_db()
    assert contract.paused_until == JUNE
    paid = contract.paid_until
    assert cy.standing(paid - SECOND) is Standing.MEMBER and cy.standing(paid) is Standing.LAPSED
    assert cy.standing(JUNE - SECOND) is Standing.LAPSED
    assert cy.standing(JUNE) is Standing.GRACE, "Cy, who goes on, reads before any message comes"
    cy.house.at(days=95)
    cy.night()
    assert cy.standing() is Standing.MEMBER and cy.paid() == [EURO_9, EURO_9]
    assert cy.letters() == ["joined", "receipt", "paused", "receipt"]


def test_who_ends_it_early_pays_on_the_next_day_a_payment_is_due_and_reads_nothing_for_nothing(cy):
    cy.joins()
    pause(cy.provider, cy.reader, 3, now=cy.now)
    cy.house.at(days=40)
    assert go_on(cy.provider, cy.reader, now=cy.now).paused_until == MAY
    assert cy.standing() is Standing.LAPSED
    cy.house.at(days=62)
    cy.night()
    assert cy.standing() is Standing.MEMBER and len(cy.paid()) == cy.house.charges() == 2


def test_taken_back_before_it_begins_it_is_none(cy):
    contract = cy.joins()
    pause(cy.provider, cy.reader, 1, now=cy.now)
    assert go_on(cy.provider, cy.reader, now=cy.now).paused_until is None
    assert cy.standing(contract.paid_until) is Standing.GRACE
    cy.house.at(days=35)
    cy.night()
    assert len(cy.paid()) == 2


def test_paused_and_taken_back_over_and_over_nothing_is_read_for_nothing(cy):
    cy.joins()
    for month in range(6):
        cy.house.turn(months_on(NOW, month) + DAY)
        cy.night()
        for _ in "12":
            pause(cy.provider, cy.reader, 3, now=cy.now)
            assert go_on(cy.provider, cy.reader, now=cy.now).paused_until is None
        assert cy.standing() is Standing.MEMBER and len(cy.paid()) == cy.house.charges() == month + 1


def test_who_leaves_in_it_has_left_at_once_and_is_charged_no_more(cy):
    cy.joins()
    pause(cy.provider, cy.reader, 3, now=cy.now)
    cy.house.at(days=40)
    assert leave(cy.provider, cy.reader, now=cy.now).ended_at
    cy.house.at(days=200)
    cy.night()
    assert cy.house.charges() == 1 and cy.standing() is Standing.LAPSED


def test_a_card_refused_after_it_is_a_grace_of_fourteen_days_from_then(cy):
    contract = cy.joins()
    pause(cy.provider, cy.reader, 1, now=cy.now)
    cy.house.change_card(contract.reference, "empty")
    cy.house.turn(MAY + DAY)
    cy.night()
    assert cy.standing() is Standing.GRACE and cy.standing(MAY + 14 * DAY) is Standing.LAPSED


def test_who_reads_with_a_family_pauses_with_it(cy):
    cy.joins(slug="family", seats=6)
    kid = Reader.objects.create_user("kid@example.org")
    groups.take_seat(Group.objects.get(), kid, now=cy.now)
    pause(cy.provider, cy.reader, 1, now=cy.now)
    assert standing_of(kid, APRIL - SECOND) is Standing.SEAT and standing_of(kid, APRIL) is Standing.LAPSED
    cy.house.turn(MAY + DAY)
    cy.night()
    assert standing_of(kid, cy.now) is Standing.SEAT


@pytest.mark.parametrize(("slug", "months", "asked"), [("year", 12, 1), ("month", 1, 0), ("month", 1, 4)])
def test_it_is_of_contracts_by_the_month_and_no_longer_than_may_be(cy, slug, months, asked):
    cy.joins(slug=slug, months=months)
    with pytest.raises(CannotPause):
        pause(cy.provider, cy.reader, asked, now=cy.now)
    assert go_on(cy.provider, cy.reader, now=cy.now).paused_until is None


def test_seats_reach_to_the_first_gap_that_is_to_come():
    def spell(begins, ends):
        return Spell(Standing.MEMBER, NOW + begins * DAY, NOW + ends * DAY)

    assert reach([spell(-9, 3), spell(3, 8), spell(20, 30)], NOW) == NOW + 8 * DAY
    assert reach([spell(-30, -20), spell(-5, 8)], NOW) == NOW + 8 * DAY
    assert reach([spell(-30, -20), spell(-9, -3)], NOW) == NOW - 3 * DAY
    assert reach([spell(20, 30), Spell(Standing.MEMBER, NOW, None)], NOW) is None
