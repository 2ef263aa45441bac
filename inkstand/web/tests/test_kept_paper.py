"""Kept pages with the whole paper behind them: nothing withdrawn, nothing of another reader's."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from inkstand.articles.models import Article
from inkstand.articles.publish import withdraw
from inkstand.desk.models import Pick
from inkstand.membership import meter
from inkstand.membership.models import Grant
from inkstand.ranking.page import print_fronts
from inkstand.readers.models import Reader
from inkstand.web import free
from inkstand.web.kept import keep as keeping
from inkstand.web.kept import readers
from inkstand.web.kept.keep import KeepPages
from inkstand.web.note import FREE
from inkstand.web.tests.asking import Clock, Server
from inkstand.web.tests.conftest import NOW, SECRET, draft, print_articles, reader, signed_in, title


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def paper_at(db, clock, monkeypatch):
    """The whole of Inkstand, and a clock that stands. A test's one connection stays open from request to request."""
    for outside in (readers, free):
        monkeypatch.setattr(outside, "close_old_connections", lambda: None)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield Server(KeepPages(WSGIHandler(), clock=clock))
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def session(client):
    return f"sessionid={client.cookies['sessionid'].value}"


def test_a_kept_page_costs_no_statement(paper_at, paper, django_assert_num_queries):
    first = paper_at(accept_encoding="br")
    with django_assert_num_queries(0):
        again = paper_at(accept_encoding="br")
    assert (again.body, again.headers) == (first.body, first.headers)
    assert "default-src 'none'" in again.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["Dot", "Ada"])
def test_what_is_withdrawn_is_gone_within_five_seconds(paper_at, cast, article, clock, now, name):
    print_fronts(now=now)
    cookie = "" if name == "Dot" else session(cast[name])
    pages = ["/", "/latest/", f"/article/{article.pk}/"]
    headline = article.current.headline
    assert all(headline in paper_at(path, cookie=cookie).text for path in pages)
    withdraw(article.pk, notice="It was not so.", now=now)
    clock.at += 5
    assert not any(headline in paper_at(path, cookie=cookie).text for path in pages[:2])
    gone = paper_at(pages[2], cookie=cookie)
    assert gone.status == 410 and SECRET not in gone.text


def test_a_pick_is_seen_within_five_seconds(paper_at, paper, clock, now):
    paper_at()
    Pick.objects.update(note="Chosen this minute.")
    clock.at += 5
    assert "Chosen this minute." in paper_at().text


def test_an_old_page_is_handed_out_for_less_than_five_seconds():
    assert keeping.FRESH_S < keeping.LAST_S < 5


def test_languages_do_not_mix(paper_at, paper):
    english, german = paper_at(accept_language="en"), paper_at(accept_language="de")
    assert ['lang="en"' in english.text, 'lang="de"' in german.text] == [True, True]
    assert german.headers["content-language"] == "de"
    assert paper_at(accept_language="de-AT,en;q=0.1").body == german.body


def test_members_share_a_page_and_nobody_else_sees_it(paper_at, cast, article, settings, django_assert_num_queries):
    settings.ACCESS = "members"
    settings.FREE_ARTICLES = 0
    path = f"/article/{article.pk}/"
    whole = paper_at(path, cookie=session(cast["Ada"]))
    assert SECRET in whole.text and whole.headers["cache-control"] == "private, no-cache"
    with django_assert_num_queries(0):
        paper_at(path, cookie=session(cast["Ada"]))
    for cookie in ("", session(cast["Cy"]), "sessionid=made0up", "free=made-up"):
        assert SECRET not in paper_at(path, cookie=cookie).text
    assert SECRET in paper_at(path, cookie=session(cast["Bo"])).text
    assert "Sign out" not in paper_at(path).text


def test_members_pages_are_the_same_to_the_letter(cast, paper):
    """Whoever sets what is a reader's own on a page that is `alike` must say so in `Readers`, or take `alike` away."""
    Grant.objects.update(kind="member", ends_at=None)
    article = Article.objects.newest()[0]
    for path in ("/", "/latest/", "/titles/", "/about/", "/section/world/", f"/article/{article.pk}/"):
        pages = {re.sub(rb' data-now="[^"]*"', b"", cast[name].get(path).content) for name in ("Ada", "Bo", "Cy")}
        assert len(pages) == 1, path


def test_a_membership_that_ends_takes_the_text_away_within_five_seconds(paper_at, cast, article, settings, clock, now):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0
    path, cookie = f"/article/{article.pk}/", session(cast["Ada"])
    assert SECRET in paper_at(path, cookie=cookie).text
    Grant.objects.update(ends_at=now - timedelta(days=1))
    clock.at += 5
    assert SECRET not in paper_at(path, cookie=cookie).text


