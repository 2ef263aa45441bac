"""Arabic, Hebrew and Persian beside English on one page: each is set its own way, and neither pulls the other along."""

import pytest

from inkstand.web.tests.conftest import CHROMIUM, DESK
from inkstand.web.tests.scene import MIXED, fill_paper

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
# Texts whose first strong letter runs the one way, and that stand neither alone nor in a box that runs that way.
ASTRAY = r"""() => {
  const found = [], all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const right = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]{2}/u, sentence = /^[^\p{L}]*\p{Script=Latin}.*\s.*\s/u;
  while (all.nextNode()) {
    const text = all.currentNode.data, home = all.currentNode.parentElement.closest("bdi, [dir]");
    if (home.closest("script") || all.currentNode.parentElement.matches("script, style, option, title")) continue;
    if (home.matches("bdi, [dir=auto]")) continue;
    const way = getComputedStyle(home).direction;
    if (right.test(text) ? way !== "rtl" : sentence.test(text) && way === "rtl" && !home.closest(".prose"))
      found.push(`${way}: ${text.trim().slice(0, 60)} in ${all.currentNode.parentElement.outerHTML.slice(0, 120)}`);
  }
  return found; }"""
WAY = "(selector) => getComputedStyle(document.querySelector(selector)).direction"


@pytest.fixture
def page(visit):
    page = visit("about:blank", viewport=DESK, service_workers="block")
    page.places = fill_paper()
    return page


def test_every_text_runs_its_own_way_wherever_it_stands(page):
    found = {}
    places = (page.places[name] for name in ("story", "running", *(f"article in {language}" for language in MIXED)))
    for address in (
        "/", "/latest/", "/section/world/", "/titles/", "/title/right-ar/", "/title/right-fa/", "/search/?q=Oslo",
        "/topic/environment/", "/person/Zo%C3%AB%20Lindqvist/", "/edition/2026-03-14/morning/all/", *places,
    ):  # fmt: skip
        page.goto(address)
        if astray := page.evaluate(ASTRAY):
            found[address] = astray
    assert found == {}


@pytest.mark.parametrize("language", MIXED)
def test_an_article_is_set_from_the_right_and_what_we_say_in_it_from_the_left(page, language):
    page.goto(page.places[f"article in {language}"])
    for selector in ("h1", ".standfirst", ".prose p"):
        assert page.evaluate(WAY, selector) == "rtl", selector
        assert page.evaluate("(at) => document.querySelector(at).closest('[lang]').lang", selector) == language
    assert page.evaluate(WAY, ".times") == page.evaluate(WAY, ".tools") == "ltr"
    box, head = (page.locator(at).bounding_box() for at in (".article", "h1"))
    assert abs(box["x"] + box["width"] - head["x"] - head["width"]) < box["width"] / 4, "it begins at the right edge"
