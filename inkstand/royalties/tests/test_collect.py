"""From what billing saw to the pots: each payment and refund once, divided among those it pays for."""

from datetime import UTC, datetime, timedelta

import pytest

from inkstand.billing.models import Contract, Gift, Order
from inkstand.billing.models import Payment as Paid
from inkstand.billing.source import source_of
from inkstand.membership.models import Group, Seat
from inkstand.readers.models import Reader
from inkstand.royalties import ledger
from inkstand.royalties.collect import collect
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Booking, MonthsFee
from inkstand.royalties.tests.town import APRIL, MARCH, NOW, check_now

pytestmark = pytest.mark.django_db
END = NOW.replace(month=4)


def reader(name):
    return Reader.objects.create_user(f"{name}@example.org")


def contract(payer, **said):
    kept = {"plan": "month", "months": 1, "currency": "EUR", "minor": 900, "began_at": NOW, "charge_from": NOW}
    more = {"paid_until": END, "looked_at": NOW, "reference": f"c{Contract.objects.count()}", "provider": "till"}
    return Contract.objects.create(reader=payer, **{**kept, **more, **said})


def pays(payer, minor=900, *, tax=144, kept=38, **said):
    held = payer if isinstance(payer, Contract) else contract(payer)
    number = Paid.objects.count() + 1
    covers = {"reference": f"p{number}", "paid_at": NOW, "covers_from": NOW, "covers_until": END, **said}
    return Paid.objects.create(
        contract=held, number=number, currency="EUR", minor=minor, tax=tax, kept=kept, refunded=0, **covers
    )


def fees():
    return sum(MonthsFee.objects.values_list("minor", flat=True))


def test_a_payment_is_collected_once_with_its_tax_and_fees_apart():
    pays(reader("ada"))
    assert [collect(now=NOW), collect(now=NOW)] == [1, 0]
    check_now()
    assert ledger.balances(Place(Kind.MEMBERS))["EUR"] == -900
    assert ledger.balances(Place(Kind.TAX))["EUR"] == 144
    assert ledger.balances(Place(Kind.PROVIDER))["EUR"] == 38
    pots = {month: ledger.balances(Place(Kind.POT, month=month))["EUR"] for month in (MARCH, APRIL)}
    assert sum(pots.values()) == fees() > 0 and pots[MARCH] > pots[APRIL]


@pytest.mark.parametrize("steps", [[900], [610], [1, 2, 900], [300, 301, 899, 900]])
def test_what_is_given_back_is_collected_once_however_it_comes(steps):
    paid = pays(reader("ada"))
    collect(now=NOW)
    for refunded in steps:
        Paid.objects.filter(pk=paid.pk).update(refunded=refunded)
        assert [collect(now=NOW), collect(now=NOW)] == [1, 0]
    check_now()
    assert ledger.balances(Place(Kind.MEMBERS)).get("EUR", 0) == steps[-1] - 900
    if steps[-1] == 900:
        # Each partial refund takes whole minor units out of a pot, and leaves the fraction to the publishers.
        assert 0 <= fees() < len(steps) and ledger.balances(Place(Kind.TAX)).get("EUR", 0) == 0


def test_a_familys_payment_is_divided_among_who_may_read_and_so_is_what_goes_back():
    payer = reader("ada")
    held = contract(payer, seats=6)
    group = Group.objects.create(name="Ada's", owner=payer, seats=5, starts_at=NOW, source=source_of(held))
    for name in ("bo", "cy"):
        Seat.objects.create(group=group, reader=reader(name), taken_at=NOW)
    paid = pays(held, 1000, tax=100, kept=10)
    collect(now=NOW)
    gross = Booking.objects.filter(kind="payment").count(), ledger.balances(Place(Kind.MEMBERS))["EUR"]
    assert gross == (3, -1000)
    readers = {row.reader for row in MonthsFee.objects.filter(period=MARCH)}
    assert len(readers) == 3
    Paid.objects.filter(pk=paid.pk).update(refunded=500)
    collect(now=NOW)
    Paid.objects.filter(pk=paid.pk).update(refunded=1000)
    collect(now=NOW)
    check_now()
    assert ledger.balances(Place(Kind.MEMBERS)).get("EUR", 0) == 0 and 0 <= fees() < 6


def test_a_gift_is_the_fee_of_who_took_it_from_the_day_they_did():
    giver, taker = reader("ada"), reader("bo")
    order = Order.objects.create(
        key="0" * 32,
        reader=giver,
        provider="till",
        plan="gift",
        currency="EUR",
        minor=900,
        charge_from=NOW,
        made_at=NOW,
    )
    held = contract(giver, once=True)
    gift = Gift.objects.create(order=order, contract=held, giver=giver, months=1, code="X", send_at=NOW)
    pays(held)
    assert collect(now=NOW) == 0, "nobody reads for it yet"
    gift.taken_by, gift.taken_from, gift.taken_until = taker, NOW + timedelta(days=20), END + timedelta(days=20)
    gift.save()
    assert collect(now=NOW + timedelta(days=20)) == 1
    months = set(MonthsFee.objects.values_list("period_id", flat=True))
    assert months == {APRIL, datetime(2026, 5, 1, tzinfo=UTC).date()}


def test_a_gift_nobody_took_goes_to_publishers_all_the_same_when_its_time_is_over():
    giver = reader("ada")
    held = contract(giver, once=True)
    Gift.objects.create(contract=held, giver=giver, months=1, code="X", send_at=NOW)
    pays(held)
    assert collect(now=END - timedelta(days=1)) == 0
    assert collect(now=END) == 1 and fees() > 0


def test_a_payment_that_cannot_be_booked_does_not_stop_the_others():
    pays(reader("ada"), 30, tax=5, kept=38)
    pays(reader("bo"))
    assert collect(now=NOW) == 1 and ledger.balances(Place(Kind.MEMBERS))["EUR"] == -900


def test_a_reader_whose_row_is_erased_before_the_hour_still_pays_publishers():
    payer = reader("ada")
    pays(payer)
    payer.delete()
    assert collect(now=NOW) == 1 and fees() > 0
