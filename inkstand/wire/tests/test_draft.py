"""An item made ready to publish."""

import pytest

from inkstand.wire.draft import draft, section_named
from inkstand.wire.parse.values import Document, Item

LONG = "word " * 100


@pytest.mark.parametrize(
    ("said", "tags", "feed", "wanted"),
    [
        ("Politics", (), "World", "Politics"),
        ("", (), "World", "World"),
        ("defbefd5-265d-5b3b-9317-4e16e181db10", ("gazette/sports/rowing",), "World", "sports"),
        ("PAID", ("PAID",), "Business", "Business"),
        ("PAID", (), "", ""),
        ("Fashion & Style", (), "", "Fashion & Style"),
        ("Культура", (), "", "Культура"),
        ("Harbours (Ellary)", ("Science",), "World", "Science"),
    ],
)
def test_the_section_is_a_name_that_people_use(said, tags, feed, wanted):
    assert section_named(Item(section=said, tags=tags), feed) == wanted


def made(**fields):
    return draft(
        Item(headline="Headline", url="https://g.example/1", **fields), Document(items=()), section="", language=""
    )


def test_a_short_summary_stands_under_the_headline_and_a_long_one_is_the_text():
    assert (made(summary="Short.").standfirst, made(summary="Short.").body) == ("Short.", "")
    assert made(summary=LONG).standfirst == ""
    assert "word word" in made(summary=LONG).body


def test_a_summary_that_only_repeats_the_bodys_beginning_is_left_out():
    body = f"<p>It began at dawn. {LONG}</p>"
    assert made(summary="It began at dawn.", body=body).standfirst == ""
    assert made(summary="What came of it.", body=body).standfirst == "What came of it."


def test_the_language_is_that_of_the_words_unless_the_publisher_says_the_same_and_more():
    german = "Die Brücke über den Hafen ist seit Montag gesperrt, weil Risse in den Seilen gefunden wurden."
    assert made(summary=german, language="en").language == "de"
    assert made(summary=german, language="de-AT").language == "de-AT"


def test_tracking_words_are_struck_from_the_address():
    item = Item(headline="H", url="https://g.example/1?utm_source=rss&id=7")
    assert draft(item, Document(items=()), section="", language="").url == "https://g.example/1?id=7"
