"""What goes wrong with money, tried. Each test says who is not charged twice, or not shut out.

Cy joins; Cy's card, mail and provider fail in every way we know of. The till and Stripe's double both stand in.
"""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from inkstand.billing import models
from inkstand.billing.errors import AlreadyMember, ProviderAway, ProviderRefused
from inkstand.billing.follow import follow
from inkstand.billing.join import bring_in_open_order
from inkstand.billing.leave import leave, stay
from inkstand.billing.models import Contract, Order, Payment
from inkstand.billing.receive import act_on, bring_in
from inkstand.billing.tests.conftest import EURO_9, NOW
from inkstand.billing.tests.office import Office
from inkstand.billing.withdraw import carry_out, declare
from inkstand.kit.money import Money
from inkstand.membership.models import Grant
from inkstand.membership.values import READS_ALL, Standing
from inkstand.readers.models import Reader

DAY = timedelta(days=1)


@pytest.fixture
def cy(house):
    return Office(house)


def live(cy):
    """Half a year of a membership: joined, renewed, a card refused and mended, left, stayed, renewed, left."""
    contract = cy.joins()
    cy.house.at(days=31)
    cy.house.change_card(contract.reference, "empty")
    cy.house.at(days=62)
    cy.house.change_card(contract.reference, "good")
    cy.house.at(days=70)
    leave(cy.provider, cy.reader, now=cy.now)
    stay(cy.provider, cy.reader, now=cy.now)
    cy.house.at(days=100)
    leave(cy.provider, cy.reader, now=cy.now)
    cy.house.at(days=130)
    return contract


def test_a_reader_back_from_the_checkout_reads_before_any_message(cy):
    cy.pays()
    bring_in_open_order(cy.provider, cy.reader, now=NOW)
    assert cy.standing() is Standing.MEMBER, "Cy is not shut out while the message is under way"
    cy.bring(cy.house.fresh())
    cy.act()
    assert cy.paid() == [EURO_9] and cy.house.charges() == 1, "Cy is not charged twice when it comes"


@pytest.mark.parametrize(("house", "seed"), [("till", 0), ("till", 1), ("till", 2), ("stripe", 3)], indirect=["house"])
def test_messages_in_any_order_any_number_of_times_with_any_of_them_missing(cy, seed):
    live(cy)
    cy.bring(cy.house.fresh())
    cy.act()
    cy.night()
    straight, charged = cy.known(), cy.house.charges()
    for table in (Payment, Contract, models.Message, Grant):
        table.objects.all().delete()
    dealt = random.Random(seed)
    messages = [pair for pair in cy.house.deliveries() for _ in range(dealt.choice([0, 1, 1, 3]))]
    dealt.shuffle(messages)
    for message in messages:
        cy.bring([message])
        if dealt.random() < 0.5:
            cy.act()
    for contract in {row["reference"] for row in straight if "customer" in row}:
        bring_in(cy.provider, contract, now=cy.now)
    cy.night()
    assert cy.known() == straight, "Cy is known to have paid what Cy paid, and reads as long"
    assert cy.house.charges() == charged == len(cy.paid()), "nobody is charged by a message"


def test_a_new_contract_is_looked_up_once(cy, monkeypatch):
    contract, asked, look_up = cy.pays(), [], cy.provider.look_up
    monkeypatch.setattr(
        type(cy.provider), "look_up", lambda _, *said, **more: asked.append(said) or look_up(*said, **more)
    )
    follow(cy.provider, contract, now=cy.now)
    assert asked == [(contract,)] and follow(cy.provider, "nobody_knows_it", now=cy.now) is None and len(asked) == 2


def test_a_contract_that_another_came_to_know_meanwhile_is_looked_up_again(cy, monkeypatch):
    contract = cy.pays()

    def another_was_first(reader):
        monkeypatch.undo()
        cy.provider.cancel(contract, at_once=False, now=cy.now)
        follow(cy.provider, contract, now=cy.now)

    monkeypatch.setattr("inkstand.billing.follow.lock_contracts_of", another_was_first)
    assert follow(cy.provider, contract, now=cy.now).leaves_at, "what we know does not go back"


