"""Documents that mean harm, and documents that are only broken: bounded, and read as far as they go."""

import json
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkstand.wire.errors import FeedUnreadable, Why
from inkstand.wire.parse import fallback, limits, parse

ITEM = "<item><title>ok</title><guid>1</guid><link>http://e.example/1</link></item>"


def rss(inner):
    head = '<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>http://e.example/</link>'
    return f"{head}{inner}</channel></rss>".encode()


def resident_mb(kind="VmRSS"):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(kind)) / 1000


def quickly(body, seconds=2.0):
    start = time.process_time()
    document = parse(body)
    assert time.process_time() - start < seconds
    return document


def test_an_entity_bomb_gives_its_item_and_no_bomb():
    steps = "".join(f'<!ENTITY {c} "{("&" + p + ";") * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{steps}]>'
    document = quickly(head.encode() + rss("<item><title>&i;</title><guid>1</guid></item>").partition(b"?>")[2])
    assert [item.id for item in document.items] == ["1"]
    assert len(document.items[0].headline) < 100


def test_quadratic_entities_do_not_grow():
    head = f'<!DOCTYPE r [<!ENTITY a "{"a" * 190}">]>'.encode()
    document = quickly(head + rss(f"<item><guid>1</guid><description>{'&a;' * 200_000}</description></item>"), 5)
    assert len(document.items[0].summary) <= 600_000


def test_an_external_entity_is_never_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    head = f'<!DOCTYPE r [<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY % p SYSTEM "{secret.as_uri()}">%p;]>'
    document = parse(head.encode() + rss("<item><title>&f;</title><guid>1</guid></item>"))
    assert document.items[0].id == "1"
    assert "SECRET" not in repr(document)


def test_an_entity_the_document_declares_plainly_is_read():
    head = b'<!DOCTYPE r [<!ENTITY paper "The Example"><!ENTITY amp "no">]>'
    document = parse(head + rss("<item><title>In &paper; &amp; beyond</title></item>"))
    assert document.items[0].headline == "In The Example & beyond"


def test_three_hundred_thousand_levels_are_capped():
    for body in (b"<rss><channel>" + b"<a>" * 300_000, b"<a>" * 300_000):
        with pytest.raises(FeedUnreadable) as caught:
            quickly(body)
        assert caught.value.facts["why"] is Why.TOO_DEEP
    assert len(quickly(rss(ITEM + "<a>" * 300_000 + "</a>" * 300_000)).items) == 1


def test_items_before_the_depth_are_read():
    deep = b"<rss><channel>" + b"<a>" * 300 + b"<item><title>deep</title></item>" + b"</a>" * 300
    with pytest.raises(FeedUnreadable):
        quickly(deep)
    assert len(quickly(b"<rss><channel>" + ITEM.encode() + deep).items) == 1


def test_many_items_are_cut_to_the_newest():
    body = rss("".join(f"<item><title>m{i}</title><guid>m{i}</guid></item>" for i in range(50_000)))
    document = quickly(body)
    assert len(document.items) == limits.ITEMS
    assert document.items[0].id == "m0"
    dated = "".join(f"<item><guid>d{i}</guid><pubDate>{1990 + i // 1000}-01-01</pubDate></item>" for i in range(6_000))
    assert quickly(rss(dated)).items[-1].id == "d5999"


def test_more_tags_than_memory_are_cut():
    body = rss(ITEM + "<a/>" * 3_000_000)
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here on
    before = resident_mb("VmHWM")
    assert len(quickly(body, 10).items) == 1
    assert resident_mb("VmHWM") - before < 100


def test_a_long_title_is_cut_at_a_word():
    document = quickly(rss(f"<item><title>{'x' * 2_000_000}</title><guid>l</guid></item>"))
    assert len(document.items[0].headline) == limits.HEADLINE + 1
    words = parse(rss(f"<item><title>{'word ' * 1000}</title></item>")).items[0].headline
    assert words.endswith("word…")


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("o\x00k", "ok"),
        ("&#xD800;x", "x"),
        ("a&#0;b", "ab"),
        ("a\x0bb", "ab"),
        ("5 &lt; 6", "5 < 6"),
        ("&bogus; x", "&bogus; x"),
    ],
)
def test_what_xml_forbids_is_left_out(title, headline):
    assert parse(rss(f"<item><title>{title}</title></item>")).items[0].headline == headline


def test_a_truncated_document_still_gives_its_items():
    document = parse(rss(ITEM * 3)[:-40])
    assert [item.id for item in document.items][:2] == ["1", "1"]
    assert len(document.items) == 3
    assert document.path == "mended"


def test_items_without_ids_are_items():
    document = parse(rss("<item><description>one</description></item><item><description>two</description></item>"))
    assert [item.summary for item in document.items] == ["one", "two"]


def test_the_same_id_thrice_is_left_to_those_who_decide():
    assert [item.id for item in parse(rss(ITEM * 3)).items] == ["1", "1", "1"]


