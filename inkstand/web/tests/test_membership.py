"""A membership from the offer to its end, clicked through at the till; each page as each of the cast."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from inkstand.billing.models import Contract, Payment
from inkstand.billing.till import deliver
from inkstand.kit import clock
from inkstand.membership.models import Grant
from inkstand.membership.standing import standing_of
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader
from inkstand.web.tests.conftest import NOW, SECRET, reader, signed_in


class Town:
    """The paper with its till: `at(days)` moves the clock, `work()` does what waits in billing's queue."""

    def __init__(self, patch):
        self.patch, self.now = patch, NOW
        # A test that commits leaves its jobs waiting: they are of a town that is gone.
        self.done = set(ProcrastinateJob.objects.values_list("pk", flat=True))

    def at(self, **later):
        self.now = NOW + timedelta(**later)
        self.patch.setattr(clock, "now", lambda: self.now)
        deliver.run(now=self.now)
        self.work()

    def work(self):
        while jobs := list(ProcrastinateJob.objects.filter(queue_name="billing").exclude(pk__in=self.done)):
            for job in jobs:
                self.done.add(job.pk)
                app.tasks[job.task_name](**job.args)


@pytest.fixture
def town(db, now, settings, monkeypatch):
    settings.ACCESS, settings.BILLING, settings.FREE_ARTICLES = "members", "till", 0
    return Town(monkeypatch)


def standing(name, now):
    return standing_of(Reader.objects.get(email=f"{name}@example.org"), now)


def join(client, plan="month", country="DE", card="good"):
    checkout = client.post("/membership/join/", {"plan": plan, "country": country, "begin": "yes"})
    assert checkout.status_code == 303
    return client.post(checkout.url, {"card": card}, follow=True)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("Ada", "You are a member"),
        ("Bo", "11 days of your trial are left"),
        ("Cy", "Your trial has ended"),
        ("Dot", "The first fourteen days are free"),
        ("Ed", "You edit here"),
    ],
)
def test_the_cast_at_the_membership_page(town, cast, who, sees):
    assert sees in text(cast[who].get("/membership/"))


def test_cy_who_lapsed_joins_pays_and_reads(town, cast, article):
    assert "learns what the harbour master said" not in text(cast["Cy"].get(f"/article/{article.pk}/"))
    page = join(cast["Cy"])
    assert "Thank you: you are a member" in text(page)
    assert "learns what the harbour master said" in text(cast["Cy"].get(f"/article/{article.pk}/"))
    town.work()
    assert [letter.subject for letter in mail.outbox] == ["Welcome: you are a member", "Receipt 1"]
    page = text(cast["Cy"].get("/membership/"))
    assert "€9.00 a month" in page and "14 April 2026" in page


def test_bo_in_trial_joins_and_pays_when_the_trial_is_over(town, cast):
    join(cast["Bo"])
    assert not Payment.objects.exists()
    assert standing("bo", town.now) is Standing.MEMBER
    town.at(days=11)
    assert Payment.objects.get().covers_from == NOW + timedelta(days=11)
    assert standing("bo", town.now) is Standing.MEMBER


def test_a_refused_card_charges_nothing_and_may_be_tried_again(town, cast):
    page = join(cast["Cy"], card="empty")
    assert "The card was refused" in text(page) and not Contract.objects.exists()
    join(cast["Cy"])
    assert Payment.objects.count() == 1


def test_the_join_button_pressed_twice_charges_once(town, cast):
    asked = [cast["Cy"].post("/membership/join/", {"plan": "month", "country": "DE", "begin": "1"}) for _ in "12"]
    assert asked[0].url == asked[1].url
    for _ in "12":
        cast["Cy"].post(asked[0].url, {"card": "good"})
    town.work()
    assert Payment.objects.count() == 1
    page = cast["Cy"].post("/membership/join/", {"plan": "year", "begin": "1"}, follow=True)
    assert "You are a member already" in text(page)


def test_leaving_takes_two_clicks_says_until_when_and_writes(town, cast, article):
    join(cast["Cy"])
    town.work()
    page = text(cast["Cy"].get("/membership/leave/"))
    assert "Your membership ends 14 April 2026" in page
    assert "open to you until 14 April 2026" in text(cast["Cy"].post("/membership/leave/", follow=True))
    town.work()
    assert mail.outbox[-1].subject == "You have left; nothing more will be charged"
    assert "14 April 2026" in mail.outbox[-1].body
    town.at(days=30)
    assert standing("cy", town.now) is Standing.MEMBER
    town.at(days=31)
    assert standing("cy", town.now) is Standing.LAPSED
    assert Payment.objects.count() == 1


def test_pausing_takes_two_clicks_shuts_the_paper_in_between_and_ends_by_itself(town, cast, article):
    join(cast["Cy"])
    town.work()
    page = text(cast["Cy"].get("/membership/pause/"))
    assert "You read on until 14 April 2026" in page and "Next payment on 14 June 2026" in page
    assert "cannot be paused" in text(cast["Cy"].post("/membership/pause/", {"months": "9"}, follow=True))
    page = text(cast["Cy"].post("/membership/pause/", {"months": "2"}, follow=True))
    assert "You pause from 14 April 2026" in page and "Next payment 14 June 2026" in page
    town.work()
    assert mail.outbox[-1].subject == "Your membership is paused" and "14 June 2026" in mail.outbox[-1].body
    town.at(days=50)
    assert SECRET not in cast["Cy"].get(f"/article/{article.pk}/").content.decode()
    assert "Your membership rests until 14 June 2026" in text(cast["Cy"].get("/membership/"))
    town.at(days=95)
    assert standing("cy", town.now) is Standing.MEMBER and Payment.objects.count() == 2