def test_a_message_brought_five_times_is_stored_once_and_acted_on_once(cy):
    cy.pays()
    messages = cy.house.fresh()
    assert cy.bring(messages * 5) == len({body for body, _ in messages})
    cy.act()
    assert cy.paid() == [EURO_9] and cy.letters() == ["joined", "receipt"], "Cy has one receipt for one charge"
    for row in models.Message.objects.all():
        act_on(cy.provider, row.pk, now=cy.now, again=True)
    assert cy.paid() == [EURO_9] and cy.letters() == ["joined", "receipt"]


def test_a_message_of_the_past_does_not_bring_the_past_back(cy):
    contract = cy.joins()
    joined = cy.house.fresh()
    leave(cy.provider, cy.reader, now=NOW)
    cy.house.at(days=40)
    cy.bring(cy.house.fresh())
    cy.act()
    cy.bring(joined)
    cy.act()
    contract.refresh_from_db()
    assert contract.ended_at and cy.standing() is Standing.LAPSED, "who has left is not made a member again"
    assert cy.house.charges() == 1


def test_no_message_at_all_and_nobody_came_back_from_the_checkout(cy):
    cy.pays()
    assert cy.standing() is Standing.REGISTERED
    cy.house.at(hours=12)
    found = cy.night()
    assert cy.standing() is Standing.MEMBER and cy.paid() == [EURO_9], "who paid is not shut out longer than a night"
    assert found.messages > 0 and models.Message.objects.filter(mended=True).count() == found.messages
    again = cy.night()
    assert (again.messages, again.late, again.orders, again.contracts) == (0, 0, 0, 0)


def test_a_renewal_of_which_no_message_came(cy):
    cy.joins()
    cy.house.at(days=31, hours=1)
    assert cy.standing() is Standing.GRACE, "whose renewal is not heard of yet is not shut out"
    cy.night()
    assert cy.standing() is Standing.MEMBER and len(cy.paid()) == 2


def test_messages_missing_for_a_month_are_mended_though_the_provider_no_longer_tells_them(cy):
    contract = cy.joins()
    for body, headers in cy.house.fresh():
        cy.bring([(body, headers)])
    cy.act()
    leave(cy.provider, cy.reader, now=NOW)
    stay(cy.provider, cy.reader, now=NOW)
    cy.house.at(days=45)
    cy.night()
    contract.refresh_from_db()
    assert len(cy.paid()) == 2 and contract.paid_until > cy.now, "the round looks at whatever should have been paid"


def test_the_provider_is_away_for_a_night(cy, monkeypatch):
    cy.pays()
    cy.house.at(days=1)
    with monkeypatch.context() as away:
        away.setattr(type(cy.provider), "look_up", refusing)
        with pytest.raises(ProviderAway):
            cy.night()
    cy.house.at(days=2)
    cy.night()
    assert cy.standing() is Standing.MEMBER and cy.house.charges() == 1, "Cy, who paid, reads from the second night on"


def refusing(self, *_, **__):
    raise ProviderAway(provider=self.name, reason="it is night")


def test_the_join_button_in_two_windows_is_one_checkout(cy):
    first, second = cy.checkout(), cy.checkout()
    assert first == second
    assert cy.house.pay(first.reference) and cy.house.pay(second.reference)
    assert cy.house.charges() == 1, "Cy, who paid in both windows, is charged once"


def test_another_plan_chosen_closes_the_first_checkout(cy):
    first = cy.checkout()
    second = cy.checkout(price=Money(9000, "EUR"), months=12, slug="year")
    assert not cy.house.pay(first.reference) and cy.house.pay(second.reference)
    assert cy.house.charges() == 1, "Cy cannot pay the month and the year"
    assert Order.objects.filter(closed_at=None).count() == 1


def test_who_has_paid_and_joins_again_before_we_know_is_told_so(cy):
    cy.pays()
    with pytest.raises(AlreadyMember):
        cy.checkout(price=Money(9000, "EUR"), months=12, slug="year")
    assert cy.house.charges() == 1 and cy.standing() is Standing.MEMBER


def test_two_contracts_concluded_all_the_same(cy):
    """As when an operator concludes one by hand at the provider."""
    first = cy.joins()
    cy.house.at(minutes=1)
    second = cy.house.join(reader=cy.reader.pk)
    assert cy.house.charges() == 2
    cy.bring(cy.house.fresh())
    cy.act()
    rows = {row.reference: row for row in Contract.objects.all()}
    assert rows[first.reference].ended_at is None and rows[second].ended_at is not None
    assert rows[second].payments.get().refunded == 900, "all of Cy's second payment goes back"
    assert rows[first.reference].payments.get().refunded == 0 and cy.standing() is Standing.MEMBER
    cy.act()
    cy.night()
    assert sum(Payment.objects.values_list("refunded", flat=True)) == 900
    assert "doubled" in cy.letters()


