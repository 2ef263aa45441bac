"""Things at once, and processes killed with -9 in the middle: on a database that really commits.

The child processes reach the very till, or the very Stripe double, of the test.
"""

import os
import signal
import subprocess
import sys

import psycopg.conninfo
import pytest
from django.db import connection

from inkstand.billing import free_days, models, receive
from inkstand.billing.errors import ProviderAway
from inkstand.billing.follow import follow
from inkstand.billing.models import Contract, Payment
from inkstand.billing.receive import act_on, bring_in
from inkstand.billing.tests.conftest import EURO_9, NOW, AtTheTill
from inkstand.billing.tests.office import Office
from inkstand.billing.withdraw import carry_out, declare
from inkstand.kit.tests.at_once import at_once, both_under_way
from inkstand.membership.values import Standing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["till", "stripe"])
def cy(request, transactional_db):
    return Office(AtTheTill() if request.param == "till" else request.getfixturevalue("stripe_house"))


def test_one_message_brought_four_times_at_the_same_moment(cy):
    cy.pays()
    message = cy.house.fresh()[:1]
    assert sorted(at_once(*[lambda: cy.bring(message)] * 4)) == [0, 0, 0, 1]
    at_once(*[cy.act] * 4)
    assert cy.paid() == [EURO_9] and cy.letters() == ["joined", "receipt"], "Cy has one receipt"


