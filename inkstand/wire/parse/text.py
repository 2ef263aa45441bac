"""The text of elements: headlines as plain text, everything longer as HTML.

Feeds double their escapes, forget to say that a title is HTML, and say so when it is not. A headline here is what a
person should read: markup that is certainly markup goes, entities become characters, spaces are single.
"""

import base64
import binascii
import html
import re
from typing import Final

from lxml import etree

from inkstand.wire.parse import limits

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
# Tags that stand in headlines as markup. Others (a headline that speaks of <canvas>) are text unless HTML is declared.
_INLINE: Final = "a|abbr|b|big|br|cite|code|del|em|font|i|img|ins|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|wbr"
_ANY_TAG: Final = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--)>", re.S)
_INLINE_TAG: Final = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.I)
_PAIR: Final = re.compile(rf"</(?:{_INLINE})\s*>|<br\s*/?>", re.I)
_BREAKING: Final = re.compile(r"<(?:/?p|br|/?div|/?li)\b[^<>]*>", re.I)
_MARKUP: Final = re.compile(
    r"</[a-zA-Z][\w-]*\s*>|<(?:br|img|p|hr)\b[^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[\da-f]{2,5});", re.I
)
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{2,7}|#[xX][\da-fA-F]{2,6});")
# UTF-8 once taken for latin-1 and encoded again; and windows-1252's quotes left at their code positions.
# Written from one class of characters: a search for it is three times as fast as for the two alternatives.
_ODD: Final = re.compile("[\x80-\xf4](?:(?<=[\x80-\x9f])|(?<=[\xc2-\xf4])[\x80-\xbf])")
_C1: Final = {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)}
_VOID: Final = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_EMPTY: Final = re.compile(rf"<(?!(?:{_VOID})[\s/])(([^\s<>/]+)[^<>]*)/>", re.I)


def squeezed(text: str, cap: int = limits.HEADLINE) -> str:
    """One line: spaces single, at most `cap` characters, cut at a word with an ellipsis."""
    front = " ".join(text[: cap + cap // 4].split())  # mostly enough to fill the line
    if len(front) <= cap:
        front = " ".join(text[: cap * 4].split())
    return front if len(front) <= cap else f"{front[:cap].rsplit(' ', 1)[0][:cap]}…"


def plain(text: str, *, markup: bool = False, cap: int = limits.HEADLINE) -> str:
    """A line of plain text from one that may hold markup; `markup` says that the feed declared it as HTML."""
    if "<" in text or "&" in text:
        text = _unmarked(text[: cap * 4], markup=markup)
    if not text.isascii() and _ODD.search(text, 0, cap + cap // 4):
        text = _once(text[: cap * 4])
    if len(text) > cap:
        return squeezed(text, cap)
    # Of all white space only single spaces are printable: most lines need no more than their ends trimmed.
    return text.strip() if "  " not in text and text.isprintable() else " ".join(text.split())


def _unmarked(text: str, *, markup: bool) -> str:
    """Two rounds, because feeds escape twice: the second only takes what cannot be a headline's own text."""
    for certain in (markup, False):
        if "<" in text and (certain or _PAIR.search(text)):
            text = (_ANY_TAG if certain else _INLINE_TAG).sub("", _BREAKING.sub(" ", text))
        if "&" in text:
            text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return text


def _once(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text.translate(_C1)


def line(element: etree._Element, cap: int = limits.LINE) -> str:
    """An element's text as one plain line, tags within it left out."""
    text = "".join(_texts(element)) if len(element) else element.text
    return plain(text, cap=cap) if text else ""


def headline(element: etree._Element) -> str:
    """A title element as plain text. Atom's `type` and `mode` are obeyed, RSS's silence is guessed from."""
    if len(element):
        return plain("".join(_texts(element)))
    text = element.text or ""
    if "<" not in text and "&" not in text and not element.get("mode"):
        return plain(text)
    if element.get("mode") == "base64":
        text = _from_base64(text)
    return plain(text, markup="html" in element.get("type", ""))


def _texts(element: etree._Element) -> list[str]:
    parts = [element.text or ""]
    for child in element.iter():
        if child is element:
            continue
        if isinstance(child.tag, str):
            parts.append(child.text or "")
        parts.append(child.tail or "")
    return parts


def markup(element: etree._Element) -> str:
    """An element's content as HTML, as delivered: inline XHTML is serialised, plain text is escaped."""
    if len(element):
        return _serialised(element)[: limits.HTML]
    text = element.text
    if not text:
        return ""
    kind = element.get("type", "")
    if kind or element.get("mode"):
        text = _declared(text, kind, element)
    elif ("<" in text or "&" in text) and str(element.tag).startswith(_ATOM):
        text = hypertext(text)  # Atom's silence means plain text, RSS's means HTML
    return text.strip()[: limits.HTML]


def _declared(text: str, kind: str, element: etree._Element) -> str:
    if element.get("mode") == "base64" or _is_binary(kind):
        return _from_base64(text)
    return hypertext(text) if kind in ("text", "text/plain", "plain") else text


def _is_binary(kind: str) -> bool:
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("xml", "html"))


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def hypertext(text: str) -> str:
    """Text said to be plain, as HTML: escaped, unless it is plainly markup that was mislabelled."""
    text = text.strip()
    return text if _MARKUP.search(text) else html.escape(text, quote=False)


def _serialised(element: etree._Element) -> str:
    """The content of an element with children, as HTML: no namespaces, nothing self-closed that HTML leaves open.
    A lone wrapping div, which Atom asks for, is left out."""
    first = element[0]
    if len(element) == 1 and str(first.tag).endswith("div") and _blank(element.text) and _blank(first.tail):
        element = first
    whole = etree.tostring(element, encoding="unicode", with_tail=False)
    text = whole[whole.find(">") + 1 : whole.rfind("</")].strip()  # the serialiser declares namespaces at the first tag
    if prefix := first.prefix:
        text = text.replace(f"<{prefix}:", "<").replace(f"</{prefix}:", "</")
    return _opened(text) if "/>" in text else text


def _blank(text: str | None) -> bool:
    return not text or text.isspace()


def _opened(text: str) -> str:
    """XML's self-closed tags as HTML has them. The serialiser escapes ">" everywhere else, so "/>" only ends tags."""
    return _EMPTY.sub(r"<\1></\2>", text).replace("/>", ">")


def storable(text: str) -> str:
    """Without NUL and halves of a surrogate pair: PostgreSQL stores neither."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
