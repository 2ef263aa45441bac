"""Payments, refunds and pay-outs: each once, each to the last minor unit, whatever order they come in."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkstand.royalties import ledger
from inkstand.royalties.errors import PaymentRefused, PaymentUnknown, ReferenceTaken, RefundTooLarge
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Booking, Entry, MonthsFee
from inkstand.royalties.months import days_by_month
from inkstand.royalties.payments import book_payment, book_refund
from inkstand.royalties.periods import reader_number
from inkstand.royalties.settle import settle
from inkstand.royalties.tests.town import (
    ADA,
    APRIL,
    MARCH,
    NOW,
    SPRING,
    a_title,
    an_article,
    check_now,
    pays,
    reads,
)
from inkstand.royalties.values import Payment, Refund

pytestmark = pytest.mark.django_db


def stands(kind, currency="EUR", **where):
    return ledger.balances(Place(kind, **where)).get(currency, 0)


def fees():
    return sorted(MonthsFee.objects.values_list("period_id", "minor"))


def test_a_payment_is_divided_to_the_last_cent():
    pays(ADA, 1200, tax=200, provider=50)
    check_now()
    assert (stands(Kind.MEMBERS), stands(Kind.TAX), stands(Kind.PROVIDER)) == (-1200, 200, 50)
    assert (stands(Kind.OPERATOR), stands(Kind.POT, month=MARCH)) == (285, 665)
    assert list(MonthsFee.objects.values_list("reader", "minor")) == [(reader_number(MARCH, ADA), 665)]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_payment_over_any_days_balances_and_fills_the_pots_with_the_fees(data):
    gross = data.draw(st.integers(1, 10**9))
    tax = data.draw(st.integers(0, gross))
    provider = data.draw(st.integers(0, gross - tax))
    first = data.draw(st.dates(date(2026, 3, 1), date(2026, 12, 31)))
    until = first + timedelta(days=data.draw(st.integers(1, 400)))
    name = f"{Booking.objects.count()}"
    made = pays(
        ADA,
        gross,
        tax=tax,
        provider=provider,
        reference=name,
        covers_from=first,
        covers_until=until,
    )
    check_now()
    pots = Entry.objects.filter(booking=made, account__kind="pot").values_list("account__period", "minor")
    assert sorted(pots) == sorted(MonthsFee.objects.filter(booking=made).values_list("period_id", "minor"))
    assert {month for month, _ in pots} <= set(days_by_month(first, until))


def test_a_year_is_divided_by_the_days_of_its_months_under_another_number_in_each():
    pays(ADA, 36500, tax=0, provider=0, covers_until=date(2027, 3, 1))
    assert fees()[0] == (MARCH, 2170)
    assert fees()[11] == (date(2027, 2, 1), 1960)
    assert sum(minor for _, minor in fees()) == 25550
    assert len(set(MonthsFee.objects.values_list("reader", flat=True))) == 12


def test_a_currency_without_minor_units():
    pays(ADA, 999, tax=90, provider=36, currency="JPY")
    check_now()
    assert (stands(Kind.OPERATOR, "JPY"), stands(Kind.POT, "JPY", month=MARCH)) == (262, 611)


def test_the_same_payment_twice_is_once():
    assert pays(ADA) == pays(ADA)
    assert (Booking.objects.count(), MonthsFee.objects.count()) == (1, 1)


def test_another_amount_under_the_same_reference_is_refused():
    pays(ADA, reference="r")
    with pytest.raises(ReferenceTaken):
        pays(ADA, 900, reference="r")


@pytest.mark.parametrize(
    "said",
    [
        {"gross": 0, "tax": 0, "provider": 0},
        {"gross": 100, "tax": 80, "provider": 21},
        {"gross": 100, "tax": -1, "provider": 0},
        {"gross": 100, "tax": 0, "provider": 0, "covers_until": MARCH},
    ],
)
def test_a_payment_that_makes_no_sense_is_refused(said):
    said = {"reference": "r", "reader": ADA, "currency": "EUR", "covers_from": MARCH, "covers_until": APRIL} | said
    with pytest.raises(PaymentRefused, match="Look it up"):
        book_payment(Payment(**said), now=NOW)


def test_a_whole_refund_leaves_nothing_but_the_providers_fee():
    pays(ADA, reference="r")
    book_refund(Refund("back", "r", 1200, 200), now=NOW)
    check_now()
    assert (stands(Kind.MEMBERS), stands(Kind.TAX), stands(Kind.POT, month=MARCH)) == (0, 0, 0)
    assert (stands(Kind.PROVIDER), stands(Kind.OPERATOR)) == (50, -50)
    assert sum(minor for _, minor in fees()) == 0


def test_a_refund_twice_is_once_and_before_its_payment_is_refused():
    with pytest.raises(PaymentUnknown):
        book_refund(Refund("back", "r", 600, 100), now=NOW)
    pays(ADA, reference="r")
    for _ in range(2):
        book_refund(Refund("back", "r", 600, 100), now=NOW)
    check_now()
    assert stands(Kind.MEMBERS) == -600


@pytest.mark.parametrize(("gross", "tax"), [(1201, 200), (1200, 201), (0, 0), (-5, 0), (100, 101), (601, 0)])
def test_refunds_together_never_exceed_the_payment(gross, tax):
    pays(ADA, reference="r")
    if gross == 601:
        book_refund(Refund("first", "r", 600, 100), now=NOW)
    with pytest.raises(RefundTooLarge):
        book_refund(Refund("back", "r", gross, tax), now=NOW)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 1200), max_size=5), st.integers(1, 3))
def test_no_refund_takes_more_from_a_pot_than_the_member_put_in(parts, months):
    name = f"{parts}{months}{Booking.objects.count()}"
    pays(ADA, 1200, reference=name, covers_until=date(2026, 3 + months, 1))
    for number, gross in enumerate(parts):
        try:
            book_refund(Refund(f"{name} back {number}", name, gross, gross // 7), now=NOW)
        except RefundTooLarge:
            continue
        check_now()
    held = MonthsFee.objects.filter(booking__reference=name)
    for month in {fee.period_id for fee in held}:
        assert sum(fee.minor for fee in held if fee.period_id == month) >= 0


def test_half_a_years_refund_comes_out_of_the_months_to_come(tmp_path):
    title = a_title()
    reads(ADA, an_article(title))
    pays(ADA, 36500, tax=0, provider=0, reference="year", covers_until=date(2027, 3, 1))
    settle(MARCH, now=SPRING, home=tmp_path)
    owed = stands(Kind.PUBLISHER, publisher=title.publisher_id)
    book_refund(Refund("back", "year", 18250, 0), now=SPRING)
    check_now()
    assert stands(Kind.PUBLISHER, publisher=title.publisher_id) == owed == 2170
    # April to July untouched, 1.05 out of August, all of September to February.
    left = {month: stands(Kind.POT, month=month) for month, _ in fees()}
    assert [minor for minor in left.values() if minor] == [2100, 2170, 2100, 2170, 2065]