def test_a_page_drawn_for_another_standing_than_thought_is_not_kept(clock, cast, article, settings, paper_at):
    """Lapsed by what we knew three seconds ago, a member by now: the text is theirs, and no lapsed reader's."""
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0
    ask = Server(KeepPages(WSGIHandler(), whose=lambda session: "lapsed", clock=clock))
    path = f"/article/{article.pk}/"
    assert SECRET in ask(path, cookie=session(cast["Ada"])).text
    assert SECRET not in ask(path, cookie=session(cast["Cy"])).text


def test_editors_pages_are_drawn_for_them(paper_at, cast, paper):
    assert "etag" not in paper_at(cookie=session(cast["Ed"])).headers


class Visitor:
    """Somebody with a cookie jar."""

    def __init__(self, ask):
        self.ask, self.cookie = ask, ""

    def __call__(self, path, **headers):
        answer = self.ask(path, cookie=self.cookie, **headers)
        if (sent := answer.headers.get("set-cookie", "").strip()).startswith(FREE):
            self.cookie = sent.partition(";")[0]
        return answer


def test_the_meter_is_asked_for_every_visitor(paper_at, db, now, settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 2
    pieces = print_articles(title(), *(draft(n) for n in (1, 2, 3)))
    one, two, three = (f"/article/{piece.pk}/" for piece in pieces)
    for _ in range(2):
        visitor = Visitor(paper_at)
        assert [SECRET in visitor(path).text for path in (one, two, three, one, two)] == [1, 1, 0, 1, 1]
    assert SECRET in Visitor(paper_at)(three).text, "a wall met by others is not a newcomer's"


def test_a_reader_who_is_no_member_has_free_articles_of_their_own_on_every_device(paper_at, cast, now, settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 2
    pieces = print_articles(title(), *(draft(n) for n in (1, 2, 3)))
    one, two, three = (f"/article/{piece.pk}/" for piece in pieces)

    def opens(path, client):
        return SECRET in paper_at(path, cookie=f"sessionid={client.cookies['sessionid'].value}").text

    phone = Client()
    phone.force_login(Reader.objects.get(email="cy@example.org"), backend="django.contrib.auth.backends.ModelBackend")
    assert [opens(path, cast["Cy"]) for path in (one, two, three, one)] == [1, 1, 0, 1]
    assert [opens(path, phone) for path in (one, two, three)] == [1, 1, 0]
    other = signed_in(reader("gus"))
    assert [opens(path, other) for path in (three, two, one)] == [1, 1, 0], "nor is one reader's wall another's"


def note(*articles):
    said = ""
    for article in articles:
        said = meter.spend(said, article, NOW)
    return f"{FREE}={signing.dumps(said, salt=FREE)}"


def test_a_free_article_is_kept_and_charged_to_each(paper_at, article, settings, django_assert_num_queries):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 2
    path = f"/article/{article.pk}/"
    paper_at(path)
    with django_assert_num_queries(0):
        answers = [paper_at(path, cookie=cookie) for cookie in ("", "free=forged", 'free="a\\073 sessionid=b"')]
    again = paper_at(path, cookie=note(8_000_000, article.pk))
    for answer in answers:
        assert SECRET in answer.text and "1 free article left" in answer.text
        assert signing.loads(answer.headers["set-cookie"].split("=", 1)[1].split(";")[0], salt=FREE) == (
            f"2026-03:{article.pk}"
        )
        assert answer.headers["cache-control"] == "private, no-store" and "etag" not in answer.headers
    assert "0 free articles left" in again.text


def test_the_wall_is_kept_apart_from_the_text(paper_at, article, settings, django_assert_num_queries):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 1
    path = f"/article/{article.pk}/"
    for cookie in (note(7_000_000), note(article.pk), ""):
        paper_at(path, cookie=cookie)
    with django_assert_num_queries(0):
        walled, opened, new = (paper_at(path, cookie=cookie) for cookie in (note(7_000_000), note(article.pk), ""))
    assert [SECRET in answer.text for answer in (walled, opened, new)] == [False, True, True]
    assert "set-cookie" not in walled.headers


def test_an_article_open_to_everyone_costs_nothing(paper_at, db, now, settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 1
    free = print_articles(title(readable="everyone"), draft())[0]
    for _ in range(2):
        for cookie in ("", note(7_000_000)):
            answer = paper_at(f"/article/{free.pk}/", cookie=cookie)
            assert SECRET in answer.text and "set-cookie" not in answer.headers


@pytest.mark.parametrize("order", [["Ed", "Ada"], ["Ada", "Ed"]])
def test_what_editors_alone_see_is_kept_for_nobody(paper_at, cast, article, order):
    address = f"/article/{article.pk}/"
    shown = {name: "/desk/" in paper_at(address, cookie=session(cast[name])).text for name in [*order, *order]}
    assert shown == {"Ed": True, "Ada": False} and "/desk/" not in paper_at(address).text
