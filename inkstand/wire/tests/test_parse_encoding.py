"""Encodings: what was written is what is read, whatever was claimed."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.wire.parse import parse
from inkstand.wire.parse.encoding import to_utf8

LATIN = "Événement à Genève – le “déjà vu” coûte 5 €"
CYRILLIC = "Правительство объявило о новых мерах поддержки экономики"
JAPANESE = "首相は新しい経済政策を発表しました"
CHINESE = "中国政府今天宣布了新的经济政策"
TAIWAN = "台灣政府今天宣布新的經濟政策"
KOREAN = "대통령은 오늘 새로운 정책을 발표했다"
GREEK = "Η κυβέρνηση ανακοίνωσε νέα μέτρα"
HEBREW = "ראש הממשלה הודיע היום"
TURKISH = "İstanbul'da yağmur yağıyor, ışıklar sönüyor"
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy"
THAI = "รัฐบาลประกาศมาตรการใหม่"


def feed(text, declared=""):
    encoding = f' encoding="{declared}"' if declared else ""
    items = f"<item><title>{text}</title><guid>1</guid></item>"
    return f'<?xml version="1.0"{encoding}?><rss version="2.0"><channel><title>{text}</title>{items}</channel></rss>'


def read(body, content_type=""):
    document = parse(body, content_type=content_type)
    assert document.items[0].headline == document.title
    return document.title


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (LATIN, "utf-8", "utf-8"),
        (LATIN, "cp1252", "windows-1252"),
        (LATIN, "cp1252", "ISO-8859-1"),
        (LATIN, "cp1252", "us-ascii"),
        (LATIN.replace("–", "-").replace("“", '"').replace("”", '"'), "iso8859-15", "ISO-8859-15"),
        (LATIN, "mac_roman", "macintosh"),
        (LATIN, "utf-16", "utf-16"),
        (LATIN, "utf-32", "utf-32"),
        (CYRILLIC, "koi8-r", "KOI8-R"),
        (CYRILLIC, "cp1251", "windows-1251"),
        (CYRILLIC, "iso8859-5", "ISO-8859-5"),
        (CYRILLIC, "cp866", "IBM866"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "cp932", "x-sjis"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "ISO-2022-JP"),
        (CHINESE, "gb2312", "GB2312"),
        (CHINESE + "鎔", "gb18030", "gb2312"),
        (CHINESE, "gbk", "x-gbk"),
        (CHINESE, "hz", "hz-gb-2312"),
        (TAIWAN, "big5", "Big5"),
        (KOREAN, "euc_kr", "EUC-KR"),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (KOREAN, "iso2022_kr", "ISO-2022-KR"),
        (GREEK, "cp1253", "windows-1253"),
        (HEBREW, "cp1255", "iso-8859-8-i"),
        (TURKISH, "cp1254", "ISO-8859-9"),
        (CZECH, "cp1250", "windows-1250"),
        (CZECH, "iso8859-2", "ISO-8859-2"),
        (THAI, "cp874", "TIS-620"),
    ],
)
def test_what_is_declared_is_read(text, encoding, label):
    assert read(feed(text, label).encode(encoding)) == text
    assert read(feed(text).encode(encoding), f"application/rss+xml; charset={label}") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_seen_without_a_mark(encoding):
    assert read(feed(LATIN, "utf-16").encode(encoding)) == LATIN


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_beats_every_claim(mark, encoding):
    assert read(mark + feed(LATIN, "koi8-r").encode(encoding), "text/xml; charset=big5") == LATIN


@pytest.mark.parametrize(
    "claim", ["utf-16", "iso-8859-1", "windows-1251", "us-ascii", "no-such-encoding", "big5", "hex"]
)
def test_valid_utf8_beats_a_wrong_claim(claim):
    assert read(feed(LATIN, claim).encode(), f"text/xml; charset={claim}") == LATIN


def test_the_header_beats_the_declaration():
    assert read(feed(CYRILLIC, "iso-8859-1").encode("koi8-r"), "text/xml; charset='koi8-r'") == CYRILLIC


def test_short_two_byte_text_that_is_valid_utf8_by_chance_is_what_it_claims():
    assert read(feed("联通", "gb2312").encode("gb2312")) == "联通"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CYRILLIC, "koi8-r"),
        (CYRILLIC, "cp1251"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (TAIWAN, "big5"),
        (KOREAN, "euc_kr"),
        (LATIN, "cp1252"),
    ],
)
def test_what_nobody_declared_is_detected(text, encoding):
    assert read(feed(text).encode(encoding)) == text
    assert read(feed(text, "utf-8").encode(encoding)) == text


def test_a_few_latin_bytes_in_utf8_do_not_spoil_the_rest():
    body = feed("Genève | Zürich | CAFE", "utf-8").encode().replace(b"CAFE", b"caf\xe9 \x93new\x94")
    assert read(body) == "Genève | Zürich | café “new”"


def test_text_encoded_twice_is_decoded_twice():
    assert read(feed("Genève – déjà".encode().decode("latin-1"), "utf-8").encode()) == "Genève – déjà"
    assert read(feed("It&#146;s").encode()) == "It’s"


def test_mainframe_text_is_read():
    assert read(feed("Hello", "cp037").encode("cp037")) == "Hello"


def test_a_document_cut_within_a_character_still_is_what_it_says():
    assert parse(feed(JAPANESE, "shift_jis").encode("cp932")[:-16] + b"\x8e").title == JAPANESE


@given(
    st.binary(max_size=300), st.sampled_from(["", "text/xml; charset=utf-7", "x; charset=gb2312", "x; charset=idna"])
)
def test_any_bytes_become_utf8(body, content_type):
    to_utf8(body, content_type).decode("utf-8")
