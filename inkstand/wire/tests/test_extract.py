"""A page goes in, the article comes out, and nothing on any page makes it raise more than it says."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.kit.html import clean
from inkstand.wire.extract import Extracted, PageUnreadable, extract
from inkstand.wire.extract.rules import Rule, rules

URL = "https://www.gazette.example/world/harbour-bridge"
PARAGRAPHS = [
    "The harbour bridge was opened to walkers on Sunday after eleven years of work, the port authority said.",
    "Thousands crossed it in the first hour, many of them carrying flags and the tools with which they had built it.",
    "“We were told that it could not be done,” said the engineer who drew it, standing in the middle of the span.",
    "Ships of up to sixty metres pass beneath it, which the old ferry had made impossible for most of a century.",
]
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Gazette"},
        {
            "@type": ["NewsArticle"],
            "headline": "Harbour bridge opens &amp; thousands cross",
            "description": "Eleven years of work end.",
            "author": [{"@type": "Person", "name": "Ada Byron"}, {"@type": "Person", "name": "Bo Chen"}],
            "articleSection": "World",
            "datePublished": "2026-11-01T08:00:00+01:00",
            "dateModified": "2026-11-01T09:30:00+01:00",
            "inLanguage": "en-GB",
            "isAccessibleForFree": "False",
            "image": {"url": "/bridge.jpg", "caption": "The bridge", "creditText": "Dot Eve/Gazette", "width": 1200},
        },
    ],
}


def page(body, head=""):
    return f"""<html lang="en"><head><title>Harbour bridge opens - The Gazette</title>{head}</head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
    <article class="story"><h1>Harbour bridge opens</h1><div class="byline">By Ada Byron</div>
    <div class="share"><a href="#">Share on Facebook</a></div><div class="article-body">{body}</div></article>
    <aside class="related"><ul><li><a href="/a">Ferries to be sold after a hundred years</a></li></ul></aside>
    <footer><p>© The Gazette. All rights reserved.</p></footer></body></html>""".encode()


def linked(data=LINKED):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


BODY = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)


def test_the_paragraphs_come_out_and_what_stands_around_them_does_not():
    found = extract(page(BODY), url=URL)
    assert found.text.split("\n\n") == PARAGRAPHS
    assert found.how == "blocks"
    assert clean(found.body_html) == found.body_html
    assert "Share" not in found.body_html and "Ferries" not in found.body_html


def test_links_pictures_and_captions_stay_in_the_body():
    figure = '<figure><img src="/span.jpg"><figcaption>The span at dawn. (Dot Eve/Reuters)</figcaption></figure>'
    linked_paragraph = f'<p>{PARAGRAPHS[3]} <a href="/ferry">It was sold</a>.</p>'
    found = extract(page(BODY + figure + linked_paragraph + BODY.replace("the ", "this ")), url=URL)
    assert 'href="https://www.gazette.example/ferry"' in found.body_html
    assert "The span at dawn." in found.body_html and "The span at dawn." not in found.text
    (picture,) = found.pictures
    assert (picture.url, picture.caption, picture.credit) == (
        "https://www.gazette.example/span.jpg",
        "The span at dawn.",
        "Dot Eve/Reuters",
    )


def test_what_the_page_says_of_itself():
    found = extract(page(BODY, linked()), url=URL)
    assert found.headline == "Harbour bridge opens & thousands cross"
    assert found.standfirst == "Eleven years of work end."
    assert found.byline == ("Ada Byron", "Bo Chen")
    assert found.section == "World"
    assert found.published.isoformat() == "2026-11-01T07:00:00+00:00"
    assert found.updated > found.published
    assert found.language == "en-GB"
    assert found.free is False
    assert (found.pictures[0].url, found.pictures[0].credit, found.pictures[0].width) == (
        "https://www.gazette.example/bridge.jpg",
        "Dot Eve/Gazette",
        1200,
    )


def test_open_graph_and_meta_tags_speak_where_linked_data_is_silent():
    head = """<meta property="og:title" content="Bridge &amp; ferry">
    <meta name="author" content="By Ada Byron and Bo Chen">
    <meta property="article:section" content="World"><meta property="og:image" content="/og.jpg">
    <link rel="canonical" href="https://gazette.example/world/harbour?utm_source=x">"""
    found = extract(page(BODY, head), url=URL)
    assert (found.headline, found.byline, found.section) == ("Bridge & ferry", ("Ada Byron", "Bo Chen"), "World")
    assert found.canonical == "https://gazette.example/world/harbour"
    assert found.pictures[0].url == "https://www.gazette.example/og.jpg"
    assert found.free is None


def test_text_that_only_linked_data_holds_is_taken_from_there():
    whole = {"@type": "NewsArticle", "headline": "x", "articleBody": "\n\n".join(PARAGRAPHS)}
    found = extract(page("<p>Loading…</p>", linked(whole)), url=URL)
    assert found.how == "json-ld"
    assert found.body_html == BODY
    assert found.text.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "null",
        "[]",
        '{"@graph": 5}',
        '{"@type": {"a": []}}',
        "[" * 100_000,
        '{"author": [[[]]], "@type": "Article"}',
    ],
)
def test_faulty_linked_data_says_nothing(script):
    found = extract(page(BODY, f'<script type="application/ld+json">{script}</script>'), url=URL)
    assert found.text.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16", "koi8-r"])
def test_the_charset_of_the_header_is_believed(charset):
    words = "Вчера мост был открыт" if charset == "koi8-r" else "Café “ouvert” à midi"
    data = page(BODY + f"<p>{words} {PARAGRAPHS[0]}</p>").decode().encode(charset, "ignore")
    assert words.split()[0] in extract(data, url=URL, content_type=f"text/html; charset={charset}").text


@pytest.mark.parametrize("data", [b"", b" ", b"\x00", b"<!-- -->"])
def test_what_holds_no_html_is_named(data):
    with pytest.raises(PageUnreadable, match=r"gazette\.example"):
        extract(data, url=URL)


HOSTILE = {
    "divs": b"<div>" * 200_000,
    "bolds": b"<b>" * 200_000,
    "spans with words": b"<span class=a>x" * 50_000,
    "tables": b"<table><tr><td>" * 50_000,
    "links": b"<a href=x>y</a>" * 50_000,
    "paragraphs": (b"<p>" + b"word " * 30 + b"</p>") * 3_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">x",
    "entities": b"&amp;" * 300_000,
    "script": b"<script type=application/ld+json>" + b'{"a":' * 100_000,
    "binary": bytes(range(256)) * 4_000,
    "text": b"word " * 400_000,
    "lists": b"<ul><li>" * 30_000 + b"x",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_are_bounded(data):
    began = time.process_time()
    try:
        found = extract(data, url=URL)
    except PageUnreadable:
        found = None
    assert time.process_time() - began < 8
    assert found is None or clean(found.body_html) == found.body_html


TAGS = (
    "<p> </p> <div> </div> <a> </a> <table> <tr> <td> <br> <br><br> <h1> <figure> <img src=/a.jpg> </figure> <ul> <li>"
)
SOUP = st.lists(st.sampled_from([*TAGS.split(), "<div class=article>", " ", "a", *PARAGRAPHS]), max_size=40).map(
    "".join
)


@given(SOUP.map(str.encode) | st.binary(max_size=400))
def test_nothing_but_page_unreadable_is_raised(data):
    try:
        found = extract(data, url=URL)
    except PageUnreadable:
        return
    assert isinstance(found, Extracted)
    assert clean(found.body_html) == found.body_html


def test_a_rule_takes_out_what_its_title_needs(monkeypatch):
    monkeypatch.setitem(rules(), "gazette.example", Rule(drop=frozenset({"promo"}), keep=frozenset({"#story"})))
    html = f'<div>{PARAGRAPHS[0]}</div><div id="story">{BODY}<div class="promo x">{PARAGRAPHS[1][::-1]}</div></div>'
    text = extract(page(html), url=URL).text
    assert PARAGRAPHS[1][::-1] not in text
    assert text.count(PARAGRAPHS[0]) == 1


def test_every_rule_file_names_something():
    assert rules()
    assert all(rule.drop or rule.keep for rule in rules().values())
