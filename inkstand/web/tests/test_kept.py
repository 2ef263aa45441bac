"""Pages kept for all of a kind, and never one reader's for another."""

import threading

import pytest

from inkstand.web.kept import keep as keeping
from inkstand.web.kept.keep import KeepPages
from inkstand.web.kept.page import OVERHEAD
from inkstand.web.tests.asking import Clock, Server

PAGE = "<html data-now='x'>" + "A page of the paper. " * 60


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
    [
        {"accept_language": "de"},
        {"cookie": "django_language=de"},
        {"host": "other.example"},
        {"x_forwarded_proto": "https"},
        {"x_forwarded_host": "x"},
    ],
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


def test_a_chosen_language_stands_above_the_browsers_and_shares_its_pages(ask, drawing):
    pages = [ask(cookie="django_language=de", accept_language="fr"), ask(accept_language="de-CH")]
    assert [number(page) for page in pages] == [1, 1] and drawing.asked[0]["HTTP_ACCEPT_LANGUAGE"] == "de"
    assert number(ask(cookie="django_language=xx", accept_language="de")) == 1