def test_which_of_two_contracts_is_one_too_many_stays_so_when_rows_are_rolled_back(cy, monkeypatch):
    """Two workers came at once and one of them was broken off, when the provider had given the money back already."""
    first, second = cy.pays(), cy.house.join(reader=cy.reader.pk)
    before = {reference: cy.provider.look_up(reference, now=cy.now) for reference in (first, second)}
    with transaction.atomic():
        bring_in(cy.provider, first, now=cy.now)
        bring_in(cy.provider, second, now=cy.now)
        transaction.set_rollback(True)
    with monkeypatch.context() as earlier:
        earlier.setattr(type(cy.provider), "look_up", lambda self, reference, *, now: before[reference])
        follow(cy.provider, second, now=cy.now)
    bring_in(cy.provider, first, now=cy.now)
    cy.night()
    assert sorted(Payment.objects.values_list("refunded", flat=True)) == [0, 900]
    assert cy.standing() is Standing.MEMBER, "Cy pays once and reads"


def test_a_withdrawal_declared_while_the_provider_is_away_is_carried_out_later_by_the_day_it_was_declared(
    cy, monkeypatch
):
    contract = cy.joins()
    cy.house.at(days=10)
    declare(contract, now=cy.now)
    with monkeypatch.context() as away:
        away.setattr(type(cy.provider), "cancel", refusing)
        with pytest.raises(ProviderAway):
            carry_out(cy.provider, Contract.objects.get(), now=cy.now)
    cy.house.at(days=13)
    cy.night()
    assert Payment.objects.get().refunded == 610, "Cy pays for ten days, not for the three the provider was away"
    cy.night()
    carry_out(cy.provider, Contract.objects.get(), now=cy.now)
    assert Payment.objects.get().refunded == 610 and Contract.objects.get().withdrawal_done_at


def test_what_is_declared_of_a_contract_in_the_moment_it_is_followed_stays(cy, monkeypatch):
    contract, save = cy.joins(), Contract.save
    others = {"announced": NOW + DAY, "doubles": contract}

    def others_first(row, **said):
        monkeypatch.setattr(Contract, "save", save)
        declare(contract, now=cy.now)
        Contract.objects.update(**others)
        save(row, **said)

    monkeypatch.setattr(Contract, "save", others_first)
    cy.house.at(days=5)
    follow(cy.provider, contract.reference, now=cy.now)
    held = Contract.objects.get()
    assert held.looked_at == cy.now and held.withdrawn_at, "Cy is not charged on"
    assert {name: getattr(held, name) for name in others} == others


