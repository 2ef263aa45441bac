"""Two houses that take money, the till and Stripe's double, each with a card to hand and a clock to turn."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from inkstand.billing.stripe.provider import Stripe
from inkstand.billing.tests.fake_stripe.server import KEY, SECRET, serving
from inkstand.billing.till import books
from inkstand.billing.till.provider import SIGNATURE, Till, signature, written
from inkstand.billing.till.rows import TillCheckout, TillContract, TillMessage
from inkstand.billing.values import Order
from inkstand.kit.money import Money

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
EURO_9 = Money(900, "EUR")


class House:
    """A provider, and what a reader does at it. `now` is its clock."""

    def __init__(self):
        self.now, self.told = NOW, 0

    def at(self, **later):
        return self.turn(NOW + timedelta(**later))

    def turn(self, now):
        self.now = now
        self.run()
        return now

    def order(self, *, price=EURO_9, months=1, charge_from=None, reader=7, **said):
        return Order(
            **{
                "reference": str(uuid4()),
                "reader": reader,
                "email": "cy@example.org",
                "plan": "month",
                "says": "Inkstand, monthly",
                "months": months,
                "price": price,
                "charge_from": charge_from or self.now,
                "done": "http://paper.example/membership/thanks/",
                "back": "http://paper.example/membership/",
                **said,
            }
        )

    def join(self, **said):
        """The reference of a contract that was concluded and, if due, paid."""
        checkout = self.provider.offer_checkout(self.order(**said), now=self.now)
        assert self.pay(checkout.reference)
        return self.provider.concluded(checkout.reference, now=self.now)

    def seen(self, contract):
        return self.provider.look_up(contract, now=self.now)

    def fresh(self):
        """The messages that came since we last asked, each as (body, headers)."""
        found = self.deliveries()
        fresh, self.told = found[self.told :], len(found)
        return fresh


class AtTheTill(House):
    provider = Till()

    def pay(self, checkout, card="good"):
        return books.pay(checkout, card, now=self.now) is not None

    def run(self):
        books.run(now=self.now)

    def change_card(self, contract, card):
        books.change_card(contract, card, now=self.now)

    def deliveries(self):
        bodies = [written(row).encode() for row in TillMessage.objects.order_by("pk")]
        return [(body, {SIGNATURE: signature(body)}) for body in bodies]

    def is_open(self, checkout):
        return TillCheckout.objects.get(reference=checkout).closed_at is None

    def charges(self):
        return sum(contract.payments.count() for contract in TillContract.objects.all())


class AtStripe(House):
    def __init__(self, fake):
        super().__init__()
        self.fake, self.books = fake, fake.books
        self.provider = Stripe(KEY, SECRET, address=fake.address, retries=0)

    def pay(self, checkout, card="good"):
        with self.fake.lock:
            return self.books.pay(checkout, card)

    def run(self):
        self.fake.at(self.now)

    def change_card(self, contract, card):
        self.books.change_card(self.books.subscriptions[contract]["customer"], card)

    def deliveries(self):
        return self.fake.deliveries()

    def is_open(self, checkout):
        return self.books.sessions[checkout]["status"] == "open"

    def charges(self):
        return len(self.books.intents)


@pytest.fixture
def stripe_house():
    with serving(NOW) as fake:
        yield AtStripe(fake)


@pytest.fixture(params=["till", "stripe"])
def house(request, db):
    return AtTheTill() if request.param == "till" else request.getfixturevalue("stripe_house")
