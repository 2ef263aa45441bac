"""The paper in a real browser: what it asks for, how it reads without script, by keyboard, in the dark, offline."""

import re
from itertools import pairwise

import pytest
from django.core import mail
from playwright.sync_api import expect

from inkstand.articles.models import Article
from inkstand.stories.models import Account, RunningStory, Story
from inkstand.stories.summing import sum_up
from inkstand.web.tests.conftest import CHROMIUM, DESK, NOW, PHONE, reader, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]


def an_article():
    return f"/article/{Article.objects.first().pk}/"


def a_story():
    """Of all that the first two titles printed, with the third's printing it again."""
    told = list(Article.objects.order_by("pk"))
    story = told[0].account.story
    Account.objects.filter(article__in=told[:25]).update(story=story)
    Account.objects.filter(article__in=told[15:25]).update(copy_of=told[0])
    sum_up([story.pk])
    return f"/story/{story.pk}/"


def a_running_story():
    thread = RunningStory.objects.create(began_at=NOW, moved_at=NOW)
    Story.objects.update(running=thread)
    return f"/running/{thread.pk}/"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_is_whole_asks_only_us_and_does_not_complain(visit, viewport, colours, live_server):
    page = visit(viewport=viewport, color_scheme=colours)
    for address in (
        "/",
        an_article(),
        a_story(),
        a_running_story(),
        "/section/world/",
        "/latest/",
        "/title/meridian/",
        "/titles/",
        "/account/signup/",
    ):
        page.goto(address)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
        assert page.evaluate("[...document.images].every(i => i.hasAttribute('alt'))"), address
        assert _in_order(page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")), (
            address
        )
    assert page.complaints == []
    assert [url for url in page.asked if not url.startswith(live_server.url)] == []


@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_the_offer_is_whole_on_the_narrowest_phone(visit, settings, locale):
    settings.ACCESS, settings.BILLING = "members", "till"
    page = visit("/membership/", viewport={"width": 320, "height": 640}, locale=locale)
    expect(page.locator(".where select")).to_be_visible()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def _in_order(levels):
    return levels[0] == 1 and levels.count(1) == 1 and all(b - a <= 1 for a, b in pairwise(levels))


def test_without_script_everything_is_there(visit):
    page = visit(java_script_enabled=False)
    page.click(".card.lead h3 a")
    assert page.locator(".prose p").count() > 1
    assert page.locator("[data-install]").is_hidden() and page.locator(".theme").is_hidden()
    page.click("text=Latest")
    assert page.locator(".lines li").count() == 25


def test_by_keyboard_the_news_is_one_key_away(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_by_keyboard_and_without_script_a_card_says_why_it_is_there(visit):
    page = visit(java_script_enabled=False)
    why = page.locator(".card.lead .why")
    assert why.locator(".reasons").is_hidden()
    why.locator("summary").focus()
    page.keyboard.press("Enter")
    assert why.locator(".reasons li").first.is_visible()
    assert page.url.endswith("/")


def test_chosen_colours_stay_on_the_next_page(visit):
    page = visit(color_scheme="light")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".theme button[value=dark]")
    page.goto("/latest/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != paper
    assert page.locator(".theme button[value=dark]").get_attribute("aria-pressed") == "true"


def test_times_are_the_readers_own(visit):
    page = visit(timezone_id="Asia/Tokyo")
    assert page.locator(".latest time").first.inner_text() == "18:29"
    assert visit(java_script_enabled=False).locator(".latest time").first.inner_text() == "09:29"


def test_offline_the_paper_opens_as_it_was_last_seen(visit):
    page = visit()
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.goto("/")
    assert page.locator(".card.lead h3").is_visible()
    page.goto("/titles/")
    assert "No connection just now" in page.inner_text("h1")


def test_from_the_wall_to_the_text(visit, settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0
    address = an_article()
    page = visit(address)
    assert page.locator(".prose p").count() == 1
    page.click(".wall .button")
    page.fill("input[name=email]", "dot@example.org")
    page.click(".door form .button")
    page.fill("input[name=code]", re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.M)[1])
    page.click(".door form .button >> nth=0")
    page.wait_for_url(f"**{address}")
    assert page.locator(".prose p").count() == 2
    assert page.locator(".banner").count() == 0


def test_a_picture_that_cannot_be_had_leaves_no_hole(visit):
    page = visit(viewport={**DESK, "height": 9000}, service_workers="block")
    assert page.locator(".card .shot").count()
    page.route("**/picture/**", lambda route: route.fulfill(status=502))
    page.goto("/")
    expect(page.locator(".shot")).to_have_count(0)
    page.goto(an_article())
    expect(page.locator(".article figure")).to_have_count(0)


def test_days_are_written_one_way_on_a_page_whatever_english_its_reader_speaks(visit):
    american, british = (visit("/about/", locale=locale, timezone_id="UTC") for locale in ("en-US", "en-GB"))
    last = Article.objects.last()
    for page in (american, british):
        page.goto(f"/article/{last.pk}/")
    clock = f"{last.published_at:%H:%M}"
    assert american.locator(".times time").first.inner_text() == f"14 March 2026, {clock.removeprefix('0')} AM"
    assert british.locator(".times time").first.inner_text() == f"14 March 2026, {clock}"


def test_in_who_had_it_when_no_hour_runs_into_a_name(visit):
    page = visit("/about/", locale="en-US")
    page.goto(a_story())
    gaps = page.evaluate(
        """[...document.querySelectorAll(".order li")].map((line) => {
          const words = document.createRange();
          words.selectNodeContents(line.querySelector("time"));
          return line.querySelector("a").getBoundingClientRect().left - words.getBoundingClientRect().right;
        })"""
    )
    assert gaps and min(gaps) >= 8


@pytest.mark.parametrize("width", [390, 1280])
def test_the_ribbon_of_a_card_never_stands_on_a_line_of_its_own(visit, live_server, width):
    page = visit("/about/", viewport={"width": width, "height": 900}, locale="en-US")
    cookie = signed_in(reader("ada")).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto("/")
    offs = page.evaluate(
        """[...document.querySelectorAll(".card.bare .when:has(.keep):has(time)")].map((line) => {
          const [keep, time] = [".keep", "time"].map((name) => line.querySelector(name).getBoundingClientRect());
          return Math.abs(keep.top + keep.height / 2 - time.top - time.height / 2);
        })"""
    )
    assert len(offs) > 8 and max(offs) <= 8


def test_on_a_phone_the_ribbon_stands_under_the_picture_beside_the_words(visit, live_server):
    page = visit("/about/")
    cookie = signed_in(reader("ada")).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto("/")
    gaps = page.evaluate(
        """[...document.querySelectorAll(".card:not(.lead, .large):has(.shot)")].map((card) => {
          const [keep, shot] = [".keep", ".shot"].map((name) => card.querySelector(name).getBoundingClientRect());
          return [keep.top - shot.bottom, shot.right - keep.right];
        })"""
    )
    assert gaps and all(below >= -2 and abs(beside) <= 8 for below, beside in gaps), gaps
