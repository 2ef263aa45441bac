"""Stripe's way of counting amounts, against its published list of currencies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.billing.stripe.units import from_stripe, to_stripe, to_stripe_at_least
from inkstand.kit.money import Money


@pytest.mark.parametrize(
    ("minor", "currency", "units"),
    [(900, "EUR", 900), (1200, "JPY", 1200), (1500, "ISK", 150000), (3250, "KWD", 3250), (4000000, "MGA", 40000)],
)
def test_amounts_as_stripe_counts_them(minor, currency, units):
    assert to_stripe(Money(minor, currency)) == units
    assert from_stripe(units, currency.lower()) == Money(minor, currency)


@pytest.mark.parametrize(("minor", "currency"), [(3251, "KWD"), (4000001, "MGA")])
def test_a_price_that_stripe_cannot_take_is_refused(minor, currency):
    with pytest.raises(ValueError, match="rounder"):
        to_stripe(Money(minor, currency))


@given(st.integers(1, 10**9), st.sampled_from(["EUR", "JPY", "ISK", "KWD", "MGA", "UGX"]))
def test_what_goes_back_is_never_less_than_due_and_less_than_the_next_amount_above(minor, currency):
    due = Money(minor, currency)
    back = from_stripe(to_stripe_at_least(due), currency)
    step = {"KWD": 10, "MGA": 100}.get(currency, 1)
    assert 0 <= back.minor - minor < step