def test_every_message_acted_on_by_four_workers_at_once(cy):
    cy.pays()
    cy.house.at(days=31)
    cy.bring(cy.house.fresh())
    rows = list(models.Message.objects.values_list("pk", flat=True))
    again = [lambda pk=pk: act_on(cy.provider, pk, now=cy.now, again=True) for pk in rows[:2] * 3]
    assert at_once(*again) == [None] * len(again)
    cy.act()
    assert len(cy.paid()) == cy.house.charges() == 2, "Cy is charged once a month, whoever looks"
    assert list(Payment.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_joining_in_two_windows_at_the_same_moment(cy):
    asked = at_once(cy.checkout, cy.checkout)
    assert len({checkout.reference for checkout in asked}) == 1, "Cy is given one checkout to pay"


def test_paying_pressed_four_times_at_the_same_moment(cy):
    checkout = cy.checkout()
    at_once(*[lambda: cy.house.pay(checkout.reference)] * 4)
    assert cy.house.charges() == 1, "Cy is charged once"


def test_two_contracts_seen_at_the_same_moment_are_one(cy):
    first, second = cy.pays(), cy.house.join(reader=cy.reader.pk)
    cy.bring(cy.house.fresh())
    rows = list(models.Message.objects.values_list("pk", flat=True))
    at_once(*[lambda pk=pk: act_on(cy.provider, pk, now=cy.now) for pk in rows])
    cy.act()
    cy.night()
    refunded = {row.reference: row.payments.get().refunded for row in Contract.objects.all()}
    assert sorted(refunded.values()) == [0, 900] and set(refunded) == {first, second}
    assert cy.standing() is Standing.MEMBER, "Cy pays once and reads"


def test_two_workers_at_two_contracts_of_one_reader_never_wait_for_each_other(cy, monkeypatch):
    """Neither mends before the other has followed its contract too, or waits to; both contracts are one too many."""
    for reference in (cy.pays(), *[cy.house.join(reader=cy.reader.pk) for _ in range(2)]):
        follow(cy.provider, reference, now=cy.now)
    cy.bring(cy.house.fresh())
    monkeypatch.setattr(receive, "mend_doubles", both_under_way(receive.mend_doubles))
    rows = one_message_a_contract()[1:]
    assert at_once(*[lambda pk=pk: act_on(cy.provider, pk, now=cy.now) for pk in rows]) == [None, None]
    assert sorted(Payment.objects.values_list("refunded", flat=True)) == [0, 900, 900], "Cy pays once"


def test_a_page_and_a_worker_who_look_at_once_begin_one_trial(cy, monkeypatch, settings):
    settings.TRIAL = "card"
    contract = cy.pays()
    monkeypatch.setattr(free_days, "start_trial", both_under_way(free_days.start_trial))
    at_once(*[lambda: bring_in(cy.provider, contract, now=cy.now)] * 2)
    assert Contract.objects.get().ended_at is None and cy.letters() == ["joined"], "Cy is not taken for another"
    assert cy.standing() is Standing.MEMBER


def test_a_card_that_had_its_trial_is_written_of_once(stripe_house, transactional_db, monkeypatch, settings):
    settings.TRIAL, stripe_house.books.fingerprint = "card", "the same"
    Office(stripe_house).joins()
    dee = Office(stripe_house, "dee")
    contract = dee.pays()
    monkeypatch.setattr(free_days, "start_trial", both_under_way(free_days.start_trial))
    at_once(*[lambda: bring_in(dee.provider, contract, now=dee.now)] * 2)
    assert dee.letters() == ["joined", "tried"] and dee.standing() is Standing.REGISTERED


def one_message_a_contract():
    """That of the contract which is kept comes first."""
    about = models.Message.objects.exclude(about="").order_by("about", "pk").distinct("about")
    return list(about.values_list("pk", flat=True))


CUT_SHORT = """
import os, signal, sys
from datetime import datetime
from unittest.mock import patch
import django
django.setup()
from inkstand.billing import make_so, receive, withdraw
from inkstand.billing.models import Contract
from inkstand.billing.stripe.provider import Stripe
from inkstand.billing.till.provider import Till
what, address, contract, now = sys.argv[1], sys.argv[2], sys.argv[3], datetime.fromisoformat(sys.argv[4])
provider = Stripe("sk_test_ours", "whsec_ours", address=address, retries=0) if address else Till()
die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
if what == "before the grant":
    with patch.object(make_so, "grant_from", die):
        receive.bring_in(provider, contract, now=now)
else:
    given = type(provider).refund
    with patch.object(type(provider), "refund", lambda *said, **more: (given(*said, **more), die())):
        withdraw.carry_out(provider, Contract.objects.get(reference=contract), now=now)
sys.exit(f"came past {what} alive")
"""


def cut_short(cy, what, contract):
    address = getattr(getattr(cy.house, "fake", None), "address", "")
    said = connection.settings_dict
    where = {name: said[name.upper()] for name in ("user", "host", "port") if said[name.upper()]}
    here = psycopg.conninfo.make_conninfo(dbname=said["NAME"], **where)
    env = os.environ | {"DATABASE_URL": here, "DJANGO_SETTINGS_MODULE": "inkstand.config.settings"}
    command = [sys.executable, "-c", CUT_SHORT, what, address, contract, cy.now.isoformat()]
    ended = subprocess.run(command, env=env, capture_output=True, text=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.whole
def test_killed_between_charge_and_grant(cy):
    contract = cy.pays()
    cut_short(cy, "before the grant", contract)
    assert cy.standing() is Standing.REGISTERED and not Contract.objects.exists(), "nothing half written"
    cy.night()
    assert cy.standing() is Standing.MEMBER, "Cy, who paid, is not shut out"
    assert cy.paid() == [EURO_9] and cy.house.charges() == 1, "nor charged again"
    assert cy.letters() == ["joined", "receipt"]


@pytest.mark.whole
def test_killed_between_refund_and_noting_it(cy):
    contract = cy.joins()
    cy.house.at(days=10)
    declare(contract, now=cy.now)
    cut_short(cy, "after the refund", contract.reference)
    assert Contract.objects.get().withdrawal_done_at is None
    cy.house.at(days=11)
    cy.night()
    assert Payment.objects.get().refunded == 610, "Cy is given back once what is due"
    assert cy.house.seen(contract.reference).payments[0].refunded == 610


def test_two_withdrawals_carried_out_at_the_same_moment(cy):
    contract = cy.joins()
    held = declare(contract, now=NOW)
    at_once(*[lambda: carry_out(cy.provider, held, now=NOW)] * 3)
    carry_out(cy.provider, held, now=NOW)
    assert cy.house.seen(contract.reference).payments[0].refunded == 900


def test_a_refund_whose_answer_was_lost_is_given_once(stripe_house, transactional_db):
    cy = Office(stripe_house)
    contract = cy.joins()
    cy.house.at(days=10)
    held = declare(contract, now=cy.now)
    cy.house.fake.lost = 2  # of the cancelling, then of the refund
    for _ in range(2):
        with pytest.raises(ProviderAway):
            carry_out(cy.provider, held, now=cy.now)
    carry_out(cy.provider, held, now=cy.now)
    assert Payment.objects.get().refunded == 610, "Cy is given back once what is due"
