"""`inkstand bench pages`: what one machine serves, asked by wrk over sixteen connections on the same two cores.

A paper of 20,000 real articles that came by its own intake; the newest are placed into stories and a front page is
printed. `inkstand web` serves it as shipped, once open to all and once with the wall; beside them, in the same run,
the same granian answers a fixed page, of the very bytes of our front page, without Django. Rounds are dealt in turn,
so that a busy minute of the machine falls on all; figures are medians of them.
"""

import secrets
import statistics
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from inkstand.ops.bench.measure import Cpu
from inkstand.ops.bench.poll import paper_beside_replay, poll_due
from inkstand.ops.bench.serving import Served, same_page, served
from inkstand.ops.bench.wrk import Hits, wrk

FEEDS, PLACED, READERS = 1000, 3000, 6000
ROUNDS, SECONDS = 3, 6
# Signs of a text that is worth a wall.
LONG = 2000
CONNECTED = 16
# What is held to the aim of 50 ms at the 99th percentile.
AIMED = ("visitor_front", "visitor_article", "reader_front", "reader_article")


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that is measured: `paths` in turn, by the senders of `cookies` in turn."""

    name: str
    server: Served
    paths: Sequence[str]
    cookies: Sequence[str] = ("",)


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    with ExitStack() as stack:
        cpu, _ = paper_beside_replay(stack, FEEDS)
        articles, whole = _fill(say)
        readers = _readers()
        paper = stack.enter_context(served(INKSTAND_ACCESS="open"))
        walled = stack.enter_context(served(INKSTAND_ACCESS="members"))
        plain = stack.enter_context(same_page(*paper.get("/", Accept_Encoding="br", Accept_Language="en")))
        asks = _asks(plain, paper, walled, articles, whole, readers)
        rounds: list[dict[str, Hits]] = []
        for number in range(ROUNDS):
            rounds.append({ask.name: _asked(ask, cpu) for ask in asks})
            say(f"round {number + 1}: " + ", ".join(f"{name} {hits.rps:,.0f}/s" for name, hits in rounds[-1].items()))
        return {"articles": len(articles)} | figures(rounds)


def _asks(
    plain: Served, paper: Served, walled: Served, articles: Sequence[str], whole: Sequence[str], readers: Sequence[str]
) -> tuple[Ask, ...]:
    one, few = whole[:1], readers[:CONNECTED]
    return (
        Ask("granian_plain", plain, ["/"]),
        Ask("visitor_front", paper, ["/"]),
        Ask("visitor_article", paper, one),
        Ask("visitor_wall", walled, one, [_spent(walled, whole[1:])]),
        Ask("visitor_metered", walled, one),
        Ask("visitor_any_article", paper, articles),
        Ask("reader_front", walled, ["/"], few),
        Ask("reader_article", walled, one, few),
        Ask("each_reader_once", walled, ["/"], readers),
    )


def _asked(ask: Ask, cpu: Cpu) -> Hits:
    before, postgres = ask.server.cpu_s(), cpu.spent()[1]
    hits = wrk(ask.server.port, ask.paths, ask.cookies, SECONDS)
    spent = ask.server.cpu_s() - before + cpu.spent()[1] - postgres
    return replace(hits, cpu_ms=spent / hits.asked * 1000)


def figures(rounds: Sequence[dict[str, Hits]]) -> dict[str, object]:
    """Medians over the rounds; the ratio to granian's fixed page is taken within each."""

    def median(name: str, field: str) -> float:
        return round(statistics.median(float(getattr(each[name], field)) for each in rounds), 3)

    names = list(rounds[0])
    found: dict[str, object] = {f"{name}_rps": median(name, "rps") for name in names}
    for name in ("visitor_front", "visitor_article", "reader_front", "reader_article"):
        ratios = [each[name].rps / each["granian_plain"].rps for each in rounds]
        found[f"{name}_of_plain"] = round(statistics.median(ratios), 3)
    found["p99_ms"] = max(median(name, "p99_ms") for name in AIMED)
    for field in ("p50_ms", "p99_ms", "cpu_ms", "bytes_each"):
        found[field if field != "p99_ms" else "p99s_ms"] = {name: median(name, field) for name in names}
    return found


def _fill(say: Callable[[str], None]) -> tuple[list[str], list[str]]:
    """The addresses of all articles' pages, newest first; and of a few with whole texts, one more than are free."""
    import uvloop
    from django.conf import settings
    from django.db.models.functions import Length

    from inkstand.articles.models import Article
    from inkstand.kit import clock
    from inkstand.ranking.page import print_fronts
    from inkstand.stories.place import place

    uvloop.run(poll_due())
    pks = list(Article.objects.newest().values_list("pk", flat=True))
    say(f"{len(pks)} articles came in; placing the newest {PLACED}")
    place(pks[:PLACED][::-1], now=clock.now())
    print_fronts(now=clock.now())
    texts = Article.objects.annotate(signs=Length("current__body")).filter(signs__gt=LONG).newest()
    whole = [_page_of(pk) for pk in texts.values_list("pk", flat=True)[: settings.FREE_ARTICLES + 1]]
    return [_page_of(pk) for pk in pks], whole


def _page_of(article: int) -> str:
    return f"/article/{article}/"


def _readers() -> list[str]:
    """Cookies of so many members, signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from inkstand.kit import clock
    from inkstand.membership.models import Grant
    from inkstand.readers.models import Reader

    unusable = f"!{secrets.token_hex(20)}"
    people = Reader.objects.bulk_create(
        [Reader(email=f"reader{n}@bench.example", password=unusable) for n in range(READERS)]
    )
    Grant.objects.bulk_create([Grant(reader=who, kind=Grant.Kind.MEMBER, starts_at=clock.now()) for who in people])
    store = import_module(settings.SESSION_ENGINE).SessionStore
    cookies = []
    for who in people:
        session = store()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(who.pk), who.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.create()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    return cookies


def _spent(walled: Served, whole: Sequence[str]) -> str:
    """The cookie of a visitor who has opened all of `whole`, and so has no free article left."""
    cookie = ""
    for path in whole:
        headers, _ = walled.get(path, Cookie=cookie)
        cookie = headers["Set-Cookie"].partition(";")[0]
    return cookie
