"""The whole journey in a browser, at the till and at a Stripe of our own: from the wall to the publisher's statement.

Dot meets the wall, starts the trial, reads; fourteen days pass; Dot pays, reads, gives an article away, leaves,
withdraws, is refunded. The month is settled, and the lone script recomputes the statement to the cent.
"""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import requests
from django.core import mail
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from inkstand.articles.models import Article
from inkstand.billing import providers
from inkstand.billing.models import Contract, Payment
from inkstand.billing.stripe.provider import Stripe
from inkstand.billing.tests.fake_stripe.server import KEY, SECRET, serving
from inkstand.billing.till import deliver
from inkstand.kit import clock
from inkstand.membership import trial_letters
from inkstand.royalties import jobs, recompute
from inkstand.royalties.models import Earning
from inkstand.royalties.papers import papers
from inkstand.royalties.tests.test_count import FIREFOX
from inkstand.royalties.tests.wiping import wipe
from inkstand.web.tests.conftest import CHROMIUM, NOW
from inkstand.web.tests.conftest import SECRET as THE_REST

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]


class AtTheTill:
    """How a reader pays there, and how what happens there reaches the paper."""

    def pay(self, page):
        page.click("text=A card that pays")
        page.click("button:has-text('Pay £8.00')")

    def at(self, now):
        deliver.run(now=now)

    def refunded(self):
        return Payment.objects.get().refunded


class AtStripe:
    def __init__(self, fake, paper):
        self.fake, self.paper, self.told = fake, paper, 0

    def pay(self, page):
        assert page.url.startswith(f"{self.fake.address}/pay/")
        page.click("button[value=good]")

    def at(self, now):
        self.fake.at(now)
        fresh = self.fake.deliveries(self.told)
        self.told += len(fresh)
        for body, headers in fresh:
            assert requests.post(f"{self.paper}/webhooks/stripe", body, headers=headers, timeout=20).status_code == 200

    def refunded(self):
        (intent,) = self.fake.books.intents.values()
        return intent["latest_charge"]["amount_refunded"]


class Journey:
    """The clock, the queue and the house; `at` turns the one, empties the other and lets the third speak."""

    def __init__(self, house, patch):
        self.house, self.patch, self.done = house, patch, set(ProcrastinateJob.objects.values_list("pk", flat=True))
        self.now = NOW
        self.turn(NOW)

    def at(self, **later):
        self.turn(NOW + timedelta(**later))

    def turn(self, now):
        self.now = now
        self.patch.setattr(clock, "now", lambda: now)
        self.house.at(now)
        trial_letters.send_due(now=now)
        while jobs := list(ProcrastinateJob.objects.filter(queue_name="billing").exclude(pk__in=self.done)):
            for job in jobs:
                self.done.add(job.pk)
                app.tasks[job.task_name](**job.args)

    def reads(self, page, address, times):
        """Beats of an article page that is looked at, each when its fifteen seconds have gone by."""
        ticket = page.request.get(f"{address}ticket/").json()["ticket"]
        assert ticket
        for _ in range(times):
            self.turn(self.now + timedelta(seconds=15))
            said = {"ticket": ticket, "visible": True, "foreground": True, "seen": 1.0}
            assert page.request.post("/beat/", data=said).status == 204


@pytest.fixture(params=["till", "stripe"])
def journey(request, live_server, settings, monkeypatch):
    settings.ACCESS, settings.BILLING, settings.FREE_ARTICLES = "members", request.param, 0
    if request.param == "till":
        yield Journey(AtTheTill(), monkeypatch)
    else:
        with serving(NOW) as fake:
            provider = Stripe(KEY, SECRET, address=fake.address)
            provider.hosts = (fake.address,)
            monkeypatch.setattr(providers, "_stripe", lambda *_: provider)
            yield Journey(AtStripe(fake, live_server.url), monkeypatch)
    wipe()


def letter(subject):
    return next(letter for letter in reversed(mail.outbox) if subject in letter.subject)


def subjects():
    return [letter.subject for letter in mail.outbox]


def signs_up(page, one):
    """The wall, and the trial."""
    assert THE_REST not in page.content()
    page.click(".wall .button")
    page.fill("input[name=email]", "dot@example.org")
    page.click(".door form .button")
    page.fill("input[name=code]", re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.M)[1])
    page.click(".door form .button >> nth=0")
    page.wait_for_url(f"**{one}")
    assert THE_REST in page.content()


