"""Pages kept for all of a kind, and never one reader's for another."""

import gzip
import re
import threading
from datetime import timedelta

import brotli
import pytest
from django.core import signing
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from inkstand.articles.models import Article
from inkstand.articles.publish import withdraw
from inkstand.desk.models import Pick
from inkstand.membership import meter
from inkstand.membership.models import Grant
from inkstand.ranking.page import print_fronts
from inkstand.web.kept import keep as keeping
from inkstand.web.kept import readers
from inkstand.web.kept.keep import KeepPages
from inkstand.web.kept.page import OVERHEAD
from inkstand.web.note import FREE
from inkstand.web.tests.conftest import NOW, SECRET, draft, print_articles, title

PAGE = "<html data-now='x'>" + "A page of the paper. " * 60


class Server:
    """Asks a WSGI application as a web server would."""

    def __init__(self, application):
        self.application = application

    def __call__(self, path="/", method="GET", cookie="", **headers):
        said = {f"HTTP_{name.upper()}": value for name, value in {"host": "paper.example", **headers}.items()}
        path, _, query = path.partition("?")
        environ = RequestFactory()._base_environ(
            PATH_INFO=path, QUERY_STRING=query, REQUEST_METHOD=method, HTTP_COOKIE=cookie, **said
        )
        answer = Answer()
        body = self.application(environ, answer)
        answer.body = b"".join(body)
        getattr(body, "close", lambda: None)()
        return answer


class Answer:
    def __call__(self, status, headers, _=None):
        self.status, self.headers = int(status[:3]), {name.lower(): value for name, value in headers}

    @property
    def text(self):
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("content-encoding"), bytes)
        return unpack(self.body).decode()


class Clock:
    at = 100.0

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


class Drawing:
    """An application that counts what it draws, and says what it was asked."""

    def __init__(self):
        self.asked, self.headers, self.status = [], [], "200 OK"

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        start_response(self.status, [("Content-Type", "text/html; charset=utf-8"), *self.headers])
        return [f"{PAGE} {len(self.asked)}".encode()]


@pytest.fixture
def drawing():
    return Drawing()


@pytest.fixture
def ask(drawing, clock):
    return Server(KeepPages(drawing, whose=lambda session: "member", clock=clock))


def number(answer):
    return int(answer.text.rsplit(maxsplit=1)[1])


def test_a_page_is_drawn_once_in_three_seconds(ask, clock):
    assert [number(ask()), number(ask())] == [1, 1]
    clock.at += 3.1
    assert number(ask()) == 2


@pytest.mark.parametrize(
    "said",
    [{"accept_language": "de"}, {"host": "other.example"}, {"x_forwarded_proto": "https"}, {"x_forwarded_host": "x"}],
)
def test_what_makes_a_page_another_page(ask, said):
    assert [number(ask()), number(ask(**said)), number(ask()), number(ask(**said))] == [1, 2, 1, 2]


def test_the_path_and_where_a_list_goes_on_make_another_page(ask):
    assert [number(ask("/latest/")), number(ask("/latest/?before=9")), number(ask("/latest/?before=8"))] == [1, 2, 3]
    assert number(ask("/latest/?before=9&utm_source=mail&fbclid=x")) == 2


@pytest.mark.parametrize(
    "asked",
    [
        {"path": "/?nobody=knows"},
        {"path": "/latest/?before=1&before=2"},
        {"path": "/account/login/"},
        {"path": "/desk/"},
        {"path": "/latest/" + 500 * "x"},
        {"method": "POST"},
        {"authorization": "Bearer x"},
        {"cookie": "messages=one"},
        {"cookie": "django_language=de"},
        {"cookie": 'sessionid="a\\073 free=b"'},
    ],
    ids=str,
)
def test_what_is_left_to_django_as_it_came(ask, drawing, asked):
    first, second = ask(**asked), ask(**asked)
    assert [number(first), number(second)] == [1, 2]
    assert "etag" not in first.headers


def test_a_page_is_drawn_from_nothing_that_tells_its_askers_apart(ask, drawing):
    ask("/?utm_id=7", cookie="theirs=1; free=forged", accept_language="de-CH, fr;q=0.5", range="bytes=0-2")
    environ = drawing.asked[0]
    assert (environ["HTTP_ACCEPT_LANGUAGE"], environ["QUERY_STRING"]) == ("de", "")
    assert not {"HTTP_COOKIE", "HTTP_RANGE", "HTTP_ACCEPT_ENCODING"} & set(environ)


