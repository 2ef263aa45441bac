"""The ledger in the database: it balances, it only grows, and no line of code can make it do otherwise."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkstand.royalties import ledger
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Account, Booking, Earning, Entry, Inputs, Period, Rule, Tally
from inkstand.royalties.periods import period
from inkstand.royalties.rules import rule_for
from inkstand.royalties.tests.town import MARCH, NOW, a_title, check_now

pytestmark = pytest.mark.django_db
MEMBERS, TAX = Place(Kind.MEMBERS), Place(Kind.TAX)


def book(*gains, reference="one", currency="EUR"):
    return ledger.book(kind="correction", month=MARCH, currency=currency, reference=reference, gains=gains, now=NOW)


def refused(*says):
    """The database refuses what is done within."""
    return pytest.raises(IntegrityError, match="|".join(says))


def test_a_booking_that_balances_stands():
    book((MEMBERS, -100), (TAX, 100))
    check_now()
    assert (ledger.balances(MEMBERS), ledger.balances(TAX)) == ({"EUR": -100}, {"EUR": 100})


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(-(10**12), 10**12), min_size=2, max_size=6).filter(lambda gains: sum(gains)))
def test_whatever_does_not_sum_to_zero_is_refused(gains):
    kinds = [Place(kind) for kind in ("members", "tax", "provider", "operator", "paid-out")]
    with refused("does not balance"), transaction.atomic():
        book(*zip([*kinds, Place(Kind.POT, month=MARCH)], gains, strict=False))
        check_now()


def test_a_booking_without_entries_is_refused():
    with refused("does not balance"), transaction.atomic():
        book((TAX, 0))
        check_now()


def test_nothing_is_added_to_a_booking_that_stands_even_if_it_balances():
    made = book((MEMBERS, -100), (TAX, 100))
    check_now()
    with refused("entries of 2"), transaction.atomic():
        for line in list(made.lines.all()):
            Entry.objects.create(booking=made, account=line.account, minor=-line.minor)
        check_now()


def test_two_currencies_in_one_booking_are_refused():
    made = book((MEMBERS, -100), (TAX, 100))
    check_now()
    yen = Account.objects.create(kind="tax", currency="JPY")
    with refused("one currency: f"), transaction.atomic():
        other = Booking.objects.create(
            kind="correction", period=made.period, currency="EUR", reference="two", entries=2, booked_at=NOW
        )
        Entry.objects.create(booking=other, account=made.lines.first().account, minor=-5)
        Entry.objects.create(booking=other, account=yen, minor=5)
        check_now()


@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", [Booking, Entry])
def test_what_is_written_stays(table, change):
    book((MEMBERS, -100), (TAX, 100))
    check_now()
    with refused("stay"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table._meta.db_table))


@pytest.mark.parametrize("table", [Rule, Earning, Tally, Inputs])
def test_so_does_all_else_that_is_published(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE tgrelid = %s::regclass AND proname IN ('royalties_stays', 'royalties_stays_full')",
            [table._meta.db_table],
        )
        assert cursor.fetchone() == (2,)


def test_a_rule_once_published_stays():
    rule = rule_for(MARCH)
    with refused("stays"), transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(operator_permille=999)


def test_a_period_begins_a_month_and_keeps_its_key_while_open():
    with refused("period_begins"), transaction.atomic():
        Period.objects.create(month=MARCH.replace(day=2), key=b"k")
    with refused("period_settled"), transaction.atomic():
        Period.objects.create(month=MARCH, key=None)


def test_an_account_says_whose_it_is():
    title = a_title()
    for said in ({"kind": "publisher"}, {"kind": "pot"}, {"kind": "tax", "publisher": title.publisher}):
        with refused("account_says_whose"), transaction.atomic():
            Account.objects.create(currency="EUR", **said)
    with refused("iso_4217"), transaction.atomic():
        Account.objects.create(kind="tax", currency="eur")


def test_an_account_is_there_once():
    period(MARCH)
    for said in ({"kind": "tax"}, {"kind": "pot", "period_id": MARCH}):
        Account.objects.create(currency="EUR", **said)
        with refused("one_account_a_kind"), transaction.atomic():
            Account.objects.create(currency="EUR", **said)
