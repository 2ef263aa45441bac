"""Bytes of any encoding to UTF-8, by evidence first and by what is claimed second.

The order, and why it is not simply RFC 7303's (mark, header, declaration): both claims are wrong in practice far more
often than bytes that decode as UTF-8 are anything else. So: a byte order mark; zero bytes where wide encodings put
them; valid UTF-8; then the header and the declaration, read as browsers read those labels (latin-1 means
windows-1252, gb2312 means gb18030); then UTF-8 with stray windows-1252 bytes mended; then a detector.
"""

import codecs
import re
from functools import lru_cache
from typing import Final

from resiliparse.parse.encoding import detect_encoding

# The 32-bit marks first: the 16-bit little-endian mark is their beginning.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<" and the ASCII character after it look without a mark (XML 1.0, appendix F); JSON's "{" likewise.
_WIDE: Final = (
    (re.compile(rb"[<{\s]\0\0\0[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{\s]\0\0\0[^\0]"), "utf-32-be"),
    (re.compile(rb"[<{\s]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{\s]\0[^\0]"), "utf-16-be"),
)
_EBCDIC: Final = b"\x4c\x6f\xa7\x94"  # "<?xm" as IBM mainframes write it
_DECLARED: Final = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)""")
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)

# Labels that stand for more than they say, as browsers have it (WHATWG Encoding Standard).
_READ_AS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_UNKNOWN_TO_PYTHON: Final = {
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "x-windows-949": "cp949",
    "windows-874": "cp874",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "iso-8859-8-i": "iso8859-8",
    "unicode": "utf-16",
    "iso-10646-ucs-2": "utf-16",
    "iso-10646-ucs-4": "utf-32",
}
_SEVEN_BIT: Final = {
    "iso2022_jp",
    "iso2022_jp_1",
    "iso2022_jp_2",
    "iso2022_jp_3",
    "iso2022_kr",
    "hz",
}  # never utf-7: it hides markup
_TWO_BYTE: Final = {"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"}
# Python's windows-1252 leaves five bytes undefined; browsers keep them as control characters.
_STRAY: Final = {0xDC00 + n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0x100)}


_UTF8: Final = (b'"utf-8"', b"'utf-8'")


def says_utf8(body: bytes, content_type: str) -> bool:
    """Whether nothing speaks against UTF-8, so that a parser that checks it may be asked first."""
    if "charset" in content_type and "utf-8" not in content_type.lower():
        return False
    head = body[:200].lstrip().lower()
    if not head.startswith(b"<?xml"):
        return head[:1] == b"<" and head[1:2] not in b"\0"  # bytes of wide encodings have zeros between
    declaration = head.partition(b"?>")[0]
    return b"encoding" not in declaration or any(name in declaration for name in _UTF8)


def to_utf8(body: bytes, content_type: str = "") -> bytes:
    """The same document in UTF-8, without a byte order mark. Never raises; what no guess can read is mended."""
    for mark, encoding in _MARKS:
        if body.startswith(mark) and (encoding != "utf-16-le" or body[2:4] != b"\0\0"):
            return _decoded(body[len(mark) :], encoding)
    if b"\0" in body[:4] and (wide := _wide(body)):
        return _decoded(body, wide)
    if body.isascii():
        return _seven_bit(body, content_type)
    try:
        body.decode()
    except UnicodeDecodeError:
        return _legacy(body, content_type)
    return _valid(body, content_type)


def _wide(body: bytes) -> str:
    return next((encoding for shape, encoding in _WIDE if shape.match(body)), "")


def _decoded(body: bytes, encoding: str) -> bytes:
    if encoding == "utf-8":
        try:
            body.decode()
        except UnicodeDecodeError:
            return _mended(body)
        return body
    return body.decode(encoding, "ignore").encode("utf-8", "ignore")


def _seven_bit(body: bytes, content_type: str) -> bytes:
    """All ASCII: UTF-8 already, but for encodings that hide their text behind escapes."""
    if b"\x1b" not in body and b"~{" not in body:
        return body
    claimed = [encoding for encoding in _claims(body, content_type) if encoding in _SEVEN_BIT]
    for encoding in claimed or (["iso2022_jp"] if b"\x1b$" in body else []):
        if (text := _strictly(body, encoding)) is not None:
            return text.encode("utf-8", "ignore")
    return body


def _valid(body: bytes, content_type: str) -> bytes:
    """Valid UTF-8 it is, unless a two-byte encoding is claimed, fits too, and no longer sequence speaks for UTF-8."""
    claimed = [encoding for encoding in _claims(body, content_type) if encoding in _TWO_BYTE]
    if claimed and not re.search(rb"[\xe0-\xf4][\x80-\xbf]{2}", body):
        for encoding in claimed:
            if (text := _strictly(body, encoding)) is not None:
                return text.encode("utf-8", "ignore")
    return body


def _legacy(body: bytes, content_type: str) -> bytes:
    if body.startswith(_EBCDIC):
        return _ebcdic(body)
    for encoding in _claims(body, content_type):
        if not encoding.startswith("utf") and (text := _strictly(body, encoding)) is not None:
            return text.encode("utf-8", "ignore")
    if not _mostly_utf8(body) and (text := _detected(body)) is not None:
        return text.encode("utf-8", "ignore")
    return _mended(body)


def _ebcdic(body: bytes) -> bytes:
    head = body[:200].decode("cp037")
    named = re.search(r"""encoding\s*=\s*["']([\w.:-]+)""", head)
    encoding = _name(named[1]) if named else ""
    return body.decode(encoding if encoding.startswith("cp") else "cp037", "ignore").encode("utf-8", "ignore")