def sees_the_trial_end(journey, page, one):
    """Fourteen days pass, and it ends by itself."""
    for later in ({"minutes": 1}, {"days": 11}, {"days": 14, "minutes": 1}):
        journey.at(**later)
    assert [s for s in subjects() if "trial" in s or "fourteen" in s] == [
        "Your fourteen days with Inkstand have begun",
        "Three days of your trial are left",
        "Your trial has ended",
    ]
    page.goto(one)
    assert THE_REST not in page.content() and "Become a member" in page.inner_text(".wall")


def pays_and_reads(journey, page, one):
    """Dot pays, and reads."""
    page.click(".wall .button")
    page.check("input[name=begin]")
    page.click("button:has-text('Join and pay')")
    journey.house.pay(page)
    page.wait_for_url("**/membership/thanks/")
    assert "Thank you: you are a member" in page.inner_text("h1")
    journey.at(days=14, minutes=2)
    assert "Receipt 1" in subjects()
    page.goto(one)
    assert THE_REST in page.content()
    journey.reads(page, one, times=2)


def gives(page, visit, one, other):
    """Dot gives an article to somebody without an account, who opens that one and no other."""
    page.goto(other)
    page.click("text=Give this article")
    page.click("button:has-text('Make the link')")
    link = urlsplit(page.inner_text("#link"))
    friend = visit(f"{link.path}?{link.query}")
    assert THE_REST in friend.content()
    friend.goto(one)
    assert THE_REST not in friend.content()


def leaves(journey, page, one):
    """Dot leaves in two clicks, and reads on."""
    journey.at(days=16)
    page.goto("/membership/")
    page.click("a:has-text('Leave')")
    assert "28 April 2026" in page.inner_text(".summary-list")
    page.click("button:has-text('Leave')")
    assert "open to you until 28 April 2026" in page.inner_text("main, body")
    page.goto(one)
    assert THE_REST in page.content()


def withdraws(journey, page, visit, one):
    """Dot withdraws by the link of a letter, not signed in, in two steps, and is refunded for the days not had."""
    journey.at(days=18, minutes=2)
    withdraw = re.search(r"https?://[^/]+(/membership/withdraw/\S+)", letter("Receipt 1").body)[1]
    stranger = visit(withdraw)
    assert "£6.97" in stranger.inner_text(".summary-list")
    stranger.click("button:has-text('Confirm withdrawal')")
    assert "You have withdrawn" in stranger.inner_text("h1")
    journey.at(days=18, minutes=3)
    assert journey.house.refunded() == Payment.objects.get().refunded == 697
    assert "6.97 GBP" in letter("You have withdrawn").body
    assert Contract.objects.get().withdrawal_done_at
    page.goto(one)
    assert THE_REST not in page.content()


def is_recomputed(journey, one, tmp_path):
    """The month is settled; whoever has the file can recompute every amount."""
    journey.turn(datetime(2026, 4, 3, 6, tzinfo=UTC))
    jobs.settle_due(timestamp=0)
    earned = Earning.objects.get(period=date(2026, 3, 1))
    inputs = tmp_path / "2026-03-inputs.json"
    inputs.write_bytes(papers(earned.publisher_id, date(2026, 3, 1), tmp_path)[inputs.name])
    again = subprocess.run([sys.executable, recompute.__file__, inputs], capture_output=True, text=True)
    assert again.returncode == 0, again.stdout
    (pot,) = json.loads(inputs.read_text())["pots"]
    assert earned.user_centric == earned.pro_rata == pot["pot"] > 0
    assert earned.title_id == Article.objects.get(pk=int(one.split("/")[2])).title_id
    spoilt = inputs.read_text().replace(f'"pot": {pot["pot"]}', f'"pot": {pot["pot"] + 1}')
    inputs.write_text(spoilt)
    assert subprocess.run([sys.executable, recompute.__file__, inputs], capture_output=True).returncode == 1


def test_from_the_wall_to_the_publishers_statement(journey, visit, tmp_path):
    one, other = (f"/article/{pk}/" for pk in Article.objects.order_by("pk").values_list("pk", flat=True)[:2])
    page = visit(one, user_agent=FIREFOX)
    signs_up(page, one)
    sees_the_trial_end(journey, page, one)
    pays_and_reads(journey, page, one)
    gives(page, visit, one, other)
    leaves(journey, page, one)
    withdraws(journey, page, visit, one)
    is_recomputed(journey, one, tmp_path)
