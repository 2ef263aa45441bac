"""Pages kept for every visitor, and never one reader's for another."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from inkstand.web import kept
from inkstand.web.tests.conftest import draft, print_articles, title


@pytest.fixture
def clock(monkeypatch, settings):
    settings.KEEP_PAGES_S = 3
    at = [100.0]
    monkeypatch.setattr(kept.time, "monotonic", lambda: at[0])
    return at


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def keep(clock, drawn):
    def draw(request):
        drawn.append(request.get_full_path())
        return HttpResponse(f"page {len(drawn)}")

    return kept.KeepPages(draw)


def ask(keep, path="/", **said):
    return keep(RequestFactory().get(path, **said)).content.decode()


def test_a_page_is_drawn_once_in_three_seconds(keep, clock):
    assert [ask(keep), ask(keep)] == ["page 1", "page 1"]
    clock[0] += 3.1
    assert ask(keep) == "page 2"


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_ACCEPT_LANGUAGE": "de"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_HOST": "other.example"},
        {"HTTP_COOKIE": "a=b"},
    ],
    ids=lambda said: next(iter(said)),
)
def test_what_makes_a_page_another_page(keep, said):
    assert ask(keep) == "page 1"
    assert ask(keep, **said) == "page 2"
    assert ask(keep) == "page 1"


@pytest.mark.parametrize("name", ["Ada", "Ed"])
def test_no_page_of_a_readers_is_kept(clock, cast, paper, name):
    assert b"Sign out" in cast[name].get("/").content
    assert b"Sign out" not in cast["Dot"].get("/").content
    assert b"Sign out" in cast[name].get("/").content


def test_a_page_that_sets_a_cookie_is_not_kept(clock, drawn):
    def draw(request):
        drawn.append(request)
        response = HttpResponse("counted")
        response.set_cookie("free", str(len(drawn)))
        return response

    keep = kept.KeepPages(draw)
    assert [keep(RequestFactory().get("/")).cookies["free"].value for _ in range(2)] == ["1", "2"]


@pytest.mark.parametrize("headers", [{"Cache-Control": "private, no-store"}, {"Cache-Control": "no-cache"}])
def test_a_page_that_asks_not_to_be_kept_is_not(clock, drawn, headers):
    def draw(request):
        drawn.append(request)
        return HttpResponse("mine", headers=headers)

    keep = kept.KeepPages(draw)
    for _ in range(2):
        keep(RequestFactory().get("/"))
    assert len(drawn) == 2


def test_only_so_many_are_kept(keep, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    for path in ("/a", "/b", "/c"):
        ask(keep, path)
    assert ask(keep, "/a") == "page 4" and ask(keep, "/c") == "page 3"


def test_an_error_is_not_kept(client, clock, db, now):
    assert client.get("/article/1/").status_code == 404
    piece = print_articles(title(), draft())[0]
    assert client.get(f"/article/{piece.pk}/").status_code == 200


def test_a_kept_page_has_all_its_headers_and_costs_no_statement(client, clock, paper, django_assert_num_queries):
    first = client.get("/", headers={"Accept-Encoding": "gzip"})
    with django_assert_num_queries(0):
        again = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())
