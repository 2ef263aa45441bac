"""OPML in and out."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.kit.errors import InkstandError
from inkstand.titles import opml
from inkstand.titles.enter import Address, Entry
from inkstand.titles.errors import NoFeedsInOpml, OpmlUnreadable

FOLDERS = b"""<?xml version="1.0"?><opml version="1.0"><head/><body>
<outline text="World"><outline text="The Gazette" xmlUrl="https://g.example/feed" htmlUrl="https://g.example/"/>
<outline title="The Gazette" XMLURL="https://g.example/front" htmlUrl="https://g.example/" category="front"/></outline>
<outline text="Alone" xmlurl="https://alone.example/rss"/></body></opml>"""


def test_folders_are_sections_and_feeds_of_one_home_are_one_title():
    gazette, alone = opml.read(FOLDERS)
    assert gazette.feeds == (
        Address("https://g.example/feed", "World"),
        Address("https://g.example/front", "World", front=True),
    )
    assert (alone.name, alone.feeds[0].section) == ("Alone", "")


def test_the_same_name_without_a_home_page_may_be_two_papers():
    rows = "".join(f'<outline text="News" xmlUrl="https://{name}.example/"/>' for name in "ab")
    assert len(opml.read(f"<opml><body>{rows}</body></opml>".encode())) == 2


def test_what_is_written_is_read_back():
    entries = [
        Entry("A & B", (Address("https://a.example/?x=1&y=2", "World", front=True),), home="https://a.example/"),
        Entry("Ünïcode", (Address("https://u.example/feed"),), language="de"),
    ]
    assert sorted(opml.read(opml.write(entries, title="The Harbour & Quay")), key=lambda e: e.name) == entries


def test_addresses_that_no_client_can_ask_are_named_and_left_out():
    body = b"""<opml><body><outline text="A" xmlUrl="ftp://a.example/x"/><outline text="B" xmlUrl="https://b.example/"/>
    <outline text="C" xmlUrl="feed://c.example/rss"/><outline text="D" xmlUrl="feed:http://d.example/"/></body></opml>"""
    kept, refused = opml.sound(opml.read(body))
    assert [entry.feeds[0].url for entry in kept] == [
        "https://b.example/",
        "https://c.example/rss",
        "http://d.example/",
    ]
    assert refused == ["ftp://a.example/x"]


@pytest.mark.parametrize("body", [b"", b"hello", b"<html><body/></html>", b"\x00\xff"])
def test_what_is_no_opml_is_refused_in_words(body):
    with pytest.raises(OpmlUnreadable, match=r"not an OPML file"):
        opml.read(body)


def test_opml_without_feeds_says_so():
    with pytest.raises(NoFeedsInOpml):
        opml.read(b"<opml><body><outline text='a folder'/></body></opml>")


@given(st.binary(max_size=300))
def test_nothing_but_our_errors_comes_out(body):
    with contextlib.suppress(InkstandError):
        opml.read(b"<opml>" + body)
