"""A text as a run of blocks (paragraphs, headings, list items), each a run of words: what can be laid side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from lxml import html

from inkstand.kit.html.names import names

Shape = tuple[str, ...]

_BLOCKS = names(
    "p div section article address details summary blockquote pre ul ol dl li dt dd figure figcaption "
    "h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr hr"
)
_KEPT_AROUND = names("blockquote ul ol")
_KEPT = names("h2 h3 h4 h5 h6 li pre")
_MARKS = names("a em strong i b u s sub sup small code kbd samp q cite abbr bdi bdo")
# Scripts that set no space between words are compared sign by sign; the stops after a word are words of their own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_STOPS = ".,;:!?…،؛؟।"
_WORD = re.compile(
    rf"([{_UNSPACED}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|[{_STOPS}]+"
    rf"|[^\s{_UNSPACED}]{{1,60}}?(?=[{_STOPS}]{{0,3}}(?:[\s{_UNSPACED}]|$))|[^\s{_UNSPACED}]{{1,60}})(\s*)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """`space`: what stood after it. `marks`: the start tags it stands in, outermost first, as they may be printed."""

    text: str
    space: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """`shape`: the start tags around it, outermost first: `("<ul>", "<li>")`."""

    shape: Shape
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def words_of(text: str, marks: tuple[str, ...] = ()) -> Iterator[Word]:
    for said, space in _WORD.findall(text):
        yield Word(said, " " if space else "", marks)


def blocks_of(body: str) -> list[Block]:
    """The blocks of clean HTML in their order, those without a word left out. Pictures have none."""
    if not body.strip():
        return []
    reader = _Reader()
    reader.read(html.fragment_fromstring(body, create_parent="div"), ("<p>",), ())
    reader.end()
    return reader.blocks


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._shape: Shape = ("<p>",)
        self._words: list[Word] = []

    def read(self, element: html.HtmlElement, shape: Shape, marks: tuple[str, ...]) -> None:
        self._say(element.text, shape, marks)
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child.tag in _BLOCKS:
                self.end()
                self.read(child, _shape(child, shape), marks)
                self.end()
            else:
                if child.tag in ("br", "td", "th"):
                    self._part()
                self.read(child, shape, (*marks, _start(child)) if child.tag in _MARKS else marks)
            self._say(child.tail, shape, marks)

    def end(self) -> None:
        if self._words:
            self.blocks.append(Block(self._shape, tuple(self._words)))
        self._words = []

    def _say(self, text: str | None, shape: Shape, marks: tuple[str, ...]) -> None:
        if not text:
            return
        if text[0].isspace():
            self._part()
        self._shape = shape
        self._words += words_of(text, marks)

    def _part(self) -> None:
        """The word before ends here, whatever comes next."""
        if self._words and not self._words[-1].space:
            last = self._words[-1]
            self._words[-1] = Word(last.text, " ", last.marks)


def _shape(element: html.HtmlElement, around: Shape) -> Shape:
    outer = tuple(tag for tag in around if tag.split()[0].strip("<>") in _KEPT_AROUND)
    if element.tag in _KEPT_AROUND:
        return (*outer, f"<{element.tag}>") if element.tag != "blockquote" else (*outer, "<blockquote>", "<p>")
    name = "h2" if element.tag == "h1" else element.tag if element.tag in _KEPT else "p"
    return (*outer, _start(element, name))


def _start(element: html.HtmlElement, name: str = "") -> str:
    """Its start tag anew, with the attributes that still mean something where it is printed."""
    said = [(key, element.get(key)) for key in ("href", "rel", "title", "lang", "dir")]
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in said if value)
    return f"<{name or str(element.tag)}{attributes}>"
