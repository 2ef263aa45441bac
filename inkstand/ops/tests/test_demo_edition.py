"""The demo edition keeps the promises that pages, stories and the gate are tried on."""

import re
from collections import Counter, defaultdict
from xml.etree import ElementTree

import pytest

from inkstand.ops.demo.read import DemoArticle, edition, logo, picture, picture_names

ARTICLES = {article.key: article for article in edition().articles}
TITLES = {title.slug: title for title in edition().titles}
SECTIONS = {
    "World", "Politics", "Business", "Technology", "Science", "Climate", "Culture", "Sport", "Opinion", "Good news",
}  # fmt: skip
ALLOWED = {"p", "h2", "blockquote", "em"}
SVG = "{http://www.w3.org/2000/svg}"


def words(article: DemoArticle) -> int:
    return len(re.sub(r"<[^>]+>", " ", article.body).split())


def shingles(article: DemoArticle) -> set[str]:
    found = re.sub(r"<[^>]+>", " ", article.body).casefold().split()
    return {" ".join(found[i : i + 4]) for i in range(len(found) - 3)}


def likeness(one: DemoArticle, other: DemoArticle) -> float:
    return len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))


def stories() -> dict[str, list[DemoArticle]]:
    told = defaultdict(list)
    for article in edition().articles:
        if article.story:
            told[article.story].append(article)
    return told


def test_there_is_a_paper_to_look_at() -> None:
    assert len(TITLES) >= 8
    assert len(ARTICLES) >= 48
    assert {article.section for article in edition().articles} == SECTIONS
    assert {title.language for title in edition().titles} == {"en", "de", "es", "fr", "ar"}
    assert len({title.country for title in edition().titles}) >= 4


def test_the_edition_is_newest_first_and_always_fresh() -> None:
    minutes = [article.minutes for article in edition().articles]
    assert minutes == sorted(minutes)
    assert minutes[0] < 60
    assert minutes[-1] < 24 * 60


@pytest.mark.parametrize("key", ARTICLES)
def test_each_article_is_whole(key: str) -> None:
    article = ARTICLES[key]
    title = TITLES[article.title]
    assert article.headline
    assert article.standfirst
    assert 1 <= len(article.byline) <= 3
    assert article.section in SECTIONS
    assert article.language == title.language
    assert article.updated is None or article.updated < article.minutes
    assert set(re.findall(r"</?([a-z0-9]+)", article.body)) <= ALLOWED
    ElementTree.fromstring(f"<div>{article.body}</div>")
    assert not re.search(r"\+\+\+|^##|\*\w", article.body, re.MULTILINE)
    for shown in article.pictures:
        assert shown.name in picture_names()
        assert shown.caption != shown.credit != ""
        assert shown.alt


@pytest.mark.parametrize("key", ARTICLES)
def test_bodies_are_of_the_length_their_place_asks_for(key: str) -> None:
    article = ARTICLES[key]
    if TITLES[article.title].terms == "headline":
        assert article.body == ""
    elif article.main:
        assert 350 <= words(article) <= 800
        assert article.body.count("<h2>") >= 2
        assert "<blockquote>" in article.body
        assert article.pictures
    else:
        assert 100 <= words(article) <= 300


def test_a_dozen_pieces_carry_the_paper() -> None:
    assert sum(article.main for article in edition().articles) >= 12


@pytest.mark.parametrize("slug", TITLES)
def test_each_title_has_a_front_in_order_without_gaps(slug: str) -> None:
    positions = sorted(a.position for a in edition().articles if a.title == slug and a.position)
    assert positions == list(range(1, len(positions) + 1))
    assert positions


def test_events_are_told_by_several_titles_in_their_own_words() -> None:
    told = {name: accounts for name, accounts in stories().items() if len(accounts) >= 3}
    assert len(told) >= 4
    for accounts in told.values():
        assert len({article.title for article in accounts}) >= 3
        own = [article for article in accounts if not article.copy_of and article.body]
        assert all(likeness(a, b) < 0.1 for a in own for b in own if a.key < b.key)


def test_a_wire_piece_is_printed_by_another_title_almost_word_for_word() -> None:
    copies = [article for article in edition().articles if article.copy_of]
    assert copies
    for copy in copies:
        wire = ARTICLES[copy.copy_of]
        assert wire.minutes > copy.minutes, "the wire had it first"
        assert wire.title != copy.title
        assert 0.8 < likeness(wire, copy) < 1


def test_one_article_was_corrected_and_says_so() -> None:
    corrected = [article for article in edition().articles if article.earlier]
    assert corrected
    for article in corrected:
        assert article.earlier is not None
        assert article.notice
        assert article.updated is not None
        assert article.earlier.body != article.body
        assert article.earlier.headline != article.headline


def test_all_three_terms_occur_and_picks_and_good_news_are_marked() -> None:
    assert Counter(title.terms for title in edition().titles).keys() == {"everyone", "members", "headline"}
    assert sum(bool(article.pick) for article in edition().articles) >= 4
    assert sum(article.good for article in edition().articles) >= 4


def test_every_drawing_is_used() -> None:
    used = {shown.name for article in edition().articles for shown in article.pictures}
    assert set(picture_names()) == used
    assert len(used) >= 16


@pytest.mark.parametrize("name", picture_names())
def test_drawings_are_light_and_carry_no_text_and_no_script(name: str) -> None:
    svg = picture(name)
    root = ElementTree.fromstring(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert len(svg) < 12_000
    assert root.get("viewBox") == "0 0 1200 800"
    assert not tags & {"text", "script", "image", "foreignObject", "style"}
    assert b"href" not in svg


@pytest.mark.parametrize("slug", TITLES)
def test_each_title_has_a_wordmark_that_reads_on_light_and_on_dark(slug: str) -> None:
    root = ElementTree.fromstring(logo(slug))
    text = root.find(f".//{SVG}text")
    assert text is not None
    luminance = light(text.attrib["fill"])
    assert 1.05 / (luminance + 0.05) >= 3
    assert (luminance + 0.05) / (light("#14161a") + 0.05) >= 3


def light(colour: str) -> float:
    """Relative luminance of #rrggbb, by WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
