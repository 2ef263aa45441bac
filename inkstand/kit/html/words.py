"""The words of HTML, without its tags."""

import html as entities
import re

import nh3

from inkstand.kit.html.guard import MAX_CHARS, within_bounds
from inkstand.kit.html.names import names

_BLOCKS = names(
    "p div section article header footer h1 h2 h3 h4 h5 h6 blockquote pre ul ol dl figure figcaption table hr "
    "br li dt dd tr td th"
)
_UNREAD = names(
    "script style iframe noscript noembed noframes template textarea select button svg math canvas object title"
)
_TO_BLOCKS = nh3.Cleaner(tags=set(_BLOCKS), clean_content_tags=set(_UNREAD), attributes={}, link_rel=None)
_CELL = re.compile(r"</?t[dh]>")
_LINE = re.compile(r"<(?:br|li|dt|dd|tr)>")
_LINE_END = re.compile(r"</(?:li|dt|dd|tr)>")
_BLOCK = re.compile(r"</?[a-z0-9]+>")
_ANY_TAG = re.compile(r"<[^>]*(?:>|$)")
_ANY_UNREAD = re.compile(r"<(script|style)\b.*?(?:</\1|$)", re.IGNORECASE | re.DOTALL)
# Thai, Lao, Burmese, Khmer; kana and Chinese characters.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_UNSPACED}]{{1,2}}|[^\\s{_UNSPACED}]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def text(html: str) -> str:
    """The words of any HTML: paragraphs apart by an empty line, lines by one break, spaces single."""
    if "<" not in html:
        return _spaced(entities.unescape(html) if "&" in html else html)
    bounded = within_bounds(html)
    if bounded is None:
        return bare_words(html)
    blocks = re.sub(r"\s+", " ", bounded) if "<pre" not in bounded else bounded
    blocks = _LINE.sub("\n", _LINE_END.sub("", _CELL.sub(" ", _TO_BLOCKS.clean(blocks))))
    return _spaced(entities.unescape(_BLOCK.sub("\n\n", blocks)))


def bare_words(html: str) -> str:
    """The words of HTML that is too costly to parse, by striking out what looks like a tag."""
    return _spaced(entities.unescape(_ANY_TAG.sub(" ", _ANY_UNREAD.sub(" ", html[:MAX_CHARS]))))


def paragraphs(words: str) -> str:
    """Plain text as HTML: a paragraph for each stretch between empty lines, `<br>` for single breaks."""
    kept = (entities.escape(part, quote=False).replace("\u00a0", " ") for part in _spaced(words).split("\n\n") if part)
    return "".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in kept)


def lead(html: str, words: int = 60) -> str:
    """The first paragraphs up to so many words, as clean HTML without links: what a teaser may show."""
    whole = text(html)
    first, rest = parted(whole, words)
    gap = whole[len(first) : len(whole) - len(rest)]
    return paragraphs(f"{first} …" if rest and "\n\n" not in gap else first)


def parted(plain: str, words: int) -> tuple[str, str]:
    """Plain text in two: its first words, at most so many, and the rest. In scripts that set no spaces, two characters
    count as a word: else the whole of a Chinese article were its first sixty."""
    for number, word in enumerate(_WORD.finditer(plain)):
        if number == words:
            return plain[: word.start()].rstrip(), plain[word.start() :]
    return plain, ""


def _spaced(words: str) -> str:
    lines = (" ".join(line.split()) for line in words.replace("\0", "").split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