def test_a_withdrawal_broken_off_after_the_money_went_back(cy, monkeypatch):
    contract = cy.joins()
    cy.house.at(days=10)
    held = declare(contract, now=cy.now)
    given_back = type(cy.provider).refund

    def refund_and_die(self, *said, **more):
        given_back(self, *said, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(type(cy.provider), "refund", refund_and_die)
        with pytest.raises(KeyboardInterrupt):
            carry_out(cy.provider, held, now=cy.now)
    cy.house.at(days=11)
    cy.night()
    assert Payment.objects.get().refunded == 610, "Cy is given back once what is due, though it was begun twice"


def test_a_refund_made_by_hand_at_the_provider_counts_towards_a_withdrawal(cy):
    contract = cy.joins()
    (paid,) = cy.house.seen(contract.reference).payments
    cy.provider.refund(paid.reference, Money(500, "EUR"), key="by hand", now=NOW)
    cy.house.at(days=10)
    carry_out(cy.provider, declare(contract, now=cy.now), now=cy.now)
    assert Payment.objects.get().refunded == 610


def test_one_contract_that_cannot_be_looked_at_does_not_stop_the_round(cy, monkeypatch):
    broken = Office(cy.house, "bo").joins().reference
    cy.joins()
    cy.house.at(days=31)
    look_up = type(cy.provider).look_up

    def sometimes(self, contract, *, now):
        if contract == broken:
            raise ProviderRefused(provider=self.name, reason="it is locked")
        return look_up(self, contract, now=now)

    monkeypatch.setattr(type(cy.provider), "look_up", sometimes)
    cy.night()
    assert cy.standing() is Standing.MEMBER, "Cy's renewal is found though Bo's contract cannot be read"


def test_a_card_that_fails_shuts_nobody_out_before_the_grace_is_over(cy):
    contract = cy.joins()
    cy.house.change_card(contract.reference, "empty")
    cy.house.at(days=31)
    for day in range(1, 7):
        now = cy.house.at(days=31 + day)
        cy.bring(cy.house.fresh())
        cy.act()
        assert cy.standing() is Standing.GRACE and now
    assert cy.letters().count("failed") == 1, "one letter for one failure, though the card is tried again"
    cy.house.change_card(contract.reference, "good")
    cy.bring(cy.house.fresh())
    cy.act()
    assert cy.standing() is Standing.MEMBER and cy.house.charges() == 2
    paid = Payment.objects.order_by("covers_from").last()
    assert paid.covers_from == NOW.replace(month=4), "the days of grace are paid with the month, not beside it"


def test_a_reader_whose_row_is_erased_leaves_the_books_whole(cy):
    contract = cy.joins()
    Reader.objects.filter(pk=cy.reader.pk).delete()
    cy.house.at(days=31)
    cy.bring(cy.house.fresh())
    cy.act()
    cy.night()
    contract.refresh_from_db()
    assert contract.reader is None and contract.payments.count() == 2


@pytest.mark.parametrize(
    ("joined", "charged"),
    [
        (datetime(2026, 1, 31, 9, tzinfo=UTC), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        (datetime(2028, 1, 30, 9, tzinfo=UTC), ["2028-01-30", "2028-02-29", "2028-03-30", "2028-04-30", "2028-05-30"]),
        (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), ["2026-03-29", "2026-04-29", "2026-05-29", "2026-06-29"]),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ["2026-10-25", "2026-11-25", "2026-12-25", "2027-01-25"]),
    ],
    ids=["month's end", "before a leap day", "the clocks go forward", "the clocks go back"],
)
def test_every_month_of_the_calendar_is_paid_once_and_read_whole(cy, joined, charged):
    cy.house.turn(joined)
    cy.joins()
    ends = datetime.fromisoformat(f"{charged[-1]}T23:00:00+00:00")
    while cy.now < ends:
        cy.house.turn(cy.now + (DAY if cy.provider.name == "till" else 5 * DAY))
        cy.bring(cy.house.fresh())
        cy.act()
        assert cy.standing() in READS_ALL, "on no day is Cy, who pays, shut out"
    paid = list(Payment.objects.order_by("covers_from"))
    assert [f"{row.paid_at:%Y-%m-%d}" for row in paid] == charged, "Cy is charged once a month"
    assert all(one.covers_until == after.covers_from for one, after in pairwise(paid))
    for row in paid:
        assert cy.standing(row.covers_from) is cy.standing(row.covers_until - DAY / 24) is Standing.MEMBER


def test_a_year_begun_on_a_leap_day(cy):
    joined = cy.house.turn(datetime(2028, 2, 29, 12, tzinfo=UTC))
    cy.joins(price=Money(9000, "EUR"), months=12, slug="year")
    for year in range(2029, 2033):
        cy.house.turn(datetime(year, 3, 2, tzinfo=UTC))
        cy.night()
    paid = [f"{row.covers_from:%Y-%m-%d}" for row in Payment.objects.order_by("covers_from")]
    assert paid == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]
    assert cy.house.charges() == 5 and joined


@pytest.mark.parametrize(
    ("price", "back"),
    [(Money(1200, "JPY"), 813), (Money(1500, "ISK"), 1017), (Money(3250, "KWD"), 2202), (Money(900, "EUR"), 610)],
    ids=["yen", "krónur", "three places", "euro"],
)
def test_money_of_any_places_goes_back_to_the_reader_whole(cy, price, back):
    contract = cy.joins(price=price)
    cy.house.at(days=10)
    carry_out(cy.provider, declare(contract, now=cy.now), now=cy.now)
    payment, back = Payment.objects.get(), 2210 if (cy.provider.name, back) == ("stripe", 2202) else back
    assert (payment.refunded, payment.currency) == (back, price.currency), "of a fraction, the whole is the reader's"
    cy.night()
    assert Payment.objects.get().refunded == back
