"""UTF-8 to a tree: strictly where the document is well-formed, mended and leniently where it is not.

libxml2's own limits do the bounding, so they stay on: 256 levels, 10 MB a text, entities never grown beyond a factor
of five. No external entity is read, no address is opened. An entity declared by the document is taken only where its
text is plain; that is every honest use met so far, and no bomb can be built of it.
"""

import html.entities
import re
import threading
from collections.abc import Iterator
from typing import Final

from lxml import etree

from inkstand.wire.parse import limits

# libxml2 keeps every name it meets for the life of the thread (measured: 13 MB for 200,000 names). A document that
# may bring very many is therefore read on a thread of its own, whose names die with it. That doubles the time of a
# parse (fresh memory), so it is done for the very long and for those whose samples are rich in names only.
_VERY_LONG: Final = 1_000_000
_LONG: Final = 100_000
_SAMPLE: Final = 4_000
_RICH: Final = 150  # names in a sample; honest feeds have some thirty
_NAME: Final = re.compile(rb"<([A-Za-z_][\w:.-]*)")
_ATTRIBUTES: Final = 300

_CONTROL: Final = bytes([*range(9), 11, 12, *range(14, 32)])
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[(.*?)\]\s*)?>", re.S | re.I)
_ENTITY: Final = re.compile(rb"""<!ENTITY\s+([\w.-]{1,40})\s+(?:"([^"&%<]{0,200})"|'([^'&%<]{0,200})')""")
# Only what may be wrong: XML's own five and plain decimal references in the range of text pass untouched.
_REFERENCE: Final = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#[1-9]\d{2,3});)(?:#(?:[xX]([0-9a-fA-F]{1,6})|(\d{1,7}))|([\w.-]{1,40}))?(;?)"
)
_FIRST_ELEMENT: Final = re.compile(rb"<[A-Za-z_]")
_OF_XML: Final = {b"amp", b"lt", b"gt", b"quot", b"apos"}
_OF_HTML: Final = {name.encode(): f"&#{point};".encode() for name, point in html.entities.name2codepoint.items()}


def _parser(recover: bool) -> etree.XMLParser:
    # The encoding is given: the body is UTF-8 by now, whatever its declaration says.
    return etree.XMLParser(encoding="utf-8", recover=recover, no_network=True, resolve_entities=False)


_STRICT: Final = _parser(recover=False)
_LENIENT: Final = _parser(recover=True)


def strict(body: bytes) -> etree._Element | None:
    """The root of a well-formed document; None for any other, and for one with a DOCTYPE: it may name entities."""
    if body.find(b"<!DOCTYPE", 0, 4096) >= 0:
        return None
    return _root(body, recover=False)


def lenient(body: bytes) -> etree._Element | None:
    """The root of what could be read of a document that is not well-formed; None where nothing could."""
    return _root(mended(body), recover=True)


def _root(body: bytes, *, recover: bool) -> etree._Element | None:
    if not _is_rich_in_names(body):
        return _parsed(body, _LENIENT if recover else _STRICT)
    roots: list[etree._Element | None] = []
    thread = threading.Thread(target=lambda: roots.append(_parsed(body, _parser(recover))))
    thread.start()
    thread.join()
    return roots[0] if roots else None


def _is_rich_in_names(body: bytes) -> bool:
    if not _LONG < len(body) < _VERY_LONG:
        return len(body) >= _VERY_LONG
    samples = [body[start : start + _SAMPLE] for start in range(0, len(body), len(body) // 4)]
    return any(one.count(b'="') > _ATTRIBUTES or _names(one) > _RICH for one in samples)


def _names(sample: bytes) -> int:
    """How many different names a sample may hold: no more than it has tags, which are quicker to count."""
    tags = sample.count(b"<")
    return tags if tags <= _RICH else len(set(_NAME.findall(sample)))


def _parsed(body: bytes, parser: etree.XMLParser) -> etree._Element | None:
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def cut(body: bytes) -> bytes:
    """The front of a document that has more tags than we have memory for; its first items are in it."""
    if len(body) < limits.TAGS * len(b"<a>") or body.count(b"<") <= limits.TAGS:
        return body
    return body[: [found.start() for found in _first_tags(body)][-1]]


def _first_tags(body: bytes) -> Iterator[re.Match[bytes]]:
    return (found for _, found in zip(range(limits.TAGS), re.finditer(b"<", body), strict=False))


def mended(body: bytes) -> bytes:
    """The same document without what makes parsers stop: control characters, junk before the first tag, a DOCTYPE,
    named and broken references. What stands in a CDATA section stays as it is."""
    body = body.translate(None, _CONTROL)
    start = body.find(b"<")
    body, entities = _without_doctype(body[max(start, 0) :])
    text, *sections = body.split(b"<![CDATA[")
    return b"".join([_references(text, entities), *_sections(sections, entities)])


def _sections(sections: list[bytes], entities: dict[bytes, bytes]) -> Iterator[bytes]:
    for section in sections:
        inside, end, after = section.partition(b"]]>")
        yield b"<![CDATA[" + inside + end + _references(after, entities)


def _without_doctype(body: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """The body from its first element on, and the plain entities its DOCTYPE declared."""
    doctype = _DOCTYPE.search(body, 0, 100_000)
    head = _FIRST_ELEMENT.search(body, doctype.end() if doctype and _is_prolog(body, doctype) else 0)
    declared = (doctype[1] or b"") if doctype else b""
    entities = {found[1]: found[2] or found[3] or b"" for found in _ENTITY.finditer(declared)}
    entities = {name: value for name, value in entities.items() if name not in _OF_XML}
    growth = sum(len(value) * body.count(b"&" + name + b";") for name, value in entities.items())
    return body[head.start() :] if head else b"", entities if growth <= len(body) else dict.fromkeys(entities, b"")


def _is_prolog(body: bytes, doctype: re.Match[bytes]) -> bool:
    first = _FIRST_ELEMENT.search(body)
    return not first or doctype.start() < first.start()


def _references(text: bytes, entities: dict[bytes, bytes]) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        hexadecimal, decimal, name, end = found.groups()
        if hexadecimal or decimal:
            return _character(int(hexadecimal, 16) if hexadecimal else int(decimal))
        if name in _OF_XML and end:
            return found[0]
        if end and name in entities:
            return entities[name]
        return _OF_HTML.get(name or b"", b"") if end and name in _OF_HTML else b"&amp;" + found[0][1:]

    return _REFERENCE.sub(one, text)


def _character(point: int) -> bytes:
    """A character reference that XML allows, or nothing: no NUL, no half of a surrogate pair."""
    allowed = point in (9, 10, 13) or 32 <= point < 0xD800 or 0xE000 <= point < 0xFFFE or 0x10000 <= point < 0x110000
    return b"&#%d;" % point if allowed else b""
