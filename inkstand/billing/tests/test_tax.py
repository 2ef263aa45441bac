"""Tax within the price, where Stripe Tax is switched on: asked for at the checkout, read back from every payment."""

import pytest

from inkstand.billing.models import Payment
from inkstand.billing.stripe.provider import Stripe
from inkstand.billing.tests.fake_stripe.server import KEY, SECRET
from inkstand.billing.tests.office import Office


@pytest.fixture
def taxing(stripe_house, db):
    stripe_house.provider = Stripe(KEY, SECRET, tax=True, address=stripe_house.fake.address, retries=0)
    return stripe_house


def asked(house):
    """What the last checkout asked Stripe for: whether to work out tax, and whether the price holds it."""
    order = list(house.books.orders.values())[-1]
    behaves = order["line_items"][0]["price_data"].get("tax_behavior")
    return order.get("automatic_tax", {}).get("enabled"), behaves


def test_the_price_holds_the_tax_and_the_payment_says_how_much(taxing):
    Office(taxing).joins()
    assert asked(taxing) == ("true", "inclusive")
    assert (Payment.objects.get().minor, Payment.objects.get().tax) == (900, 143)


def test_so_does_what_is_paid_once(taxing):
    contract = taxing.join(once=True, months=3)
    assert asked(taxing) == ("true", "inclusive")
    (paid,) = taxing.seen(contract).payments
    assert (paid.total.minor, paid.tax) == (900, 143)


def test_where_it_is_switched_off_stripe_is_not_asked(stripe_house, db):
    stripe_house.join()
    assert asked(stripe_house) == (None, None)
