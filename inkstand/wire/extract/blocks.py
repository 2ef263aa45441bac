"""A page's tree as its blocks of text in document order.

A block is the longest run of text that no block-level element interrupts. Each keeps the way up from its element,
so that what classes, tags and neighbours say can be weighed without walking the tree again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import lxml.html

from inkstand.wire.extract.signs import HIDDEN, signs

MAX_DEPTH = 200
"""Deeper text is read as if it stood here: no page of a newspaper nests half as deep."""

_INLINE = frozenset(
    [
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "img",
        ),
        *("ins", "kbd", "label", "mark", "nobr", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small", "source"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    ]
)
WITHIN = ("article", "main", "aside", "header", "form", "ul", "ol", "table", "figure", "blockquote", "section", "a")
_WITHIN = {tag: 1 << place for place, tag in enumerate(WITHIN)}
_LINK, _BOLD, _ITALIC = 1, 2, 4
_STYLE = {"a": _LINK, "b": _BOLD, "strong": _BOLD, "i": _ITALIC, "em": _ITALIC}


class Place:
    """An element on the way up: what its own classes say, and which tags it stands within."""

    __slots__ = ("above", "depth", "element", "signs", "within")

    def __init__(self, element: lxml.html.HtmlElement, above: Place | None, said: int) -> None:
        self.element, self.above, self.signs = element, above, said
        self.depth: int = above.depth + 1 if above else 0
        self.within: int = (above.within if above else 0) | _WITHIN.get(str(element.tag), 0)

    def way_up(self) -> list[Place]:
        """This place and all above it."""
        way: list[Place] = []
        place: Place | None = self
        while place is not None:
            way.append(place)
            place = place.above
        return way


@dataclass(slots=True)
class Block:
    """One run of text. `linked`, `bold`, `italic` count its characters so marked; `runs` are where its text stands."""

    place: Place
    text: str = ""
    linked: int = 0
    bold: int = 0
    italic: int = 0
    runs: list[tuple[lxml.html.HtmlElement, bool]] = field(default_factory=list)


def blocks(tree: lxml.html.HtmlElement) -> list[Block]:
    """The page's blocks; none is empty."""
    body = tree.find("body")
    walk = _Walk()
    start = body if body is not None else tree
    walk.block(start, Place(start, None, 0))
    walk.end_block()
    return walk.found


class _Walk:
    def __init__(self) -> None:
        self.found: list[Block] = []
        self._parts: list[str] = []
        self._open: Block | None = None

    def block(self, element: lxml.html.HtmlElement, place: Place) -> None:
        """Text and children of a block-level element."""
        self._content(element, place, 0)
        self.end_block()

    def end_block(self) -> None:
        if self._open is not None:
            self._open.text = " ".join("".join(self._parts).split())
            self.found.append(self._open)
        self._open, self._parts = None, []

    def _content(self, element: lxml.html.HtmlElement, place: Place, style: int) -> None:
        if element.text:
            self._add(element, False, element.text, place, style)
        for child in element:
            self._child(child, place, style)
            if child.tail:
                self._add(child, True, child.tail, place, style)

    def _child(self, child: lxml.html.HtmlElement, place: Place, style: int) -> None:
        tag = child.tag
        if tag == "br":
            self._line_break(child)
        elif place.depth > MAX_DEPTH:
            self._add(child, False, " ".join(child.itertext()), place, style)
        elif tag in _INLINE:
            self._content(child, _inline_place(child, place), style | _STYLE.get(tag, 0))
        else:
            self.end_block()
            self.block(child, Place(child, place, _said(child)))

    def _line_break(self, child: lxml.html.HtmlElement) -> None:
        """Two in a row end a paragraph."""
        follower = child.getnext()
        if follower is not None and follower.tag == "br" and not (child.tail or "").strip():
            self.end_block()
        else:
            self._parts.append(" ")

    def _add(self, element: lxml.html.HtmlElement, tail: bool, text: str, place: Place, style: int) -> None:
        length = len(text.strip())
        if length:
            if self._open is None:
                self._open = Block(place)
            self._open.linked += length if style & _LINK else 0
            self._open.bold += length if style & _BOLD else 0
            self._open.italic += length if style & _ITALIC else 0
            self._open.runs.append((element, tail))
        self._parts.append(text)


def _inline_place(child: lxml.html.HtmlElement, place: Place) -> Place:
    """Inline elements count as places where they link, nest, or have classes."""
    names = child.get("class")
    return Place(child, place, signs(names) if names else 0) if names or child.tag == "a" or len(child) else place


def _said(element: lxml.html.HtmlElement) -> int:
    get = element.get
    names, name, role = get("class"), get("id"), get("itemprop")
    said = signs(f"{names or ''} {name or ''} {role or ''}") if names or name or role else 0
    if (
        get("hidden") is not None
        or get("aria-hidden") == "true"
        or "display:none" in (get("style") or "").replace(" ", "")
    ):
        said |= HIDDEN
    return said
