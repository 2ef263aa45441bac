"""What every provider must do, asked of the till and of the Stripe adapter alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from inkstand.billing.errors import MessageForged, RefundRefused
from inkstand.billing.tests.conftest import EURO_9, NOW
from inkstand.kit.money import Money

APRIL = datetime(2026, 4, 14, 9, 30, tzinfo=UTC)
MAY = datetime(2026, 5, 14, 9, 30, tzinfo=UTC)


def test_an_order_twice_is_one_checkout(house):
    order = house.order()
    first, second = (house.provider.offer_checkout(order, now=NOW) for _ in "12")
    assert first == second and house.is_open(first.reference)


def test_a_checkout_not_paid_concludes_nothing(house):
    checkout = house.provider.offer_checkout(house.order(), now=NOW)
    assert not house.pay(checkout.reference, card="empty")
    assert house.provider.concluded(checkout.reference, now=NOW) == ""
    assert house.charges() == 0


def test_a_checkout_that_is_closed_takes_no_money_and_closing_twice_is_once(house):
    checkout = house.provider.offer_checkout(house.order(), now=NOW)
    for _ in "12":
        house.provider.close_checkout(checkout.reference, now=NOW)
    assert not house.is_open(checkout.reference)
    assert not house.pay(checkout.reference) and house.charges() == 0


def test_a_checkout_paid_stays_so_when_closed(house):
    checkout = house.provider.offer_checkout(house.order(), now=NOW)
    house.pay(checkout.reference)
    house.provider.close_checkout(checkout.reference, now=NOW)
    assert house.seen(house.provider.concluded(checkout.reference, now=NOW)).runs


def test_paying_twice_charges_once(house):
    checkout = house.provider.offer_checkout(house.order(), now=NOW)
    assert house.pay(checkout.reference) and house.pay(checkout.reference)
    assert house.charges() == 1


def test_what_is_said_of_a_contract_is_what_was_ordered(house):
    order = house.order(price=Money(9000, "EUR"), months=12, plan="year")
    checkout = house.provider.offer_checkout(order, now=NOW)
    house.pay(checkout.reference)
    seen = house.seen(house.provider.concluded(checkout.reference, now=NOW))
    said = (seen.order, seen.reader, seen.plan, seen.months, seen.price)
    assert said == (order.reference, 7, "year", 12, Money(9000, "EUR"))
    assert (seen.began_at, seen.charge_from, seen.paid_until) == (NOW, NOW, NOW.replace(year=2027))
    assert (seen.leaves_at, seen.ended_at, seen.failed_at) == (None, None, None)
    (paid,) = seen.payments
    assert (paid.total, paid.paid_at, paid.covers_from, paid.refunded) == (Money(9000, "EUR"), NOW, NOW, 0)
    assert paid.kept >= 0 and paid.tax >= 0 and paid.kept + paid.tax < paid.total.minor


def test_no_such_contract_is_none(house):
    assert house.seen("sub_nobody") is None


def test_in_a_trial_nothing_is_charged_until_it_ends(house):
    ends = NOW + timedelta(days=11)
    contract = house.join(charge_from=ends)
    assert house.charges() == 0
    seen = house.seen(contract)
    assert (seen.charge_from, seen.paid_until, seen.payments) == (ends, ends, ())
    house.at(days=11)
    assert house.charges() == 1
    (paid,) = house.seen(contract).payments
    assert (paid.paid_at, paid.covers_from, paid.covers_until) == (ends, ends, ends.replace(month=4))


def test_each_period_is_charged_once_and_they_join(house):
    contract = house.join()
    for day in range(1, 63):
        house.at(days=day)
    payments = sorted(house.seen(contract).payments, key=lambda paid: paid.covers_from)
    assert [(paid.covers_from, paid.covers_until) for paid in payments] == [
        (NOW, APRIL),
        (APRIL, MAY),
        (MAY, datetime(2026, 6, 14, 9, 30, tzinfo=UTC)),
    ]
    assert house.charges() == 3


def test_a_till_that_slept_for_a_year_charges_each_month(house):
    contract = house.join()
    house.at(days=365)
    payments = house.seen(contract).payments
    assert len(payments) == house.charges() == 13 and len({paid.covers_from for paid in payments}) == 13


def test_leaving_ends_with_what_is_paid_and_charges_no_more(house):
    contract = house.join()
    for _ in "12":
        house.provider.cancel(contract, at_once=False, now=NOW)
    assert house.seen(contract).leaves_at == APRIL and house.seen(contract).runs
    house.at(days=40)
    assert house.seen(contract).ended_at == APRIL
    assert house.charges() == 1


def test_thinking_better_of_it_goes_on(house):
    contract = house.join()
    house.provider.cancel(contract, at_once=False, now=NOW)
    for _ in "12":
        house.provider.resume(contract, now=NOW)
    assert house.seen(contract).leaves_at is None
    house.at(days=40)
    assert house.seen(contract).runs and house.charges() == 2


def test_a_pause_is_charged_nothing_and_ends_by_itself_on_the_day_it_said(house):
    contract = house.join()
    until = datetime(2026, 6, 14, 9, 30, tzinfo=UTC)
    for _ in "12":
        house.provider.pause(contract, until=until, now=NOW)
    assert house.seen(contract).paused_until == until
    house.at(days=91)
    assert house.seen(contract).runs and house.charges() == 1
    house.turn(until)
    assert house.charges() == 2 and house.seen(contract).paused_until is None
    assert {paid.covers_from for paid in house.seen(contract).payments} == {NOW, until}
    house.at(days=130)
    assert house.charges() == 3


def test_a_pause_taken_back_or_shortened(house):
    contract = house.join()
    house.provider.pause(contract, until=datetime(2026, 6, 14, 9, 30, tzinfo=UTC), now=NOW)
    house.provider.pause(contract, until=None, now=NOW)
    house.at(days=40)
    assert house.charges() == 2 and house.seen(contract).paused_until is None
    house.provider.pause(contract, until=datetime(2026, 7, 14, 9, 30, tzinfo=UTC), now=house.now)
    house.at(days=70)
    house.provider.pause(contract, until=datetime(2026, 6, 14, 9, 30, tzinfo=UTC), now=house.now)
    house.at(days=100)
    assert house.charges() == 3
    house.provider.cancel(contract, at_once=True, now=house.now)
    house.provider.pause(contract, until=datetime(2026, 9, 14, 9, 30, tzinfo=UTC), now=house.now)
    assert not house.seen(contract).runs


def test_a_pause_may_be_left(house):
    contract = house.join()
    house.provider.pause(contract, until=datetime(2026, 6, 14, 9, 30, tzinfo=UTC), now=NOW)
    house.provider.cancel(contract, at_once=False, now=NOW)
    house.at(days=130)
    assert not house.seen(contract).runs and house.charges() == 1


def test_a_card_refused_when_a_pause_is_over(house):
    contract = house.join()
    house.provider.pause(contract, until=datetime(2026, 5, 14, 9, 30, tzinfo=UTC), now=NOW)
    house.change_card(contract, "empty")
    house.turn(datetime(2026, 5, 15, tzinfo=UTC))
    assert house.seen(contract).failed_at == datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
    house.change_card(contract, "good")
    assert house.seen(contract).paid_until == datetime(2026, 6, 14, 9, 30, tzinfo=UTC)


def test_what_has_ended_is_neither_resumed_nor_ended_again(house):
    contract = house.join()
    house.provider.cancel(contract, at_once=True, now=NOW)
    ended = house.seen(contract)
    assert ended.ended_at == NOW
    house.at(days=1)
    house.provider.resume(contract, now=house.now)
    house.provider.cancel(contract, at_once=True, now=house.now)
    house.provider.cancel(contract, at_once=False, now=house.now)
    assert house.seen(contract) == ended


def test_leaving_in_a_trial_ends_with_the_trial_and_never_charges(house):
    ends = NOW + timedelta(days=11)
    contract = house.join(charge_from=ends)
    house.provider.cancel(contract, at_once=False, now=NOW)
    assert house.seen(contract).leaves_at == ends
    house.at(days=40)
    assert house.charges() == 0 and house.seen(contract).ended_at == ends


def test_a_refused_card_is_tried_again_and_a_new_one_pays_at_once(house):
    contract = house.join()
    house.change_card(contract, "empty")
    house.at(days=31)
    seen = house.seen(contract)
    assert seen.failed_at == APRIL and seen.runs and seen.paid_until == APRIL
    house.at(days=32)
    house.change_card(contract, "good")
    seen = house.seen(contract)
    assert seen.failed_at is None and seen.paid_until == MAY and house.charges() == 2
    assert house.seen(contract).payments


def test_a_card_refused_to_the_end_ends_the_contract(house):
    contract = house.join()
    house.change_card(contract, "empty")
    house.at(days=60)
    assert house.seen(contract).ended_at == APRIL + timedelta(days=7)
    assert house.charges() == 1


def test_leaving_while_a_payment_is_owed_ends_at_once_and_it_is_never_taken(house):
    contract = house.join()
    house.change_card(contract, "empty")
    house.at(days=31)
    house.provider.cancel(contract, at_once=False, now=house.now)
    house.change_card(contract, "good")
    house.at(days=60)
    assert not house.seen(contract).runs and house.charges() == 1


def test_a_refund_under_one_key_is_given_once(house):
    contract = house.join()
    (paid,) = house.seen(contract).payments
    for _ in "123":
        house.provider.refund(paid.reference, Money(610, "EUR"), key="withdrawal 1", now=NOW)
    assert house.seen(contract).payments == (replace(paid, refunded=610),)
    house.provider.refund(paid.reference, Money(290, "EUR"), key="the rest", now=NOW)
    assert house.seen(contract).payments[0].refunded == 900


@pytest.mark.parametrize("minor", [901, 0])
def test_no_more_goes_back_than_was_paid(house, minor):
    contract = house.join()
    (paid,) = house.seen(contract).payments
    with pytest.raises(RefundRefused):
        house.provider.refund(paid.reference, Money(minor, "EUR"), key="too much", now=NOW)
    assert house.seen(contract).payments == (paid,)


def test_a_refund_of_what_was_never_paid_is_refused(house):
    with pytest.raises(RefundRefused):
        house.provider.refund("pi_nobody", EURO_9, key="nobody", now=NOW)


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 1200), ("ISK", 1500), ("KWD", 3250), ("MGA", 4000000)])
def test_currencies_of_other_places_come_back_as_they_went(house, currency, minor):
    contract = house.join(price=Money(minor, currency))
    (paid,) = house.seen(contract).payments
    assert paid.total == Money(minor, currency)
    back = {"KWD": 1250, "MGA": 1000000}.get(currency, 700)
    house.provider.refund(paid.reference, Money(back, currency), key="some", now=NOW)
    assert house.seen(contract).payments[0].refunded == back


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_paid_once_is_never_charged_again(house, at_once):
    contract = house.join(once=True, months=3, plan="gift-3", price=Money(2700, "EUR"))
    house.provider.cancel(contract, at_once=at_once, now=NOW)
    house.provider.resume(contract, now=NOW)
    seen = house.seen(contract)
    ends = NOW.replace(month=6)
    assert seen.once and (seen.leaves_at, seen.ended_at, seen.paid_until) == (ends, None, ends)
    assert seen.payments[0].total == Money(2700, "EUR")
    house.provider.refund(seen.payments[0].reference, Money(700, "EUR"), key="some", now=NOW)
    told = [house.provider.receive(body, headers, now=NOW) for body, headers in house.fresh()]
    for message in told:
        about = [message.about] if message.about else house.provider.contracts_of(message.customer, now=NOW)
        assert contract in about
    house.at(days=365)
    seen = house.seen(contract)
    assert house.charges() == 1 and seen.ended_at == ends and seen.payments[0].refunded == 700


def test_seats_come_back_as_they_went(house):
    assert house.seen(house.join(seats=6)).seats == 6


def test_messages_lead_to_their_contract(house):
    contract = house.join()
    house.provider.cancel(contract, at_once=False, now=NOW)
    (paid,) = house.seen(contract).payments
    house.provider.refund(paid.reference, Money(1, "EUR"), key="a cent", now=NOW)
    told = [house.provider.receive(body, headers, now=NOW) for body, headers in house.fresh()]
    assert len({message.reference for message in told}) == len(told) >= 4
    for message in told:
        about = [message.about] if message.about else house.provider.contracts_of(message.customer, now=NOW)
        assert contract in about and message.at == NOW
        assert house.provider.replay(message.body) == message


def test_a_forged_message_is_refused(house):
    house.join()
    body, headers = house.fresh()[0]
    for forged in ({}, *({name: value[:-4] + end for name, value in headers.items()} for end in ("beef", "béef"))):
        with pytest.raises(MessageForged):
            house.provider.receive(body, forged, now=NOW)
    with pytest.raises(MessageForged):
        house.provider.receive(body.replace(b"2", b"3"), headers, now=NOW)


def test_everything_said_since_can_be_asked_for(house):
    contract = house.join()
    house.at(days=31)
    brought = [house.provider.receive(body, headers, now=house.now) for body, headers in house.fresh()]
    asked = list(house.provider.messages_since(NOW, now=house.now))
    assert {message.reference for message in asked} == {message.reference for message in brought if message}
    later = list(house.provider.messages_since(NOW + timedelta(days=1), now=house.now))
    assert later and {message.reference for message in later} < {message.reference for message in asked}
    assert house.seen(contract).customer


def test_a_customers_contracts_are_found_ended_ones_too(house):
    contract = house.join()
    house.provider.cancel(contract, at_once=True, now=NOW)
    assert list(house.provider.contracts_of(house.seen(contract).customer, now=NOW)) == [contract]


def test_the_portal_is_an_address(house):
    contract = house.join()
    address = house.provider.open_portal(house.seen(contract).customer, back="http://paper.example/membership/")
    assert address.startswith(("http://", "/till/"))
