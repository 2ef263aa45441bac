"""The HTTP of it: keys, idempotency, errors, lists page by page; and the pages a reader sees: checkout and portal."""

import hashlib
import hmac
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import stripe
from stripe import params as shapes
from stripe.params import billing_portal, checkout

from inkstand.billing.tests.fake_stripe.books import Books, Refused, Thing, subject
from inkstand.billing.tests.fake_stripe.shapes import Misshapen, check, nested

KEY, SECRET = "sk_test_ours", "whsec_ours"
PAGE = 3
"""Things in one page of a list: few, so that what asks must ask for the next."""


class FakeStripe:
    """`books` is what it knows; `lost` answers are dropped after the deed; `down`: it does nothing at all."""

    def __init__(self, now: datetime):
        self.books, self.lost, self.down = Books(now), 0, False
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.asked: list[str] = []
        self.lock = threading.Lock()
        self.address = ""

    def at(self, now: datetime) -> None:
        with self.lock:
            self.books.now = now
            self.books.run()

    def deliveries(self, since: int = 0) -> list[tuple[bytes, dict[str, str]]]:
        """Every event from the `since`th on, as its webhook would bring it."""
        return [signed(event) for event in self.books.events[since:]]


def signed(event: Thing, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    body, at = json.dumps(event).encode(), int(time.time())
    mark = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return body, {"Stripe-Signature": f"t={at},v1={mark}"}


@contextmanager
def serving(now: datetime) -> Iterator[FakeStripe]:
    fake = FakeStripe(now)
    handler = type("Handler", (Handler,), {"fake": fake})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    fake.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()


Answer = Callable[[FakeStripe, Thing, str], Thing]
ROUTES: list[tuple[str, str, type, Answer]] = [
    ("POST", "checkout/sessions", checkout.SessionCreateParams, lambda f, p, _: f.books.open_session(p, f.address)),
    (
        "GET",
        "checkout/sessions/(.+)",
        checkout.SessionRetrieveParams,
        lambda f, p, n: f.books.find(f.books.sessions, n),
    ),
    ("POST", "checkout/sessions/(.+)/expire", checkout.SessionExpireParams, lambda f, p, n: f.books.expire_session(n)),
    (
        "GET",
        "subscriptions/(.+)",
        shapes.SubscriptionRetrieveParams,
        lambda f, p, n: f.books.find(f.books.subscriptions, n),
    ),
    ("POST", "subscriptions/(.+)", shapes.SubscriptionUpdateParams, lambda f, p, n: f.books.update(n, p)),
    ("DELETE", "subscriptions/(.+)", shapes.SubscriptionCancelParams, lambda f, p, n: f.books.end(n)),
    ("GET", "subscriptions", shapes.SubscriptionListParams, lambda f, p, _: _subscriptions(f.books, p)),
    ("GET", "invoices", shapes.InvoiceListParams, lambda f, p, _: _invoices(f.books, p)),
    ("GET", "checkout/sessions", checkout.SessionListParams, lambda f, p, _: _sessions(f.books, p)),
    ("GET", "payment_intents", shapes.PaymentIntentListParams, lambda f, p, _: _intents(f.books, p)),
    (
        "GET",
        "payment_intents/(.+)",
        shapes.PaymentIntentRetrieveParams,
        lambda f, p, n: f.books.find(f.books.intents, n),
    ),
    ("POST", "refunds", shapes.RefundCreateParams, lambda f, p, _: f.books.refund(p)),
    ("POST", "billing_portal/sessions", billing_portal.SessionCreateParams, lambda f, p, _: _portal(f, p)),
    ("GET", "events", shapes.EventListParams, lambda f, p, _: _events(f.books, p)),
]


def _subscriptions(books: Books, asked: Thing) -> Thing:
    found = [one for one in books.subscriptions.values() if one["customer"] == asked["customer"]]
    wanted = found if asked["status"] == "all" else [one for one in found if one["status"] != "canceled"]
    return _listed(wanted, asked, "/v1/subscriptions")


def _sessions(books: Books, asked: Thing) -> Thing:
    found = [one for one in books.sessions.values() if one["payment_intent"] == asked["payment_intent"]]
    return _listed(found, asked, "/v1/checkout/sessions")


def _intents(books: Books, asked: Thing) -> Thing:
    found = [one for one in books.intents.values() if one["customer"] == asked["customer"]]
    return _listed(found[::-1], asked, "/v1/payment_intents")


def _invoices(books: Books, asked: Thing) -> Thing:
    since = int(asked["created"]["gte"])
    found = [
        one
        for one in books.invoices.values()
        if subject(one) == asked["subscription"] and one["status"] == asked["status"] and one["created"] >= since
    ]
    whole = "data.payments" in asked.get("expand", [])
    plain = [one if whole else {name: one[name] for name in one if name != "payments"} for one in found]
    return _listed(plain[::-1], asked, "/v1/invoices")


def _events(books: Books, asked: Thing) -> Thing:
    since = int(asked["created"]["gte"])
    found = [one for one in books.events if one["created"] >= since and one["type"] in asked["types"]]
    return _listed(found[::-1], asked, "/v1/events")


def _listed(found: list[Thing], asked: Thing, url: str) -> Thing:
    names = [one["id"] for one in found]
    first = names.index(asked["starting_after"]) + 1 if "starting_after" in asked else 0
    here = found[first : first + min(PAGE, int(asked.get("limit", 10)))]
    return {"object": "list", "data": here, "has_more": first + len(here) < len(found), "url": url}


def _portal(fake: FakeStripe, asked: Thing) -> Thing:
    customer, back = asked["customer"], asked["return_url"]
    if customer not in fake.books.cards:
        raise Refused(f"No such customer: '{customer}'", code="resource_missing")
    made = {"id": fake.books.name("bps"), "object": "billing_portal.session", "customer": customer, "return_url": back}
    return {**made, "url": f"{fake.address}/portal/{customer}?back={back}"}


class Handler(BaseHTTPRequestHandler):
    fake: FakeStripe
    protocol_version = "HTTP/1.1"
    # Headers and body in one packet, or each answer waits 40 ms for the other side's acknowledgement.
    wbufsize, disable_nagle_algorithm = -1, True

    def log_message(self, *said: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        url = urlsplit(self.path)
        pairs = parse_qsl(url.query, True) + parse_qsl(body, True)
        with self.fake.lock:
            if not url.path.startswith("/v1/"):
                self._page(url.path, dict(pairs))
                return
            status, said = self._api(url.path.removeprefix("/v1/"), pairs, body)
        if self.fake.lost and self.command != "GET":
            self.fake.lost -= 1
            self.close_connection = True
            return
        self._send(status, said, "application/json")

    def _api(self, path: str, pairs: list[tuple[str, str]], body: str) -> tuple[int, bytes]:
        self.fake.asked.append(f"{self.command} {path}")
        if self.fake.down:
            return 503, _error("api_error", "Stripe is away.")
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            return 401, _error("invalid_request_error", "Invalid API Key provided")
        if self.headers.get("Stripe-Version") != stripe.api_version:
            return 400, _error("invalid_request_error", "Another version of the API")
        key = self.headers.get("Idempotency-Key", "")
        if key and key in self.fake.kept:
            asked, said = self.fake.kept[key]
            same = asked == f"{path} {body}"
            return (200, said) if same else (400, _error("idempotency_error", "Same key, other parameters"))
        status, said = self._done(path, pairs)
        if key and status == 200:
            self.fake.kept[key] = (f"{path} {body}", said)
        return status, said

    def _done(self, path: str, pairs: list[tuple[str, str]]) -> tuple[int, bytes]:
        for method, pattern, shape, answer in ROUTES:
            if method == self.command and (found := re.fullmatch(pattern.replace("(.+)", "([^/]+)"), path)):
                try:
                    params = nested(pairs)
                    check(params, shape)
                    return 200, json.dumps(answer(self.fake, params, (*found.groups(), "")[0])).encode()
                except Misshapen as wrong:
                    return 400, _error("invalid_request_error", str(wrong))
                except Refused as refusal:
                    return refusal.status, _error("invalid_request_error", str(refusal), refusal.code)
        return 404, _error("invalid_request_error", f"Unrecognized request URL ({self.command}: /v1/{path})")

    def _page(self, path: str, said: dict[str, str]) -> None:
        kind, _, name = path.strip("/").partition("/")
        if kind not in ("pay", "portal"):
            self._send(404, b"", "text/plain")
        elif self.command == "GET":
            self._send(200, _FORM.format(kind=kind).encode(), "text/html")
        elif kind == "pay":
            done = self.fake.books.pay(name, said["card"])
            self._lead_on(self.fake.books.sessions[name]["success_url"] if done else self.path)
        else:
            self.fake.books.change_card(name, said["card"])
            self._lead_on(said["back"])

    def _lead_on(self, address: str) -> None:
        self.send_response(303)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, said: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


_FORM = """<!doctype html><title>{kind}</title><h1>{kind}</h1><form method="post">
<button name="card" value="good">Pay</button><button name="card" value="empty">Pay with an empty card</button></form>"""


def _error(kind: str, message: str, code: str = "") -> bytes:
    return json.dumps({"error": {"type": kind, "message": message, "code": code or None}}).encode()
