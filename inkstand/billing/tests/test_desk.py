"""Money at the desk: every table is looked at, none is touched; looking again and acting again mend and do no harm."""

import pytest
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from inkstand.billing.models import Contract, Message, Payment
from inkstand.billing.tests.conftest import NOW, AtTheTill
from inkstand.billing.tests.office import Office
from inkstand.kit import clock
from inkstand.readers.models import Reader


@pytest.fixture
def desk(db, monkeypatch, settings):
    settings.BILLING = "till"
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client = Client()
    client.force_login(Reader.objects.create_superuser("ed@paper.example"))
    return client


@pytest.fixture
def cy(desk):
    return Office(AtTheTill())


def does(desk, table, deed, row):
    done = set(ProcrastinateJob.objects.values_list("pk", flat=True))
    answer = desk.post(f"/desk/billing/{table}/", {"action": deed, "_selected_action": row.pk})
    assert answer.status_code == 302
    for job in ProcrastinateJob.objects.exclude(pk__in=done):
        app.tasks[job.task_name](**job.args)


@pytest.mark.parametrize("table", ["contract", "message", "gift"])
def test_every_table_is_looked_at_and_nothing_added(desk, cy, table):
    cy.joins()
    cy.bring(cy.house.fresh())
    assert desk.get(f"/desk/billing/{table}/").status_code == 200
    assert desk.get(f"/desk/billing/{table}/add/").status_code == 403


def test_a_contract_shows_its_payments_and_cannot_be_touched(desk, cy):
    contract = cy.joins()
    page = desk.get(f"/desk/billing/contract/{contract.pk}/change/").content.decode()
    assert "9.00 EUR" in page and 'name="_save"' not in page


def test_looking_again_finds_what_no_message_told_of(desk, cy):
    contract = cy.joins()
    cy.house.at(days=31)
    does(desk, "contract", "look_again", contract)
    assert Payment.objects.count() == 2


def test_a_message_acted_on_again_changes_nothing(desk, cy):
    cy.joins()
    cy.bring(cy.house.fresh())
    cy.act()
    before = cy.known()
    for message in Message.objects.all():
        does(desk, "message", "act_again", message)
    assert cy.known() == before and Contract.objects.count() == 1
