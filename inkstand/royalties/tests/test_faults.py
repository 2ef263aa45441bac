"""Things at once, and things cut short: on a database that really commits."""

import os
import signal
import subprocess
import sys
import threading
import time

import psycopg.conninfo
import pytest
from django.db import IntegrityError, connection

from inkstand.kit.tests.at_once import at_once
from inkstand.readers.models import Reader
from inkstand.royalties import ledger
from inkstand.royalties import settle as room
from inkstand.royalties.count import count
from inkstand.royalties.errors import MonthClosed
from inkstand.royalties.issue import ticket_for
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Booking, Earning, Entry, MonthsFee, Period, Pulse, Reading
from inkstand.royalties.settle import settle
from inkstand.royalties.tests.test_count import FIREFOX
from inkstand.royalties.tests.town import (
    ADA,
    APRIL,
    BO,
    CY,
    MARCH,
    NOW,
    SPRING,
    a_title,
    an_article,
    minutes,
    pays,
    reads,
)
from inkstand.royalties.tests.wiping import wipe
from inkstand.royalties.values import Beat

pytestmark = pytest.mark.django_db(transaction=True)

CUT_SHORT = """
import os, signal, sys
from datetime import date, datetime, UTC
from pathlib import Path
import django
django.setup()
from inkstand.royalties import settle
settle._throw_away = lambda settling: os.kill(os.getpid(), signal.SIGKILL)
settle.settle(date(2026, 3, 1), now=datetime(2026, 4, 3, tzinfo=UTC), home=Path(sys.argv[1]))
"""


@pytest.fixture(autouse=True)
def wiped(transactional_db):
    yield
    wipe()


def a_read_month(members=(ADA, BO)):
    title = a_title()
    article = an_article(title)
    for reader in members:
        pays(reader)
        reads(reader, article)
    return title


def test_a_month_settled_by_two_at_once_is_settled_once(tmp_path):
    title = a_read_month()
    gave = at_once(*[lambda: settle(MARCH, now=SPRING, home=tmp_path)] * 3)
    assert sorted(type(one).__name__ for one in gave) == ["MonthClosed", "MonthClosed", "Period"]
    assert Booking.objects.filter(kind="settlement").count() == 1
    assert ledger.balances(Place(Kind.PUBLISHER, title.publisher_id)) == {"EUR": 1330}


def test_a_payment_told_by_many_at_once_is_booked_once():
    gave = at_once(*[lambda: pays(ADA, reference="once")] * 4)
    assert len({booking.pk for booking in gave}) == 1
    assert (Booking.objects.count(), MonthsFee.objects.count(), Entry.objects.count()) == (1, 1, 5)


def test_what_comes_during_a_settlement_waits_and_finds_the_month_closed(tmp_path, monkeypatch):
    """The settlement is held up until both wait: the payment goes into the next month, the beat is refused."""
    a_read_month()
    ada = Reader.objects.create_user("ada@reader.example")
    article = an_article(a_title("Meridian"))
    ticket = ticket_for(reader=ada, article=article.pk, title=article.title, words=400, user_agent=FIREFOX, now=NOW)
    waiting = threading.Event()
    throw_away = room._throw_away
    monkeypatch.setattr(room, "_throw_away", lambda settling: (waiting.set(), waiting_for(2), throw_away(settling)))

    def late(deed):
        waiting.wait(10)
        return deed()

    settled, payment, beat = at_once(
        lambda: settle(MARCH, now=SPRING, home=tmp_path),
        lambda: late(lambda: pays(CY, now=SPRING)),
        lambda: late(lambda: count(Beat(ticket, True, True, 1.0), now=NOW + minutes(1))),
    )
    assert isinstance(settled, Period)
    assert isinstance(payment, Booking)
    assert isinstance(beat, MonthClosed)
    assert (Reading.objects.count(), Pulse.objects.count()) == (0, 0)
    assert list(MonthsFee.objects.values_list("period_id", "minor")) == [(APRIL, 665)]


def waiting_for(sessions):
    """Until so many sessions of this database wait for a lock."""
    for _ in range(200):
        time.sleep(0.02)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= sessions:
                return
    raise AssertionError("nobody waits")


@pytest.mark.whole
def test_a_settlement_killed_before_its_end_has_done_nothing_and_can_be_done_again(tmp_path):
    title = a_read_month()
    killed = subprocess.run([sys.executable, "-c", CUT_SHORT, tmp_path], env=os.environ | {"DATABASE_URL": url()})
    assert killed.returncode == -signal.SIGKILL
    assert (Earning.objects.count(), Reading.objects.count()) == (0, 2)
    assert Period.objects.get(month=MARCH).key is not None
    settle(MARCH, now=SPRING, home=tmp_path)
    assert ledger.balances(Place(Kind.PUBLISHER, title.publisher_id)) == {"EUR": 1330}


def url():
    """The test database's own address, for a process beside this one."""
    said = connection.settings_dict
    parts = {"dbname": said["NAME"], "user": said["USER"], "host": said["HOST"], "port": said["PORT"]}
    return psycopg.conninfo.make_conninfo(**{key: value for key, value in parts.items() if value})


def test_a_booking_that_does_not_balance_fails_at_commit():
    with pytest.raises(IntegrityError, match="does not balance"):
        ledger.book(
            kind="correction", month=MARCH, currency="EUR", reference="x", gains=[(Place(Kind.TAX), 1)], now=NOW
        )
    assert not Booking.objects.exists()
