"""Pages kept whole, and readers who hide something: theirs are drawn for them, and never handed to another."""

import pytest

from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.titles.models import Title
from inkstand.web.kept.readers import FRESH_S
from inkstand.web.tests.conftest import NOW, granted
from inkstand.web.tests.test_kept_paper import clock, paper_at, session  # noqa: F401 - fixtures

GONE = "Northern Ledger"


@pytest.fixture
def two(cast, paper):
    """The cookies of Ada and of another member, who see the same pages."""
    return session(cast["Ada"]), session(granted("fay", "member", -3, None))


def block(do="block"):
    ada = Reader.objects.get(email="ada@example.org")
    carry_out(reader=ada, actions=[action(do, at=NOW, title=Title.objects.get(name=GONE).pk)], now=NOW)


def test_readers_who_hide_nothing_share_one_page(paper_at, two, django_assert_num_queries):  # noqa: F811
    first, second = (paper_at("/latest/", cookie=cookie) for cookie in two)
    assert first.body == second.body and GONE in first.text
    with django_assert_num_queries(0):
        paper_at("/latest/", cookie=two[0])


def test_whoever_blocks_a_title_gets_pages_of_their_own(paper_at, two, clock):  # noqa: F811
    paper_at("/latest/", cookie=two[0])
    block()
    clock.at += FRESH_S + 1
    assert GONE not in paper_at("/latest/", cookie=two[0]).text
    assert GONE in paper_at("/latest/", cookie=two[1]).text
    block("unblock")
    clock.at += FRESH_S + 1
    assert GONE in paper_at("/latest/", cookie=two[0]).text


def test_a_page_drawn_just_after_a_block_is_kept_for_nobody(paper_at, two):  # noqa: F811
    """The server still takes Ada for one of many when she has blocked already: what it then draws is hers."""
    paper_at("/about/", cookie=two[0])
    block()
    assert GONE not in paper_at("/latest/", cookie=two[0]).text
    assert GONE in paper_at("/latest/", cookie=two[1]).text


def test_on_the_device_that_blocked_it_a_title_is_gone_at_once(cast, paper_at, two):  # noqa: F811
    assert GONE in paper_at("/latest/", cookie=two[0]).text
    title = Title.objects.get(name=GONE)
    cast["Ada"].post("/mine/ask/", {"do": "block", "title": title.pk, "back": "/latest/"})
    own = cast["Ada"].cookies["own"]
    assert own["httponly"] and own["max-age"] > FRESH_S
    assert GONE not in paper_at("/latest/", cookie=f"{two[0]}; own={own.value}").text


def test_a_visitor_who_makes_up_the_sign_gets_what_every_visitor_gets(paper_at, paper):  # noqa: F811
    assert paper_at("/latest/", cookie="own=1").text == paper_at("/latest/").text
