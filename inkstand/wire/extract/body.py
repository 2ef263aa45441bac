"""From the blocks that were chosen to the article's text and its HTML."""

import lxml.html
from lxml import etree

from inkstand.kit.html import clean
from inkstand.wire.extract.blocks import Block

Element = lxml.html.HtmlElement


def joined(chosen: list[Block]) -> str:
    """The words of the blocks: cells of a row on one line, points of a list by line, paragraphs apart."""
    parts: list[str] = []
    before: Block | None = None
    for block in chosen:
        parts += [_gap(before, block) if before else "", block.text]
        before = block
    return "".join(parts)


def _gap(before: Block, block: Block) -> str:
    tag = block.place.element.tag
    if tag in ("td", "th") and before.place.element.getparent() is block.place.element.getparent():
        return " "
    return "\n" if tag == "li" and before.place.element.tag == "li" else "\n\n"


def body_html(found: list[Block], chosen: list[Block], *, base_url: str) -> str:
    """Clean HTML of the chosen blocks with the pictures that stand among them. The tree is used up."""
    if not chosen:
        return ""
    top = _common(chosen)
    kept = {element for block in chosen for element in [block.place.element, *block.place.element.iterancestors()]}
    taken = {id(block) for block in chosen}
    _blank([block for block in found if id(block) not in taken and not _is_among(block, kept)])
    _without_stray_pictures(top, chosen, kept)
    return clean(str(etree.tostring(top, encoding="unicode", method="html", with_tail=False)), base_url=base_url)


def _common(chosen: list[Block]) -> Element:
    """The lowest block-level element over all chosen blocks."""
    way = [place.element for place in chosen[0].place.way_up()]
    for block in chosen[1:]:
        over = {place.element for place in block.place.way_up()}
        while way[0] not in over:
            del way[0]
    return way[0]


def is_caption(block: Block) -> bool:
    """Whether it stands under a picture: of 2,100 words in figures of real pages 15 were text."""
    figure = _figure(block)
    return figure is not None and figure.find(".//img") is not None


def _figure(block: Block) -> Element | None:
    return next((place.element for place in block.place.way_up() if place.element.tag == "figure"), None)


def _is_among(block: Block, kept: set[Element]) -> bool:
    figure = _figure(block)
    return figure is not None and figure.getparent() in kept and is_caption(block)


def _blank(unwanted: list[Block]) -> None:
    for block in unwanted:
        for element, is_tail in block.runs:
            if is_tail:
                element.tail = " "
            else:
                element.text = None


def _without_stray_pictures(top: Element, chosen: list[Block], kept: set[Element]) -> None:
    """Pictures before the first words and after the last, and those that stand in other things than figures."""
    first, last = chosen[0].place.element, chosen[-1].place.element
    among = False
    ended = False
    for element in list(top.iter("*")):
        among = among or element is first
        if element.tag == "img" and not ((among and not ended) and _is_of_the_text(element, kept)):
            element.drop_tree()
        ended = ended or (element is last and element is not first)


def _is_of_the_text(img: Element, kept: set[Element]) -> bool:
    """Whether a picture stands in a figure or by itself, not in a teaser with words and links of its own."""
    part = img
    while (over := part.getparent()) is not None and over not in kept:
        part = over
    return part.tag == "figure" or part.find(".//figure") is not None or part.find(".//a") is None
