"""A membership shared and given: family seats, groups by mail domain, gifts bought and taken, vouchers, invoices."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from inkstand.billing import gift as gifts
from inkstand.billing import withdraw
from inkstand.billing.models import Contract, Gift, Order, Payment
from inkstand.membership import groups, jobs
from inkstand.membership.models import Group, Seat, Voucher
from inkstand.membership.standing import standing_of
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.web import library
from inkstand.web.tests.conftest import NOW, SECRET, reader, signed_in
from inkstand.web.tests.test_membership import Town, join, text


@pytest.fixture
def town(db, now, settings, monkeypatch):
    settings.ACCESS, settings.BILLING, settings.FREE_ARTICLES = "members", "till", 0
    library.forget()
    yield Town(monkeypatch)
    library.forget()


def standing(name, now=NOW):
    return standing_of(Reader.objects.get(email=f"{name}@example.org"), now)


def invited(client, name):
    client.post("/membership/seats/", {"do": "invite", "email": f"{name}@example.org"})
    jobs.invite(Group.objects.get().pk, f"{name}@example.org")
    return re.search(r"https?://[^/]+(/membership/seat/\S+)", mail.outbox[-1].body)[1]


def test_a_family_of_six_reads_for_one_payment_and_a_seventh_does_not(town, cast, article):
    join(cast["Cy"], plan="family")
    town.work()
    assert Payment.objects.get().minor == 1500
    assert "5 seats are free" in text(cast["Cy"].get("/membership/seats/"))
    for number in range(6):
        member = signed_in(reader(f"kid{number}"))
        page = member.post(invited(cast["Cy"], f"kid{number}"), follow=True)
        assert ("The seat is yours" in text(page)) == (number < 5)
        assert (SECRET in member.get(f"/article/{article.pk}/").content.decode()) == (number < 5)
    assert Seat.objects.count() == 5 and standing("kid0") is Standing.SEAT
    page = text(cast["Cy"].get("/membership/seats/"))
    assert "All seats are taken" in page
    cast["Cy"].post("/membership/seats/", {"do": "give-back", "seat": Seat.objects.first().pk})
    assert standing("kid0") in (Standing.LAPSED, Standing.REGISTERED) and Seat.objects.count() == 4


def test_what_one_of_a_family_reads_the_others_do_not_see(town, cast, article):
    join(cast["Cy"], plan="family")
    kids = [signed_in(reader(name)) for name in ("kim", "lou")]
    for name, kid in zip(("kim", "lou"), kids, strict=True):
        kid.post(invited(cast["Cy"], name))
    read = action("read", at=NOW, article=article.pk, progress=99)
    carry_out(reader=Reader.objects.get(email="kim@example.org"), actions=[read], now=NOW)
    headline = article.current.headline
    assert headline in text(kids[0].get("/history/"))
    for other in (kids[1], cast["Cy"]):
        for page in ("/history/", "/membership/", "/membership/seats/"):
            assert headline not in other.get(page, follow=True).content.decode()


def test_a_familys_seats_end_with_what_is_paid_and_go_on_when_it_is_renewed(town, cast):
    join(cast["Cy"], plan="family")
    kid = signed_in(reader("kid"))
    kid.post(invited(cast["Cy"], "kid"))
    town.at(days=40)
    assert standing("kid", town.now) is Standing.SEAT and Payment.objects.count() == 2
    cast["Cy"].post("/membership/leave/")
    town.at(days=70)
    assert standing("kid", town.now) is Standing.LAPSED


def test_an_invitation_is_for_whom_it_was_sent_to(town, cast):
    join(cast["Cy"], plan="family")
    link = invited(cast["Cy"], "kid")
    assert "Sign up" in text(Client().get(link))
    other = signed_in(reader("other"))
    assert "signed in with another address" in text(other.get(link))
    other.post(link)
    assert not Seat.objects.exists()
    assert "is not ours" in text(other.get("/membership/seat/forged/", follow=True))


def test_nobody_manages_seats_that_are_not_theirs(town, cast):
    join(cast["Cy"], plan="family")
    assert cast["Bo"].get("/membership/seats/").status_code == 404
    assert cast["Bo"].post("/membership/seats/", {"do": "invite", "email": "x@example.org"}).status_code == 404


def test_a_group_pays_by_the_seat_and_opens_to_its_own_domain(town, cast):
    office = signed_in(Reader.objects.create_user("head@harbour.example", name="Harbour Library"))
    join(office, plan="group", country="DE")
    assert (Payment.objects.get().minor, Contract.objects.get().seats) == (5 * 6000, 5)
    office.post("/membership/seats/", {"do": "open", "open": "yes"})
    clerk = signed_in(Reader.objects.create_user("clerk@harbour.example"))
    assert "Take a seat" in text(clerk.get("/membership/"))
    clerk.post("/membership/seat/")
    assert standing_of(Reader.objects.get(email="clerk@harbour.example"), NOW) is Standing.SEAT
    assert "Take a seat" not in text(cast["Bo"].get("/membership/"))
    clerk.post("/membership/seat/")
    assert not Seat.objects.exists()


@pytest.mark.parametrize("asked", ["3", "0", "-1", "x", "", "99999999"])
def test_no_group_is_smaller_than_five_nor_larger_than_may_be(town, cast, asked):
    cast["Cy"].post("/membership/join/", {"plan": "group", "country": "DE", "begin": "1", "seats": asked})
    assert Order.objects.get().minor == 5 * 6000


def test_an_owner_speaks_for_no_house_where_anybody_may_have_an_address(db):
    assert groups.may_open_to(Reader(email="ada@gmail.com")) == ""
    assert groups.may_open_to(Reader(email="ada@Library.example")) == "library.example"


def test_a_library_reads_by_its_addresses_without_accounts(town, article):
    Group.objects.create(name="Library", seats=0, ranges=["93.184.216.0/24"], starts_at=NOW - timedelta(days=1))
    path = f"/article/{article.pk}/"
    assert SECRET in Client(REMOTE_ADDR="93.184.216.34").get(path).content.decode()
    assert SECRET not in Client(REMOTE_ADDR="93.184.217.34").get(path).content.decode()
    assert SECRET not in Client().get(path, headers={"X-Forwarded-For": "10.0.0.1"}).content.decode()


def test_a_students_price_is_for_students(town, cast):
    assert "For students" not in text(cast["Cy"].get("/membership/"))
    page = cast["Cy"].post("/membership/join/", {"plan": "student", "country": "DE", "begin": "1"}, follow=True)
    assert "for students" in text(page) and not Payment.objects.exists()
    student = signed_in(Reader.objects.create_user("s@physics.ox.ac.uk"))
    assert "For students" in text(student.get("/membership/"))
    join(student, plan="student")
    assert Payment.objects.get().minor == 450


def buy(client, **said):
    kept = {"plan": "gift-3", "country": "DE", "email": "kim@example.org", "says": "For the mornings.", "day": ""}
    checkout = client.post("/gift/", {**kept, **said})
    return client.post(checkout.url, {"card": "good"}, follow=True)


def test_a_gift_is_paid_once_sent_on_its_day_and_taken_once(town, cast, article):
    page = text(buy(cast["Ada"], day="2026-03-20"))
    assert "your gift is ready" in page and "20 March 2026" in page
    gift = Gift.objects.get()
    assert gifts.send_due(now=NOW) == 0
    sent = len(mail.outbox)
    assert gifts.send_due(now=NOW + timedelta(days=6)) == 1 and gifts.send_due(now=NOW + timedelta(days=6)) == 0
    town.work()
    letters = [letter for letter in mail.outbox[sent:] if letter.to == ["kim@example.org"]]
    assert len(letters) == 1 and "For the mornings." in letters[0].body
    link = re.search(r"https?://[^/]+(/gift/\S+/)", letters[0].body)[1]
    assert "Sign up to take it" in text(Client().get(link))
    kim = signed_in(reader("kim"))
    assert "For the mornings." in text(kim.get(link))
    assert "It is yours: 3 months" in text(kim.post(link, follow=True))
    assert standing("kim") is Standing.GIFTED and SECRET in kim.get(f"/article/{article.pk}/").content.decode()
    assert "was taken already" in text(cast["Cy"].post(link, follow=True))
    town.at(days=200)
    assert standing("kim", town.now) is Standing.LAPSED
    assert Payment.objects.filter(contract=gift.contract).count() == 1


def test_what_is_no_mail_address_is_sent_nothing(town, cast):
    join(cast["Cy"], plan="family")
    given = cast["Ada"].post("/gift/", {"plan": "gift-3", "country": "DE", "email": "kim at home"}, follow=True)
    asked = cast["Cy"].post("/membership/seats/", {"do": "invite", "email": " "}, follow=True)
    assert "That is no mail address." in text(given) and "That is no mail address." in text(asked)
    assert not Gift.objects.exists()


def test_a_gift_gives_its_giver_nothing_and_does_not_end_their_membership(town, cast):
    join(cast["Cy"])
    own = Contract.objects.get()
    buy(cast["Cy"])
    town.work()
    own.refresh_from_db()
    assert own.ended_at is None and own.doubles is None and Contract.objects.count() == 2
    assert "You have left" not in text(cast["Cy"].get("/membership/"))


def test_a_gift_not_taken_goes_back_whole_and_can_then_not_be_taken(town, cast):
    buy(cast["Cy"])
    gift = Gift.objects.get()
    town.at(days=10)
    link = f"/membership/withdraw/{withdraw.token(gift.contract)}/"
    assert "€27.00" in text(Client().get(link))
    Client().post(link)
    town.work()
    assert Payment.objects.get().refunded == 2700
    kim = signed_in(reader("kim"))
    assert "given back by its giver" in text(kim.post(f"/gift/{gift.code}/", follow=True))


def test_a_gift_taken_is_paid_for_by_its_days_and_ends_when_it_is_withdrawn(town, cast):
    buy(cast["Cy"])
    kim = signed_in(reader("kim"))
    kim.post(f"/gift/{Gift.objects.get().code}/")
    town.at(days=10)
    Client().post(f"/membership/withdraw/{withdraw.token(Contract.objects.get())}/")
    town.work()
    assert 2300 < Payment.objects.get().refunded < 2500
    assert standing("kim", town.now) is Standing.LAPSED


def test_a_code_leads_to_the_gift_or_is_taken_once_as_a_voucher(town, cast):
    buy(cast["Cy"], email="")
    code = Gift.objects.get().code
    assert cast["Bo"].post("/membership/code/", {"code": f"{code[:4].lower()} {code[4:]}"}).url == f"/gift/{code}/"
    Voucher.objects.create(code="HARBOUR30", days=30, uses=1)
    page = cast["Cy"].post("/membership/code/", {"code": "harbour 30"}, follow=True)
    assert "30 days of membership" in text(page) and standing("cy") is Standing.GIFTED
    for who in ("Cy", "Bo"):
        assert "used already" in text(cast[who].post("/membership/code/", {"code": "HARBOUR30"}, follow=True))
    assert "not known here" in text(cast["Bo"].post("/membership/code/", {"code": "x"}, follow=True))


def test_every_payment_has_an_invoice_for_its_reader_alone(town, cast, settings):
    settings.SELLER = "Harbour Press Ltd; 1 Quay; Port; GB 123"
    join(cast["Cy"])
    answer = cast["Cy"].get("/membership/invoice/1.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert answer.content == cast["Cy"].get("/membership/invoice/1.pdf").content
    assert cast["Ada"].get("/membership/invoice/1.pdf").status_code == 404
    assert Client().get("/membership/invoice/1.pdf").status_code == 302
