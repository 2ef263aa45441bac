"""WebSub against a hub of our own: it verifies, signs, renews, lies and falls silent."""

import asyncio
import hashlib
import hmac
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from inkstand.kit.http import Client, parse_allow
from inkstand.kit.tests.loopback import Asked, answer, serving
from inkstand.wire.websub import (
    Accept,
    Denied,
    Expected,
    HubRefused,
    Refuse,
    Subscription,
    handle_verification,
    is_trusted,
    new_secret,
    next_poll_beside,
    renew_at,
    signature_ok,
    subscribe,
    unsubscribe,
)

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOPIC = "https://a.example/feed"


class Hub:
    """A hub as the standard draws it: subscriptions are verified at their callback, deliveries signed."""

    def __init__(self, method: str = "sha256") -> None:
        self.method = method
        self.subscriptions: dict[str, dict[str, str]] = {}

    async def give(self, asked: Asked) -> bytes:
        form = dict(parse_qsl(asked.body.decode()))
        if form["hub.topic"] != TOPIC:
            return answer(b"no such topic", "404 Not Found")
        challenge = "c-" + hashlib.sha256(asked.body).hexdigest()
        query = {name: form[name] for name in ("hub.mode", "hub.topic")} | {"hub.challenge": challenge}
        if "hub.lease_seconds" in form:
            query["hub.lease_seconds"] = str(min(int(form["hub.lease_seconds"]), 3_600))
        status, body = await call("GET", f"{form['hub.callback']}?{urlencode(query)}")
        if (status, body) == (200, challenge.encode()):
            if form["hub.mode"] == "subscribe":
                self.subscriptions[form["hub.callback"]] = form
            else:
                self.subscriptions.pop(form["hub.callback"], None)
        return answer(status="202 Accepted")

    async def publish(self, body: bytes) -> list[int]:
        return [await self.deliver(callback, form, body) for callback, form in self.subscriptions.items()]

    async def deliver(self, callback: str, form: dict[str, str], body: bytes) -> int:
        signature = hmac.new(form["hub.secret"].encode(), body, self.method).hexdigest()
        status, _ = await call("POST", callback, body, f"X-Hub-Signature: {self.method}={signature}\r\n")
        return status


async def call(method: str, url: str, body: bytes = b"", headers: str = "") -> tuple[int, bytes]:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    head = f"{method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    writer.write(head.encode() + body)
    answered = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = int(answered.split("Content-Length: ")[1].split("\r\n")[0])
    found = await reader.readexactly(length)
    writer.close()
    await writer.wait_closed()
    return int(answered.split()[1]), found


class Callback:
    """Our endpoint in little: what an endpoint does with the decisions, and nothing else."""

    def __init__(self) -> None:
        self.expected: Expected | None = None
        self.secret = new_secret()
        self.answers: list[object] = []
        self.delivered: list[bytes] = []

    async def give(self, asked: Asked) -> bytes:
        if asked.method == "GET":
            query = dict(parse_qsl(urlsplit(asked.path).query, keep_blank_values=True))
            self.answers.append(handle_verification(query, self.expected))
            match self.answers[-1]:
                case Accept(challenge):
                    return answer(challenge.encode())
                case Denied():
                    return answer()
            return answer(status="404 Not Found")
        # Whether it is believed or not, a hub is told only that it came.
        if signature_ok(self.secret, asked.headers.get("x-hub-signature", ""), asked.body):
            self.delivered.append(asked.body)
        return answer(status="202 Accepted")


@asynccontextmanager
async def town(hub: Hub, callback: Callback):
    async with (
        serving(hub.give) as there,
        serving(callback.give) as here,
        Client(user_agent="Inkstand", allow=parse_allow(there.pair)) as client,
    ):
        yield client, there.url("/hub"), here.url("/websub/7f3a")


def test_subscribes_verifies_receives_and_leaves():
    async def run() -> None:
        hub, callback = Hub(), Callback()
        async with town(hub, callback) as (client, address, mine):
            callback.expected = Expected(TOPIC)
            await subscribe(client, hub=address, topic=TOPIC, callback=mine, secret=callback.secret)
            (accepted,) = callback.answers
            assert isinstance(accepted, Accept) and accepted.lease_s == 3_600
            assert await hub.publish(b"<rss>news</rss>") == [202]
            assert callback.delivered == [b"<rss>news</rss>"]
            callback.expected = Expected(TOPIC, "unsubscribe")
            await unsubscribe(client, hub=address, topic=TOPIC, callback=mine)
            assert hub.subscriptions == {}

    asyncio.run(run())


def test_renewing_is_subscribing_again():
    async def run() -> None:
        hub, callback = Hub(), Callback()
        callback.expected = Expected(TOPIC)
        async with town(hub, callback) as (client, address, mine):
            for _ in range(2):
                await subscribe(client, hub=address, topic=TOPIC, callback=mine, secret=callback.secret)
            assert len(hub.subscriptions) == 1 and len(callback.answers) == 2

    asyncio.run(run())


def test_nobody_can_subscribe_us_to_what_we_did_not_ask_for():
    async def run() -> None:
        hub, callback = Hub(), Callback()
        async with town(hub, callback) as (client, address, mine):
            await subscribe(client, hub=address, topic=TOPIC, callback=mine, secret=callback.secret)
            assert hub.subscriptions == {} and isinstance(callback.answers[0], Refuse)

    asyncio.run(run())