def test_a_reader_is_drawn_by_their_session_alone(ask, drawing):
    ask(cookie="a=b; sessionid=mine; free=x; csrftoken=y")
    assert drawing.asked[0]["HTTP_COOKIE"] == "sessionid=mine"


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=b"),
        ("Cache-Control", "private, no-store"),
        ("Cache-Control", "private, no-cache"),
        ("Vary", "Accept-Language, HX-Request"),
    ],
)
def test_an_answer_for_one_asker_is_not_kept(ask, drawing, header):
    drawing.headers = [header]
    first, second = ask(), ask()
    assert [number(first), number(second)] == [1, 2]
    assert first.headers[header[0].lower()] == header[1] and "etag" not in first.headers


def test_a_readers_page_is_not_kept_unless_its_view_said_so(ask):
    assert [number(ask(cookie="sessionid=a")), number(ask(cookie="sessionid=b"))] == [1, 2]


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "302 Found", "500 Internal Server Error"])
def test_only_whole_pages_are_kept(ask, drawing, status):
    drawing.status = status
    assert [number(ask()), number(ask())] == [1, 2]


def test_each_coding_is_the_same_page(ask, drawing):
    plain, packed, small = ask(), ask(accept_encoding="gzip"), ask(accept_encoding="gzip, br")
    assert plain.text == packed.text == small.text
    assert [answer.headers.get("content-encoding") for answer in (plain, packed, small)] == [None, "gzip", "br"]
    for answer in (plain, packed, small):
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert answer.headers["vary"] == "Accept-Encoding, Accept-Language, Cookie"
    assert len(drawing.asked) == 1


def test_a_head_has_the_headers_and_no_body(ask):
    whole, head = ask(), ask(method="HEAD")
    assert head.body == b"" and head.headers == whole.headers


def test_a_browser_that_has_the_page_gets_a_word_instead(ask, drawing):
    etag = ask().headers["etag"]
    answer = ask(if_none_match=f'"other", {etag}', accept_encoding="br")
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag and "content-type" not in answer.headers
    assert ask(if_none_match='"other"').status == 200


def test_so_many_bytes_are_kept_and_what_is_asked_for_stays(drawing, clock):
    kept = KeepPages(drawing, clock=clock, most=5 * (2 * len(PAGE) + OVERHEAD + 20))
    ask = Server(kept)
    for page in range(40):
        ask("/")
        ask(f"/latest/?before={page}")
    assert len(kept._shelf) <= 5 and kept._shelf.held <= kept._shelf.most
    assert number(ask("/")) == 1


def test_addresses_that_lead_nowhere_take_little_room(drawing, clock):
    drawing.status = "404 Not Found"
    kept = KeepPages(drawing, clock=clock, most=20 * OVERHEAD)
    ask = Server(kept)
    for page in range(60):
        ask(f"/article/{page}/")
    assert len(kept._shelf) <= 20


def test_of_many_askers_one_draws(clock):
    begun, go_on, drawn = threading.Event(), threading.Event(), []

    def slow(environ, start_response):
        drawn.append(1)
        begun.set()
        go_on.wait(5)
        start_response("200 OK", [])
        return [b"slowly"]

    ask = Server(KeepPages(slow, clock=clock))
    got = []
    askers = [threading.Thread(target=lambda: got.append(ask().body)) for _ in range(4)]
    for asker in askers:
        asker.start()
    begun.wait(5)
    go_on.set()
    for asker in askers:
        asker.join(5)
    assert got == [b"slowly"] * 4 and len(drawn) == 1

    begun.clear()
    go_on.clear()
    clock.at += keeping.FRESH_S + 0.1
    drawer = threading.Thread(target=ask)
    drawer.start()
    begun.wait(5)
    assert ask().body == b"slowly", "the others need not wait for the new one"
    go_on.set()
    drawer.join(5)
    assert len(drawn) == 2


# The paper itself behind it


@pytest.fixture
def paper_at(db, clock, monkeypatch):
    """The whole of Inkstand, and a clock that stands. A test's one connection stays open from request to request."""
    monkeypatch.setattr(readers, "close_old_connections", lambda: None)
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

    def __call__(self, path):
        answer = self.ask(path, cookie=self.cookie)
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
