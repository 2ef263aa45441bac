"""The article in a page: its text and what the page says of it.

Three readers are asked. The page's own JSON-LD says headline, people, times, section and pictures, and the text where
the page prints none. trafilatura gives its view of the text. Both the tree and that view are weighed block by block
(`features`, `weights`), and the blocks likely to be text are kept. Pure: bytes in, values out; raises `PageUnreadable`
and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime

from inkstand.articles.pictures import pictures as pictures_in
from inkstand.articles.values import Picture
from inkstand.kit import html
from inkstand.wire.extract.blocks import Block, blocks
from inkstand.wire.extract.body import body_html, is_caption, joined
from inkstand.wire.extract.features import features, kept_by
from inkstand.wire.extract.linked_data import Said, said
from inkstand.wire.extract.opinion import second_opinion
from inkstand.wire.extract.page import Page, PageUnreadable, read_page
from inkstand.wire.extract.rules import apply_rules
from inkstand.wire.extract.weights import Weights, learned

__all__ = ["Extracted", "PageUnreadable", "extract", "text_of"]

LIKELY = 0.5
TRUSTED = 0.3
"""Where less than this share of what trafilatura took is likely, the page is like none learned from: its view holds."""

_ENOUGH_OF_LINKED_DATA = 0.6
_LONG = 8


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as its page prints it. `body_html` is clean; `text` is its words without captions.

    `how` says where the text came from: "blocks", "json-ld", "trafilatura" or "" where there is none. `free` is the
    page's own word on whether it may be read without paying, None where it says nothing.
    """

    body_html: str
    text: str
    headline: str
    standfirst: str
    byline: tuple[str, ...]
    section: str
    published: datetime | None
    updated: datetime | None
    language: str
    pictures: tuple[Picture, ...]
    canonical: str
    free: bool | None
    how: str


def extract(data: bytes, *, url: str, content_type: str = "") -> Extracted:
    """The article in a page fetched from `url`. Raises `PageUnreadable` where there is no HTML."""
    page = read_page(data, url=url, content_type=content_type)
    apply_rules(page.tree, url=url)
    about = said(page, url=url)
    body, text, how = _text(page, about, url)
    return Extracted(
        body, text, about.headline, about.standfirst, about.byline, about.section, about.published, about.updated,
        about.language, _pictures(about.pictures, body), about.canonical, about.free, how,
    )  # fmt: skip


def text_of(page: Page, weights: Weights) -> tuple[list[Block], list[Block], str]:
    """All blocks of a page, those that are its text, and trafilatura's view of it."""
    found = blocks(page.tree)
    opinion = second_opinion(page.tree)
    kept = kept_by(opinion, found)
    seen = features(found, title=page.title, kept=kept)
    likely = [weights.likelihood(row) > LIKELY for row in seen]
    chosen = [block for block, text in zip(found, _trusted(found, likely, kept), strict=True) if text]
    return found, _once([block for block in chosen if not is_caption(block)]), opinion


def _trusted(found: list[Block], likely: list[bool], kept: list[bool]) -> list[bool]:
    each = list(zip(found, likely, kept, strict=True))
    agreed = sum(len(block.text) for block, text, taken in each if text and taken)
    return likely if agreed >= TRUSTED * sum(len(block.text) for block, _, taken in each if taken) else kept


def _text(page: Page, about: Said, url: str) -> tuple[str, str, str]:
    """(body as HTML, its words, where they came from)."""
    found, chosen, opinion = text_of(page, learned())
    text, told = joined(chosen), html.text(about.body)
    if len(text) < _ENOUGH_OF_LINKED_DATA * len(told):
        return about.body, told, "json-ld"
    if text:
        return body_html(found, chosen, base_url=url), text, "blocks"
    return html.as_html(opinion), opinion, "trafilatura" if opinion else ""


def _once(likely: list[Block]) -> list[Block]:
    """Without paragraphs that a page prints twice, for wide and for narrow screens."""
    met: set[str] = set()
    kept = []
    for block in likely:
        if block.text not in met or block.text.count(" ") < _LONG:
            kept.append(block)
        met.add(block.text)
    return kept


def _pictures(told: tuple[Picture, ...], body: str) -> tuple[Picture, ...]:
    """The body's pictures in their order after those the page names; each once, the one with more words said of it."""
    found: dict[str, Picture] = {}
    for picture in (*told, *pictures_in(body)):
        key = picture.url.partition("?")[0]
        if key not in found or (picture.caption and not found[key].caption):
            found[key] = picture
    return tuple(found.values())