def _claims(body: bytes, content_type: str) -> list[str]:
    """What the header and the declaration say, in that order (RFC 7303), as encodings Python can read."""
    header, declaration = _CHARSET.search(content_type), _DECLARED.search(body, 0, 1024)
    said = (header[1] if header else "", declaration[1].decode("ascii", "ignore") if declaration else "")
    return [name for name in map(_name, said) if name]


@lru_cache(64)
def _name(label: str) -> str:
    """Python's name for a label, "" for one nobody knows."""
    if not label:
        return ""
    label = label.lower()
    try:
        name = codecs.lookup(_UNKNOWN_TO_PYTHON.get(label, label)).name
        b"".decode(name)  # refuses the codecs that do not make text
    except (LookupError, ValueError, UnicodeError):
        return ""
    return _READ_AS.get(name, name)


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        pass
    return body.decode("cp1252", "replace") if encoding == "cp1252" else _nearly(body, encoding)


def _nearly(body: bytes, encoding: str) -> str | None:
    """A document cut in the middle of a character, or with a few bad ones, still is what it says."""
    try:
        text = body.decode(encoding, "replace")
    except (LookupError, ValueError):
        return None
    bad = text.count("\ufffd")
    return text if bad <= 1 + sum(not c.isascii() for c in text[:20_000]) // 50 else None


def _mostly_utf8(body: bytes) -> bool:
    text = body[:200_000].decode("utf-8", "surrogateescape")
    stray = len(re.findall("[\udc80-\udcff]", text))
    good = sum(1 for c in re.findall(r"[^\x00-\x7f]", text)) - stray
    return good >= stray


def _detected(body: bytes) -> str | None:
    """What a detector makes of the text; the markup, all ASCII, would only dilute it."""
    sample = b" ".join(part for part in re.split(rb"[<>]", body[:400_000]) if not part.isascii())[:20_000]
    name = _name(detect_encoding(sample) or "")
    candidates = [name] if name and not name.startswith("utf") else ["cp949", "cp932", "gb18030"]
    return next((text for one in candidates if (text := _strictly(body, one)) is not None), None)


def _mended(body: bytes) -> bytes:
    """UTF-8 with strays: each byte that is not UTF-8 is what it would be in windows-1252."""
    return body.decode("utf-8", "surrogateescape").translate(_STRAY).encode("utf-8", "ignore")
