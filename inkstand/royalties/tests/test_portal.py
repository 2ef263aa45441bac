"""What publishers see of their titles, and what the desk sees of the ledger."""

from datetime import timedelta

import pytest
from django.test import Client

from inkstand.kit import clock
from inkstand.readers.models import Reader
from inkstand.royalties.corrections import correct
from inkstand.royalties.models import Booking, Period, Rule
from inkstand.royalties.payments import book_pay_out
from inkstand.royalties.portal import months_seen, owed
from inkstand.royalties.settle import settle
from inkstand.royalties.tests.town import APRIL, MARCH, NOW, SPRING, a_title, an_article, pays, reads

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(tmp_path):
    title = a_title()
    article = an_article(title)
    an_article(title, now=SPRING)
    for reader in range(12):
        pays(reader)
        reads(reader, article, not_worth_it=reader < 3)
    settle(MARCH, now=SPRING, home=tmp_path)
    return title.publisher_id


def test_a_publisher_sees_sums_by_month(press):
    correct(of=MARCH, currency="EUR", gains={press: -80}, reference="c1", why="a robot", now=SPRING)
    book_pay_out(publisher=press, minor=7000, currency="EUR", reference="out-1", now=SPRING)
    april, march = months_seen(press, MARCH, APRIL)
    assert (march.settled, march.delivered, march.earned) == (True, {"Harbour Courier": 1}, {"EUR": 7980})
    (read,) = march.read
    assert (read.readings, read.completed, read.not_worth_it) == (12, 12, None)
    assert (april.settled, april.delivered, april.earned) == (False, {"Harbour Courier": 1}, {"EUR": -80})
    assert owed(press) == {"EUR": 900}


def test_readings_of_a_month_that_runs_are_not_told(press):
    reads(1, an_article(a_title("Meridian")), month=APRIL)
    assert all(month.read == () for month in months_seen(press, APRIL, APRIL))


def test_it_costs_the_same_however_many_months(press, django_assert_num_queries):
    for last in (APRIL, APRIL + timedelta(days=366)):
        with django_assert_num_queries(4):
            months_seen(press, MARCH, last.replace(day=1))


@pytest.fixture
def desk(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client = Client()
    client.force_login(Reader.objects.create_superuser("ed@paper.example"))
    return client


@pytest.mark.parametrize("table", ["rule", "period", "booking", "earning", "insider"])
def test_the_desk_looks_at_every_table(desk, press, table):
    assert desk.get(f"/desk/royalties/{table}/").status_code == 200


def test_the_desk_sees_a_booking_and_cannot_touch_it(desk, press):
    booking = Booking.objects.first()
    page = desk.get(f"/desk/royalties/booking/{booking.pk}/change/")
    assert booking.reference in page.content.decode()
    assert b'name="_save"' not in page.content
    assert desk.post(f"/desk/royalties/booking/{booking.pk}/delete/").status_code == 403


def test_the_desk_publishes_a_rule_for_a_month_to_come(desk):
    facts = {"pays": "pro-rata", "operator_permille": 100, "copy_permille": 500, "min_seconds": 5}
    assert (
        "2026-04 at the earliest"
        in desk.post("/desk/royalties/rule/add/", {"starts": "2026-03-01"} | facts).content.decode()
    )
    assert desk.post("/desk/royalties/rule/add/", {"starts": "2026-04-15"} | facts).status_code == 302
    made = Rule.objects.get(pays="pro-rata")
    assert (made.starts, made.version) == (APRIL, 2)
    assert not Period.objects.exists()
