"""What the paper hands to programs: feeds, sitemaps, the card of a story. Read back by our own reader of feeds."""

import io
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from PIL import Image

from inkstand.articles.models import Article
from inkstand.desk.models import Pick
from inkstand.kit import clock
from inkstand.ranking.page import print_fronts
from inkstand.stories.models import Account, Story
from inkstand.titles.models import Terms, Title
from inkstand.web.drawing import card
from inkstand.web.pages import picture
from inkstand.web.tests.conftest import LEAD, NOW, SECRET, Counting, draft, jpeg, print_articles, title
from inkstand.wire.parse import parse

FEEDS = ["front", "latest", "picks", "good-news", "section/world", "title/harbour-courier"]


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def printed(db, now, settings):
    settings.ACCESS = "members"
    articles = print_articles(title(), *(draft(n) for n in range(6)))
    for kind in (Pick.Kind.PICK, Pick.Kind.GOOD):
        Pick.objects.create(article=articles[2], kind=kind, starts_at=NOW)
    print_fronts(now=NOW)
    return articles


@pytest.fixture
def dot():
    return Client()


@pytest.mark.parametrize("name", FEEDS)
def test_every_list_is_a_feed_that_our_own_reader_reads(dot, printed, name):
    atom, told = parse(dot.get(f"/feeds/{name}.atom").content), dot.get(f"/feeds/{name}.json").json()
    assert atom.path == "fast"
    assert [item.headline for item in atom.items] == [item["title"] for item in told["items"]]
    assert {item.headline for item in atom.items} <= {f"Harbour report number {n}" for n in range(6)}
    assert atom.items[0].authors == ("Ana Ruiz", "Tom Okafor", "Harbour Courier")
    assert atom.items[0].published == NOW - timedelta(minutes=int(atom.items[0].headline[-1]))


@pytest.mark.parametrize("name", FEEDS)
def test_no_feed_carries_what_is_behind_the_wall(dot, printed, name):
    for form in ("atom", "json"):
        text = dot.get(f"/feeds/{name}.{form}").content.decode()
        assert LEAD in text
        assert SECRET not in text


def test_a_title_everyone_may_read_is_whole_in_its_feed(dot, printed):
    Terms.objects.update(readable="everyone")
    assert SECRET in dot.get("/feeds/latest.json").json()["items"][0]["content_html"]


def test_headline_only_is_headline_only(dot, printed):
    Terms.objects.update(readable="headline")
    item = dot.get("/feeds/latest.json").json()["items"][0]
    assert "summary" not in item
    assert item["content_html"].strip() == ""
    assert item["external_url"].startswith("https://example.org/")


def test_what_is_withdrawn_is_in_no_feed(dot, printed):
    for article in printed:
        article.withdrawn_at = NOW
        article.save(update_fields=["withdrawn_at"])
    for name in FEEDS:
        assert dot.get(f"/feeds/{name}.json").json()["items"] == []


def test_a_story_that_became_part_of_another_is_heard_on(dot, printed):
    one, other = (Story.objects.get(lead=article) for article in printed[:2])
    Account.objects.filter(story=one).update(story=other)
    Story.objects.filter(pk=one.pk).update(merged_into=other)
    assert len(dot.get(f"/feeds/story/{one.pk}.json").json()["items"]) == 2


def test_what_xml_cannot_carry_is_left_out(dot, db, now):
    print_articles(title(), draft(1, headline="Ice \x0bon the ropes", standfirst="A\x0cB"))
    assert parse(dot.get("/feeds/latest.atom").content).items[0].headline == "Ice on the ropes"


def test_asked_again_it_says_that_nothing_is_new(dot, printed):
    mark = dot.get("/feeds/latest.atom").headers["ETag"]
    assert dot.get("/feeds/latest.atom", headers={"If-None-Match": mark}).status_code == 304


@pytest.mark.parametrize("path", ["section/mars.atom", "nothing.json", "story/x.atom", "story/999.json", "latest.rss"])
def test_there_is_no_such_feed(dot, db, path):
    assert dot.get(f"/feeds/{path}").status_code == 404


@pytest.mark.parametrize("page", ["/", "/latest/", "/section/world/", "/title/harbour-courier/", "/picks/"])
def test_a_page_names_its_feeds(dot, printed, page):
    html = dot.get(page).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    feed = html.split('application/feed+json" title="JSON Feed" href="')[1].split('"')[0]
    assert json.loads(dot.get(feed).content)["version"] == "https://jsonfeed.org/version/1.1"


def places(dot, address):
    root = ElementTree.fromstring(dot.get(address).content)
    return [place.text for place in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_crawlers_find_the_sitemaps_and_each_page_in_them_answers(dot, printed):
    Story.objects.update(titles=2)
    robots = dot.get("/robots.txt").content.decode()
    assert "Disallow: /account/" in robots
    maps = places(dot, robots.split("Sitemap: ")[1].strip())
    assert len(maps) == 3
    found = [place for address in maps for place in places(dot, address)]
    assert len(found) > 12
    assert [place for place in found if "/section/" in place] == ["http://testserver/section/world/"]
    assert {dot.get(place.removeprefix("http://testserver")).status_code for place in found} == {200}


def test_the_news_sitemap_has_what_its_publisher_lets_us_be_found_for(dot, printed, settings):
    assert places(dot, "/sitemap-news.xml") == []
    Terms.objects.update(is_canonical=True)
    assert len(places(dot, "/sitemap-news.xml")) == 6
    settings.NAME = "Harbour & Quay"
    Title.objects.update(language="en-GB")
    Article.objects.update(language="")
    told = dot.get("/sitemap-news.xml").content.decode()
    assert told.count("<news:name>Harbour &amp; Quay</news:name><news:language>en</news:language>") == 6
    page = dot.get(f"/article/{printed[0].pk}/").content.decode()
    assert f'<link rel="canonical" href="http://testserver/article/{printed[0].pk}/">' in page


def test_without_its_leave_the_publishers_page_is_the_one_to_be_found(dot, printed):
    page = dot.get(f"/article/{printed[0].pk}/").content.decode()
    assert f'<link rel="canonical" href="{printed[0].url}">' in page


def test_a_shared_story_has_a_card(dot, printed, tmp_path, settings, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setattr(picture, "Fetcher", lambda: Counting(jpeg()))
    story = Story.objects.get(lead=printed[0])
    answer = dot.get(f"/story/{story.pk}/card.jpg")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert f"/story/{story.pk}/card.jpg" in dot.get(f"/story/{story.pk}/").content.decode()


@pytest.mark.parametrize("headline", ["Ice", "Лёд на канатах", "港口结冰", "word " * 200, ""])
@pytest.mark.parametrize("picture", [None, b"no picture"])
def test_a_card_is_drawn_of_any_headline(headline, picture):
    assert Image.open(io.BytesIO(card(headline, "3 titles", picture, "Inkstand"))).size == (1200, 630)
