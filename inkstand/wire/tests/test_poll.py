"""Asking feeds over a real connection: what comes of each answer, and that no one feed stops the others."""

import asyncio
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import DataError, OperationalError, connections

from inkstand.articles.models import Article
from inkstand.kit.http import Client
from inkstand.titles.models import Feed
from inkstand.wire import leases, take_in
from inkstand.wire.ask import ask
from inkstand.wire.models import Poll
from inkstand.wire.outside import client
from inkstand.wire.poll import Poller
from inkstand.wire.settle import Tally, settle
from inkstand.wire.tests.factory import NOON, a_feed

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


def rss(*numbers):
    items = "".join(f"<item><guid>{n}</guid><title>Headline {n}</title></item>" for n in numbers)
    return f'<rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'.encode()


@dataclass
class Site:
    """A publisher's server. `says`: by path, (status, headers, body); `heard`: the headers of each request."""

    origin: str
    says: dict = field(default_factory=dict)
    heard: list = field(default_factory=list)


@pytest.fixture
def site(settings):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            here.heard.append(dict(self.headers))
            status, headers, body = here.says[self.path]
            if headers.get("ETag", "none") == self.headers["If-None-Match"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    here = Site(f"http://127.0.0.1:{server.server_port}")
    settings.ALLOW_HOSTS = f"127.0.0.1:{server.server_port}"
    yield here
    server.shutdown()
    server.server_close()


def feed_at(site, path, *said):
    """A feed of that address, and what is said there."""
    site.says[path] = said
    return a_feed(url=site.origin + path, name=f"Gazette {path}").feed


def ask_all(now=NOON):
    due = leases.lease(100, holder="here", now=now)

    async def answers():
        async with client() as out:
            return await asyncio.gather(*(ask(out, one) for one in due))

    return settle(asyncio.run(answers()), now=now)


def test_what_a_feed_has_is_in_the_paper_and_is_not_sent_again(site):
    feed = feed_at(site, "/feed", 200, {"ETag": '"one"', "Last-Modified": "Mon, 02 Mar 2026 11:00:00 GMT"}, rss(1, 2))
    assert ask_all() == Tally(asked=1, new=2)
    poll = Poll.objects.get(feed=feed)
    assert (poll.etag, poll.trouble, poll.lease_until, poll.changed_at) == ('"one"', "", None, NOON)
    assert NOON < poll.due_at < LATER and poll.read_by
    assert ask_all(LATER) == Tally(asked=1, unchanged=1)
    assert site.heard[1]["If-Modified-Since"] == "Mon, 02 Mar 2026 11:00:00 GMT" and Article.objects.count() == 2


def test_an_etag_that_no_header_may_hold_is_no_reason_to_stop(site):
    feed_at(site, "/feed", 200, {"ETag": '"on\x7fe"'}, rss(1))
    assert [ask_all(now).failed for now in (NOON, LATER)] == [0, 0]


def test_a_body_said_twice_is_unchanged_though_the_server_keeps_no_mark_of_it(site):
    feed = feed_at(site, "/feed", 200, {}, rss(1))
    ask_all()
    assert ask_all(LATER) == Tally(asked=1, unchanged=1)
    assert Poll.objects.get(feed=feed).changed_at == NOON


@pytest.mark.parametrize(
    ("status", "body", "trouble", "says"),
    [
        (500, b"oh no", "feed-answered", "HTTP 500"),
        (404, rss(1), "feed-answered", "look for its new address"),
        (200, b"", "feed-unreadable", "answered with nothing"),
        (200, b"<!doctype html><html><body><p>Hello</p></body></html>", "feed-unreadable", "gives a web page"),
    ],
)
def test_what_is_wrong_with_a_feed_is_said_until_it_is_well(site, status, body, trouble, says):
    feed = feed_at(site, "/feed", status, {}, body)
    assert ask_all() == Tally(asked=1, failed=1)
    poll = Poll.objects.get(feed=feed)
    assert (poll.trouble, poll.failures, poll.failing_since) == (trouble, 1, NOON) and says in poll.message
    site.says["/feed"] = (200, {}, rss(1))
    assert ask_all(LATER) == Tally(asked=1, new=1)
    poll.refresh_from_db()
    assert (poll.trouble, poll.message, poll.failures, poll.failing_since) == ("", "", 0, None)


def test_a_feed_where_nobody_answers_is_tried_again(site):
    feed = a_feed(url="http://127.0.0.1:1/feed").feed
    assert ask_all() == Tally(asked=1, failed=1)
    assert Poll.objects.get(feed=feed).due_at > NOON and not Feed.objects.get().retired_at


def test_a_feed_that_is_gone_is_retired_and_asked_no_more(site):
    feed = feed_at(site, "/feed", 410, {}, b"")
    ask_all()
    assert Feed.objects.get(pk=feed).retired_at == NOON
    assert ask_all(LATER) == Tally()


def test_a_feed_that_moved_for_good_is_asked_there_from_the_third_time_on(site):
    feed = feed_at(site, "/old", 301, {"Location": "/new"}, b"")
    site.says["/new"] = (200, {}, rss(1))
    for days in range(3):
        assert Feed.objects.get(pk=feed).url == f"{site.origin}/old"
        ask_all(NOON + timedelta(days=2 * days))
    assert Feed.objects.get(pk=feed).url == f"{site.origin}/new"
    heard = len(site.heard)
    ask_all(NOON + timedelta(days=6))
    poll = Poll.objects.get(feed=feed)
    assert len(site.heard) == heard + 1 and (poll.moves, poll.moved_to) == (0, "")


def test_two_feeds_never_come_to_one_address(site):
    stays, moves = feed_at(site, "/new", 200, {}, rss(1)), feed_at(site, "/old", 301, {"Location": "/new"}, b"")
    for days in range(4):
        ask_all(NOON + timedelta(days=2 * days))
    assert [Feed.objects.get(pk=feed).url[-4:] for feed in (stays, moves)] == ["/new", "/old"]


@pytest.mark.parametrize("fault", [RecursionError("too deep"), DataError("too deep for a column")])
def test_a_document_that_breaks_the_intake_stops_no_other(site, monkeypatch, fault):
    feeds = [feed_at(site, f"/{number}", 200, {}, rss(number)) for number in range(3)]
    draft = take_in.draft

    def broken(item, *said, **more):
        if item.id == "1":
            raise fault
        return draft(item, *said, **more)

    monkeypatch.setattr(take_in, "draft", broken)
    assert ask_all() == Tally(asked=3, failed=1, new=2)
    told = dict(Poll.objects.values_list("feed", "message"))
    assert "too deep" in told[feeds[1]] and told[feeds[0]] == told[feeds[2]] == ""


def test_a_database_that_is_away_is_said_of_no_feed(site, monkeypatch):
    def away(*_, **__):
        raise OperationalError("the connection is closed")

    feed = feed_at(site, "/feed", 200, {}, rss(1))
    monkeypatch.setattr(take_in, "draft", away)
    with pytest.raises(OperationalError):
        ask_all()
    assert Poll.objects.get(feed=feed).message == ""


def test_an_answer_that_breaks_the_asking_stops_no_other(site, monkeypatch):
    feeds = [feed_at(site, f"/{number}", 200, {}, rss(number)) for number in range(3)]
    get = Client.get

    async def broken(self, url, **more):
        if url.endswith("/1"):
            raise ValueError("no such header")
        return await get(self, url, **more)

    monkeypatch.setattr(Client, "get", broken)
    assert ask_all() == Tally(asked=3, failed=1, new=2)
    poll = Poll.objects.get(feed=feeds[1])
    assert poll.trouble == "intake-failed" and "no such header" in poll.message and poll.due_at > NOON


def test_two_workers_never_lease_one_feed_and_what_a_dead_one_held_comes_free(db):
    wanted = {a_feed(url=f"https://gazette.example/{number}", name=f"Gazette {number}").feed for number in range(4)}
    held = [{due.feed for due in leases.lease(2, holder=name, now=NOON)} for name in ("here", "there")]
    assert held[0] | held[1] == wanted and not held[0] & held[1]
    assert leases.lease(9, holder="here", now=NOON) == []
    leases.release(holder="there")
    assert {due.feed for due in leases.lease(9, holder="here", now=NOON)} == held[1]
    assert {due.feed for due in leases.lease(9, holder="here", now=NOON + leases.LEASE)} == wanted


@pytest.mark.django_db(transaction=True)
def test_a_round_asks_every_due_feed_once(site):
    feeds = [feed_at(site, f"/{number}", 200, {}, rss(number)) for number in range(5)]
    Poll.objects.filter(feed=feeds[0]).update(due_at=LATER)

    async def rounds():
        async with Poller(lambda: NOON) as poller:
            told = [await poller.once()]
            await poller.make_all_due()
            told.append(await poller.once())
            await poller._in_database(connections.close_all)
            return told

    assert asyncio.run(rounds()) == [Tally(asked=4, new=4), Tally(asked=5, unchanged=4, new=1)]