def test_a_bad_date_is_none_and_a_future_one_stays():
    bad, future = parse(
        rss(
            "<item><pubDate>yesterday-ish</pubDate></item><item><pubDate>Mon, 01 Jan 2199 00:00:00 GMT</pubDate></item>"
        )
    ).items
    assert bad.published is None
    assert future.published.year == 2199


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", " java&#10;script:x"]
)
def test_an_address_that_is_none_is_left_out(address):
    item = parse(rss(f"<item><link>{address}</link><enclosure url='{address}' type='image/png'/></item>")).items[0]
    assert item.url == ""
    assert item.pictures == ()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", Why.EMPTY),
        (b" \n\x00 ", Why.EMPTY),
        (b"<html><title>404</title><body>not a feed</body></html>", Why.WEB_PAGE),
        (b"<!DOCTYPE html><p>no", Why.WEB_PAGE),
        (bytes(range(256)) * 40, Why.NOT_XML),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, Why.NOT_XML),
        (b"plain words", Why.NOT_XML),
        (b"<opml version='2.0'><body/></opml>", Why.NOT_A_FEED),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.NOT_A_FEED),
        (b'{"hello": 1}', Why.NOT_A_FEED),
        (b'{"items": [', Why.NOT_XML),
        (b"[" * 100_000, Why.TOO_DEEP),
    ],
)
def test_what_is_no_feed_says_what_it_is(body, why):
    with pytest.raises(FeedUnreadable) as caught:
        parse(body)
    assert caught.value.facts["why"] is why
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 1_000_000,
        b"<item" * 200_000,
        b"<item>" * 200_000,
        b"<rss><![CDATA[" * 50_000,
        b"<rss><!--" * 50_000,
        b"<rss><!DOCTYPE " * 50_000,
        b"<rss><item>" + b"&" * 1_000_000,
        b"<rss><item a='" * 50_000,
        b"<rss><item><title>" + b"<b" * 300_000,
        b"<rss><item><title>" + b"&lt;" * 300_000,
        b"<rss><?xml " * 50_000,
        b"<entry " + b"a='b' " * 100_000,
        b"<rss " + b"".join(b"xmlns:a%d='u' " % n for n in range(20_000)) + b"><item/></rss>",
        b"<rss><channel>" + b"<item><title>a</title>" * 20_000,
        b"{" * 100_000,
        b'{"items":[' + b'{"id":1},' * 50_000 + b"1]}",
    ],
    ids=lambda body: body[:18].decode(),
)
def test_junk_costs_little(body):
    with suppress(FeedUnreadable):
        quickly(body, 8)


MARKUP = st.sampled_from(
    [
        "<rss>",
        "</rss>",
        "<channel>",
        "</channel>",
        "<item>",
        "</item>",
        "<item/>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "</feed>",
        "<entry>",
        "</entry>",
        "<content type='xhtml'>",
        "</content>",
        "<div>",
        "</div>",
        "<author>",
        "<name>",
        "</name>",
        "</author>",
        "<media:group>",
        "<media:content url='x' type='image/png'/>",
        "<link rel='alternate' href='//['/>",
        "xml:base='http://[' ",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&amp;",
        "&",
        "<",
        ">",
        "&#0;",
        "<pubDate>",
        "</pubDate>",
        "2021-01-01",
        "Mon, 32 Foo 2021",
        "\x00",
        "é",
        "<?xml version='1.0' encoding='utf-16'?>",
        "<!DOCTYPE a [",
        "<!ENTITY a 'b'>",
        "]>",
        "<enclosure url='http://[' type='image/x'/>",
        "{",
        "}",
        '"items":',
        "[",
        "]",
        "<x:y xmlns:x='http://'>",
    ]
)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body):
    _read_or_refused(body)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(MARKUP | st.text(max_size=8), max_size=40).map("".join), st.sampled_from(["utf-8", "utf-16", "latin-1"])
)
def test_any_markup_is_read_or_refused(text, encoding):
    _read_or_refused(text.encode(encoding, "replace"))


NAMES = st.sampled_from(
    ["items", "id", "url", "title", "authors", "name", "tags", "hubs", "attachments", "language", "version"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
    max_leaves=30,
)


@settings(deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(value):
    _read_or_refused(json.dumps({"items": [value], "hubs": value, "authors": value}).encode())


def _read_or_refused(body):
    try:
        document = parse(body)
    except FeedUnreadable:
        return
    for item in document.items:
        assert b"\\u0000" not in msgspec.json.encode(item), "PostgreSQL stores no NUL"
        assert item.url == "" or not item.url.startswith(("javascript", "data"))
        assert item.published is None or item.published.utcoffset().total_seconds() == 0


def test_no_nul_comes_through_the_last_resort_raw_or_by_reference():
    said = "<title>a{0}</title><link>{0}http://e.example/1</link><guid>{0}g</guid><category>c{0}</category>"
    said += "<description>d{0}</description><enclosure type='image/png' url='{0}http://e.example/1.png'/>"
    for nul in ("\0", "&#0;"):
        body = f"<rss><channel><item>{said.format(nul)}<author>who{nul}</author></item></channel></rss>".encode()
        (item,) = fallback.document(body, "http://e.example/").items
        assert b"\\u0000" not in msgspec.json.encode(item)
        assert (item.headline, item.url) == ("a", "http://e.example/1")


WHOLE = rss(
    ITEM * 2
    + "<item><title>caf\u00e9 &amp; <![CDATA[<b>]]></title><pubDate>Mon, 20 Sep 2021 06:00:00 GMT</pubDate>"
    + "<m:group xmlns:m='http://search.yahoo.com/mrss/'><m:content url='http://e.example/a.jpg' width='9'/></m:group>"
    + "</item>"
)
MUTATION = st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 30), st.binary(max_size=4) | MARKUP.map(str.encode))


@settings(max_examples=300, deadline=None)
@given(st.lists(MUTATION, max_size=6))
def test_a_document_however_mangled_is_read_or_refused(mutations):
    body = WHOLE
    for start, length, piece in mutations:
        body = body[:start] + piece + body[start + length :]
    _read_or_refused(body)


def test_names_without_end_leave_no_memory_behind():
    def named(turn):
        return rss("".join(f"<n{turn}x{n}/>" for n in range(60_000)))

    parse(named(0))
    before = resident_mb()
    for turn in range(1, 6):
        parse(named(turn))
    assert resident_mb() - before < 15
