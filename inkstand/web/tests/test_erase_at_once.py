"""Erasing at the very moment in which a worker looks at what the reader pays: on a database that really commits."""

import threading

import pytest

from inkstand.billing.gift import Card, buy
from inkstand.billing.join import Ways, Wish, bring_in_open_order, join
from inkstand.billing.models import Contract, Gift, TillContract
from inkstand.billing.receive import bring_in
from inkstand.billing.till import books
from inkstand.billing.till.provider import Till
from inkstand.kit.tests.at_once import at_once, somebody_waits
from inkstand.membership.plans import plan_named
from inkstand.readers.models import Erasure, Reader
from inkstand.web import erase as erasing
from inkstand.web.tests.conftest import NOW, reader

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = Ways(done="/", back="/")


@pytest.fixture
def ada(transactional_db, settings):
    settings.BILLING = "till"
    return reader("ada")


@pytest.fixture
def while_erasing(ada, monkeypatch):
    """Does a deed in the midst of erasing Ada, which goes on when that is done or waits: what each of them came to."""

    def together(deed):
        begun, done, forget = threading.Event(), threading.Event(), erasing.membership.forget

        def forget_when_the_deed_is_under_way(reader):
            begun.set()
            while not done.wait(0.005) and not somebody_waits():
                pass
            return forget(reader)

        def in_the_midst():
            begun.wait(10)
            try:
                return deed()
            finally:
                done.set()

        monkeypatch.setattr(erasing.membership, "forget", forget_when_the_deed_is_under_way)
        return at_once(lambda: erasing.erase(reader=ada, now=NOW), in_the_midst)

    return together


def wish(plan):
    return Wish(plan_named(plan), plan_named(plan).price_in("DE"), "Inkstand")


def paid(checkout):
    books.pay(checkout.reference, "good", now=NOW)
    return Till().concluded(checkout.reference, now=NOW)


def test_a_worker_looks_at_the_gift_they_gave(ada, while_erasing):
    gift = paid(buy(Till(), ada, wish("gift-3"), Card("bo@example.org", "", NOW), ways=WAYS, now=NOW))
    bring_in_open_order(Till(), ada, now=NOW)
    erased, looked = while_erasing(lambda: bring_in(Till(), gift, now=NOW))
    assert isinstance(erased, Erasure) and isinstance(looked, Contract), "neither is broken off for the other"
    assert Gift.objects.get().giver is None and Gift.objects.get().contract == looked


def test_a_worker_hears_of_what_they_have_just_paid(ada, while_erasing):
    contract = paid(join(Till(), ada, wish("month"), ways=WAYS, now=NOW))
    erased, _ = while_erasing(lambda: bring_in(Till(), contract, now=NOW))
    assert isinstance(erased, Erasure) and not Reader.objects.exists()
    assert Contract.objects.get().reader is None and TillContract.objects.get().ended_at, "nobody is charged for nobody"


def test_a_checkout_that_stood_open_takes_no_money_from_whoever_is_gone(ada):
    checkout = join(Till(), ada, wish("month"), ways=WAYS, now=NOW)
    erasing.erase(reader=ada, now=NOW)
    paid(checkout)
    assert not TillContract.objects.exists()