def test_a_forged_delivery_is_dropped():
    async def run() -> None:
        hub, callback = Hub(), Callback()
        callback.expected = Expected(TOPIC)
        async with town(hub, callback) as (client, address, mine):
            await subscribe(client, hub=address, topic=TOPIC, callback=mine, secret=callback.secret)
            assert await hub.deliver(mine, {"hub.secret": "guessed"}, b"<rss>forged</rss>") == 202
            assert (await call("POST", mine, b"<rss>bare</rss>"))[0] == 202
            assert callback.delivered == []

    asyncio.run(run())


def test_a_hub_that_refuses_is_told_of():
    async def run() -> None:
        hub, callback = Hub(), Callback()
        async with town(hub, callback) as (client, address, mine):
            with pytest.raises(HubRefused, match="polled instead"):
                await subscribe(client, hub=address, topic="https://else.example/", callback=mine, secret="s")

    asyncio.run(run())


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_signatures_by_every_method_of_the_standard(method):
    made = hmac.new(b"secret", b"body", method).hexdigest()
    assert signature_ok("secret", f"{method}={made}", b"body")
    assert signature_ok("secret", f" {method.upper()}={made.upper()} ", b"body")
    assert not signature_ok("secret", f"{method}={made}", b"body.")
    assert not signature_ok("Secret", f"{method}={made}", b"body")
    assert not signature_ok("secret", f"{method}={made[:-1]}", b"body")


@pytest.mark.parametrize("header", ["", "sha256", "sha256=", "md5=" + "0" * 32, "=", "sha256=\xe9\udcff", "none=x"])
def test_odd_signatures_are_no_signatures(header):
    assert not signature_ok("secret", header, b"body")


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "x"}, Accept),
        ({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": ""}, Refuse),
        ({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "x" * 5_000}, Refuse),
        ({"hub.mode": "subscribe", "hub.topic": "https://b.example/", "hub.challenge": "x"}, Refuse),
        ({"hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.challenge": "x"}, Refuse),
        ({"hub.mode": "denied", "hub.topic": TOPIC, "hub.reason": "full"}, Denied),
        ({"hub.mode": "denied", "hub.topic": "https://b.example/"}, Refuse),
        ({}, Refuse),
    ],
)
def test_verification(query, kind):
    assert isinstance(handle_verification(query, Expected(TOPIC)), kind)
    assert isinstance(handle_verification(query, None), Refuse)


@pytest.mark.parametrize(
    ("said", "lease"), [("864000", 864_000), ("", 0), ("-1", 0), ("9" * 30, 90 * 86_400), ("²", 0)]
)
def test_the_lease_is_what_the_hub_says_within_reason(said, lease):
    query = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "x", "hub.lease_seconds": said}
    assert handle_verification(query, Expected(TOPIC)) == Accept("x", lease)


def test_renewed_before_the_lease_ends():
    assert renew_at(Subscription()) is None
    assert renew_at(Subscription(verified_at=NOW, lease_s=86_400 * 10)) == NOW + 8 * DAY
    assert renew_at(Subscription(verified_at=NOW)) == NOW + 4 * DAY


def test_a_hub_is_relied_on_only_after_it_has_delivered():
    verified = Subscription(verified_at=NOW, lease_s=864_000)
    assert next_poll_beside(verified, NOW + HOUR, NOW) == NOW + HOUR
    proven = Subscription(verified_at=NOW, lease_s=864_000, delivered_at=NOW)
    assert next_poll_beside(proven, NOW + HOUR, NOW) == NOW + 4 * HOUR
    assert next_poll_beside(proven, NOW + DAY, NOW) == NOW + DAY


def test_a_hub_that_fell_silent_is_polled_until_it_speaks_again():
    silent = Subscription(verified_at=NOW, lease_s=864_000, delivered_at=NOW, missed_at=NOW + HOUR)
    assert not is_trusted(silent, NOW + HOUR)
    again = Subscription(verified_at=NOW, lease_s=864_000, delivered_at=NOW + 2 * HOUR, missed_at=NOW + HOUR)
    assert is_trusted(again, NOW + 2 * HOUR)


def test_a_lease_that_ended_is_not_relied_on():
    ended = Subscription(verified_at=NOW - 11 * DAY, lease_s=864_000, delivered_at=NOW - HOUR)
    assert not is_trusted(ended, NOW)


def test_a_day_with_a_hub_that_falls_silent_and_comes_back():
    """Pushed, then trusted; mute, then caught by the safety poll; polled by rhythm; heard again, and trusted again."""

    async def run() -> list[timedelta]:
        hub, callback, waits = Hub(), Callback(), []
        callback.expected = Expected(TOPIC)
        async with town(hub, callback) as (client, address, mine):
            await subscribe(client, hub=address, topic=TOPIC, callback=mine, secret=callback.secret)
            (accepted,) = callback.answers
            state = Subscription(verified_at=NOW, lease_s=accepted.lease_s * 24)
            for hour, (hub_brings, poll_finds) in enumerate(
                [(False, False), (True, False), (False, True), (True, False)]
            ):
                now = NOW + HOUR * hour
                before = len(callback.delivered)
                if hub_brings:
                    await hub.publish(f"<rss>{hour}</rss>".encode())
                if len(callback.delivered) > before:
                    state = replace(state, delivered_at=now)
                if poll_finds:
                    state = replace(state, missed_at=now)
                waits.append(next_poll_beside(state, now + HOUR / 4, now) - now)
        return waits

    assert asyncio.run(run()) == [HOUR / 4, 4 * HOUR, HOUR / 4, 4 * HOUR]
