from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from inkstand.wire.hints import hub_of, links, max_age_s, retry_after_s

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("control", "age", "seconds"),
    [
        ("max-age=300", "", 300),
        ("public, max-age=300, s-maxage=9", "100", 200),
        ('Max-Age="60"', "", 60),
        ("max-age=60", "90", 0),
        ("s-maxage=300", "", 0),
        ("no-cache", "", 0),
        ("max-age=-1", "", 0),
        ("", "", 0),
    ],
)
def test_reads_how_long_an_answer_stays_fresh(control, age, seconds):
    assert max_age_s(CIMultiDict({"cache-control": control, "age": age})) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("Fri, 20 Nov 2026 12:31:00 GMT", 60),
        ("Fri, 20 Nov 2026 12:31:00", 60),
        ("Fri, 20 Nov 2026 12:00:00 GMT", 0),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
    ],
)
def test_reads_retry_after(text, seconds):
    assert retry_after_s({"Retry-After": text}, NOW) == seconds


def test_reads_links():
    header = (
        '<https://hub.example/>; rel="hub", <https://a.example/feed>; type="x"; rel=self, <https://b.example/>;rel=hub'
    )
    assert links(header) == {"hub": "https://hub.example/", "self": "https://a.example/feed"}
    assert links('<https://a.example/>; rel="alternate hub"') == {
        "alternate": "https://a.example/",
        "hub": "https://a.example/",
    }


def test_finds_the_hub_in_the_headers_or_else_the_document():
    said = {"Link": '<https://hub.example/>; rel=hub, <https://a.example/feed>; rel="self"'}
    assert hub_of(said, "https://other.example/", "") == ("https://hub.example/", "https://a.example/feed")
    assert hub_of({}, "https://hub.example/", "https://a.example/") == ("https://hub.example/", "https://a.example/")
    assert hub_of({}, "https://hub.example/", "") is None
    assert hub_of({}, "", "https://a.example/") is None


@given(st.text())
def test_no_header_is_too_odd(text):
    links(text)
    assert max_age_s({"Cache-Control": text, "Age": text}) >= 0
    assert retry_after_s({"Retry-After": text}, NOW) >= 0


def test_a_hostile_link_header_is_read_quickly():
    assert links("<a>;" + " ;" * 4_000) == {}
    assert links("<a>" + ";a" * 4_000 + "\x00") == {}
    assert links("<" * 8_000) == {}