def test_a_pause_is_ended_sooner(town, cast):
    join(cast["Cy"])
    cast["Cy"].post("/membership/pause/", {"months": "3"})
    town.at(days=40)
    page = text(cast["Cy"].post("/membership/go-on/", follow=True))
    assert "the next payment is due on 14 May 2026" in page and "rests until 14 May 2026" in page


def test_who_leaves_in_a_pause_leaves_at_once(town, cast):
    join(cast["Cy"])
    cast["Cy"].post("/membership/pause/", {"months": "3"})
    town.at(days=40)
    assert "Your membership ends today" in text(cast["Cy"].get("/membership/leave/"))
    assert "You have left. A confirmation" in text(cast["Cy"].post("/membership/leave/", follow=True))


def test_who_thinks_better_of_it_stays(town, cast):
    join(cast["Cy"])
    cast["Cy"].post("/membership/leave/")
    cast["Cy"].post("/membership/stay/")
    town.at(days=31)
    assert standing("cy", town.now) is Standing.MEMBER and Payment.objects.count() == 2


def test_withdrawing_wants_the_letters_link_and_no_signing_in(town, cast):
    join(cast["Cy"])
    town.work()
    link = re.search(r"https?://\S+?(/membership/withdraw/\S+)", mail.outbox[-1].body)[1]
    town.at(days=10)
    stranger = Client()
    page = stranger.get(link)
    assert "Confirm withdrawal" in text(page) and "€6.10" in text(page)
    page = stranger.post(link, follow=True)
    assert "You have withdrawn" in text(page)
    town.work()
    assert mail.outbox[-1].subject == "You have withdrawn from your contract" and "6.10 EUR" in mail.outbox[-1].body
    assert Payment.objects.get().refunded == 610
    assert standing("cy", town.now) is Standing.LAPSED
    stranger.post(link)
    town.work()
    assert Payment.objects.get().refunded == 610


def test_a_letter_brings_the_link_to_who_has_none_and_says_nothing_to_others(town, cast):
    join(cast["Cy"])
    town.work()
    sent = len(mail.outbox)
    answers = {text(Client().post("/membership/withdraw/", {"email": f"{who}@example.org"})) for who in ("cy", "no")}
    town.work()
    assert [letter.to for letter in mail.outbox[sent:]] == [["cy@example.org"]]
    assert len({re.sub(r"\d", "", answer) for answer in answers}) == 1


def test_after_fourteen_days_withdrawing_is_refused_in_words(town, cast):
    join(cast["Cy"])
    link = cast["Cy"].get("/membership/withdraw/").url
    town.at(days=16)
    assert "The time for withdrawing ended" in text(cast["Cy"].get(link))
    assert "The fourteen days are over" in text(cast["Cy"].post(link, follow=True))
    assert Contract.objects.get().withdrawn_at is None


def test_when_a_card_fails_one_reads_on_and_a_new_card_pays(town, cast):
    join(cast["Cy"])
    portal = cast["Cy"].post("/membership/card/").url
    cast["Cy"].post(portal, {"card": "empty"})
    town.at(days=31)
    assert standing("cy", town.now) is Standing.GRACE
    assert "did not come through" in text(cast["Cy"].get("/membership/"))
    assert mail.outbox[-1].subject == "Your payment did not come through"
    cast["Cy"].post(portal, {"card": "good"})
    town.work()
    assert standing("cy", town.now) is Standing.MEMBER
    assert Payment.objects.count() == 2


def test_who_does_not_pay_lapses_and_is_charged_no_more(town, cast):
    join(cast["Cy"])
    cast["Cy"].post(cast["Cy"].post("/membership/card/").url, {"card": "empty"})
    town.at(days=31 + 8)
    assert standing("cy", town.now) is Standing.LAPSED
    assert Payment.objects.count() == 1


def test_where_the_trial_begins_with_a_card_it_is_said_before(town, cast, settings):
    settings.TRIAL = "card"
    assert "we write to you three days before" in text(Client().get("/membership/"))
    dee = signed_in(reader("dee"))
    assert "The first payment is due on 28 March 2026; leave before, and nothing is charged" in text(
        dee.get("/membership/")
    )
    assert "The first fourteen days are free" not in text(cast["Cy"].get("/membership/"))
    page = text(join(dee))
    assert "you are a member" in page and "28 March 2026" in page and not Payment.objects.exists()
    town.at(days=15)
    assert Payment.objects.count() == 1


def test_prices_are_the_countrys(town, cast):
    assert "¥1,200" in text(cast["Cy"].get("/membership/?country=JP"))
    assert "£8.00" in text(cast["Dot"].get("/membership/", headers={"Accept-Language": "en-GB"}))
    join(cast["Cy"], country="JP")
    assert (Payment.objects.get().minor, Payment.objects.get().currency) == (1200, "JPY")


def test_another_readers_checkout_and_the_till_where_there_is_none_are_not_found(town, cast, settings):
    url = cast["Cy"].post("/membership/join/", {"plan": "month", "begin": "1"}).url
    assert cast["Bo"].get(url).status_code == 404
    settings.BILLING = "none"
    assert cast["Cy"].get(url).status_code == 404
    assert "takes no payments" in text(cast["Cy"].get("/membership/"))
    assert "cannot be had" in text(cast["Cy"].post("/membership/join/", {"plan": "month", "begin": "1"}, follow=True))


def test_a_visitor_is_asked_to_sign_in_first(town, cast):
    assert "/account/login/" in cast["Dot"].post("/membership/join/", {"plan": "month"}).url
    assert not Grant.objects.filter(kind="member", source__startswith="contract").exists()
