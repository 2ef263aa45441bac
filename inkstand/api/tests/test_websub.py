"""A hub's whole life with us: asked, verified, delivering, forging, falling silent."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from inkstand.articles.models import Article
from inkstand.kit import clock
from inkstand.wire import hubs, leases
from inkstand.wire.models import Poll, Push
from inkstand.wire.tests.factory import a_feed, deliver, item
from inkstand.wire.websub import is_trusted

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOPIC = "https://gazette.example/feed"
FEED = b"""<rss version="2.0"><channel><title>The Gazette</title><item><guid>pushed</guid>
<title>Brought by the hub</title><link>https://gazette.example/pushed</link></item></channel></rss>"""


@pytest.fixture
def push(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    feed = a_feed().feed
    Poll.objects.filter(feed=feed).update(hub="https://hub.example/", topic=TOPIC)
    asked = {"asked_at": NOW, "renew_at": NOW}
    return Push.objects.create(
        feed_id=feed, token="t0ken", hub="https://hub.example/", topic=TOPIC, secret="s3cret", **asked
    )


def verify(client, **query):
    wanted = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "echo-me", "hub.lease_seconds": "864000"}
    return client.get("/websub/t0ken", {**wanted, **query})


def bring(client, body=FEED, secret="s3cret"):
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return client.post(
        "/websub/t0ken", body, content_type="application/rss+xml", headers={"X-Hub-Signature": signature}
    )


def test_a_hub_that_asks_is_answered_and_its_lease_begins(client, push):
    answer = verify(client)
    assert (answer.status_code, answer.content) == (200, b"echo-me")
    push.refresh_from_db()
    assert (push.verified_at, push.lease_s) == (NOW, 864000)
    assert push.renew_at == NOW + timedelta(days=8)


@pytest.mark.parametrize("query", [{"hub.topic": "https://other.example/"}, {"hub.mode": "unsubscribe"}])
def test_what_we_did_not_ask_for_is_not_confirmed(client, push, query):
    assert verify(client, **query).status_code == 404


def test_an_unknown_token_is_not_confirmed(client, push):
    assert client.get("/websub/guess", {"hub.mode": "subscribe"}).status_code == 404


def test_what_it_brings_is_in_the_paper_once(client, push):
    for _ in range(2):
        assert bring(client).status_code == 202
    assert Article.objects.get().current.headline == "Brought by the hub"


def test_a_forged_delivery_is_thanked_and_thrown_away(client, push):
    assert bring(client, secret="guessed").status_code == 202
    assert not Article.objects.exists()


def test_a_hub_that_delivers_lets_polling_rest_until_it_misses_something(client, push):
    verify(client)
    bring(client)
    feed = push.feed_id
    assert is_trusted(leases.standing(feed).push, NOW)
    assert Poll.objects.get(feed=feed).due_at >= NOW + timedelta(hours=3)
    from inkstand.wire.rows import hubs_missed

    hubs_missed([feed], now=NOW + timedelta(minutes=1))
    assert not is_trusted(leases.standing(feed).push, NOW + timedelta(minutes=2))


def test_without_a_public_address_no_hub_is_asked(push, settings):
    settings.ADDRESS = ""
    assert hubs.subscribe_due(now=NOW + timedelta(days=1)) == 0


def test_what_a_poll_finds_first_counts_as_missed(push):
    Push.objects.update(verified_at=NOW)
    from inkstand.wire.rows import hubs_missed

    deliver(a_feed(url="https://other.example/"), item(1))
    hubs_missed([push.feed_id], now=NOW)
    assert Push.objects.get().missed_at == NOW
