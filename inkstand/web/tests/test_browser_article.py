"""What a reader does with an article, in a real browser: listen, look, share, marks, progress, keys."""

import json

import pytest

from inkstand.articles.models import Article
from inkstand.web.tests.conftest import CHROMIUM, DESK, granted

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
# A voice that says each piece in a blink, and what it was told to say.
VOICE = """
class Utterance { constructor(text) { this.text = text; } }
const said = [], synth = {
  getVoices: () => VOICES, addEventListener() {},
  cancel() { clearTimeout(this.timer); const last = this.last; this.last = null; last?.onerror?.({error: "canceled"}); },
  speak(words) { said.push([words.text, words.rate]); this.last = words; if (!window.held) this.timer = setTimeout(() => { this.last = null; words.onend?.(); }, 80); },
};
Object.defineProperty(window, "speechSynthesis", {value: synth});
window.SpeechSynthesisUtterance = Utterance;
window.said = said;
"""  # noqa: E501
# What the page wears when its body begins.
AT_FIRST = """new MutationObserver(() => window.first ??= document.body && {...document.documentElement.dataset})
.observe(document, {childList: true, subtree: true})"""
LAZY = """Promise.all(["listen", "marks", "help"].map((name) =>
  import(document.querySelector("script[type=module]").src.replace("app.js", `${name}.js`))))"""
HERE = json.dumps([{"lang": "en-GB", "localService": True, "default": True, "name": "Here"}])
AWAY = json.dumps([{"lang": "en-GB", "localService": False, "default": True, "name": "Away"}])


def an_article():
    return f"/article/{Article.objects.first().pk}/"


@pytest.fixture
def speaking(visit):
    def speaking(voices=HERE, held=False, **said):
        page = visit("/about/", **said)
        page.add_init_script(f"const VOICES = {voices}; window.held = {json.dumps(held)};" + VOICE)
        page.goto(an_article())
        page.click("[data-do=listen]")
        return page

    return speaking


def spoken(page):
    return [text for text, _ in page.evaluate("said")]


def test_it_is_read_out_to_its_end_and_the_player_goes(speaking):
    page = speaking()
    page.wait_for_selector(".player")
    page.wait_for_selector(".player", state="detached")
    text = " ".join(spoken(page))
    assert text.startswith(Article.objects.first().current.headline)
    assert text.endswith("learns what the harbour master said.")
    assert max(map(len, spoken(page))) <= 220
    assert page.locator("[data-do=listen]").get_attribute("aria-pressed") == "false"


def test_the_text_is_followed_paused_sped_up_and_left(speaking):
    page = speaking(held=True)
    page.wait_for_selector(".player")
    assert page.locator(".spoken").count() == 1 and page.locator("h1.spoken").count() == 1
    page.click("[data-listen=on]")
    page.click("[data-listen=on]")
    assert page.locator(".prose p.spoken").count() == 1
    page.select_option(".player select", "1.5")
    assert page.evaluate("said.at(-1)[1]") == 1.5
    page.click("[data-listen=toggle]")
    count = page.evaluate("said.length")
    page.click("[data-listen=toggle]")
    assert page.evaluate("said.length") == count + 1
    page.click("[data-listen=stop]")
    assert page.locator(".spoken, .player").count() == 0


def test_a_voice_that_is_not_on_the_device_is_not_used(speaking):
    page = speaking(AWAY)
    page.wait_for_selector(".toast")
    assert "no voice of its own" in page.inner_text(".toast") and spoken(page) == []


def test_the_chosen_text_stands_on_the_next_page_before_it_is_painted(visit):
    page = visit(an_article(), viewport=DESK)
    before = page.evaluate("getComputedStyle(document.querySelector('.prose')).fontSize")
    page.click(".looks summary")
    for name, value in (("size", "larger"), ("width", "wide"), ("face", "sans"), ("theme", "sepia")):
        page.click(f".looks [data-look={name}] button[value={value}]")
        assert page.locator(f".looks [data-look={name}] [aria-pressed=true]").get_attribute("value") == value
    page.add_init_script(AT_FIRST)
    page.goto(an_article())
    assert page.evaluate("[first.size, first.width, first.face, first.theme]") == ["larger", "wide", "sans", "sepia"]
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).fontSize") > before
    assert "rgb(248, 240, 224)" in page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_link_is_copied_where_the_device_shares_nothing(visit, live_server):
    page = visit(an_article(), permissions=["clipboard-read", "clipboard-write"])
    page.click("[data-do=share]")
    page.wait_for_selector(".toast")
    assert page.evaluate("navigator.clipboard.readText()") == live_server.url + an_article()


def test_a_link_to_give_stands_whole_on_a_phone_and_is_copied(visit, live_server, settings):
    settings.ACCESS = "members"
    page = visit("/about/", permissions=["clipboard-read", "clipboard-write"])
    session = granted("ada", "member", -3, None).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{an_article()}give/")
    page.click("text=Make the link")
    page.click("[data-copy]")
    page.wait_for_selector(".toast")
    handed = page.locator(".handed")
    assert page.evaluate("navigator.clipboard.readText()") == handed.inner_text()
    assert handed.evaluate("(it) => it.scrollWidth <= it.clientWidth && getComputedStyle(it).userSelect") == "all"


def test_keys_lead_through_a_list_and_from_article_to_article(visit):
    page = visit("/latest/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.pathname")
    assert second == page.locator("main .card h3 a").nth(1).get_attribute("href")
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url("**/article/*/")
    page.keyboard.press("j")
    page.wait_for_url(f"**{second}")
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_url("**/")


def test_the_help_sheet_opens_over_any_page_and_keys_can_be_turned_off(visit):
    page = visit("/latest/")
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open] .keys")
    assert page.locator("dialog dt").count() == page.locator("dialog dd").count() >= 10
    page.click("dialog [data-keys]")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    assert page.complaints == []


def test_without_script_help_is_a_page_and_no_tool_is_shown(visit):
    page = visit("/help/", java_script_enabled=False)
    assert page.locator(".keys dt").count() >= 10 and page.locator(".switch").is_hidden()
    page.goto(an_article())
    assert page.locator(".tools").is_hidden() and page.locator(".my-marks").is_hidden()


def test_keys_typed_into_a_field_are_letters(visit):
    page = visit("/account/login/")
    page.locator("input[name=login]").focus()
    page.keyboard.type("gfj?")
    assert page.input_value("input[name=login]") == "gfj?" and page.locator("dialog").count() == 0


def test_how_far_it_was_read_and_which_state_is_kept_on_the_device(visit):
    page = visit(an_article())
    page.wait_for_selector(".progress", state="attached")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_selector(".progress[style*='100%']", state="attached")
    page.wait_for_timeout(5100)
    page.goto("/latest/")
    seen = page.evaluate("JSON.parse(localStorage.getItem('read'))")
    assert seen[str(Article.objects.first().pk)]["progress"] == 100


def test_scripts_of_an_article_weigh_less_than_thirty_kilobytes(visit):
    page = visit("/about/")
    sizes = {}
    page.on("response", lambda answer: sizes.update({answer.url: int(answer.headers.get("content-length", 0))}))
    page.goto(an_article())
    page.evaluate(LAZY)
    scripts = [size for url, size in sizes.items() if "/assets/" in url and url.endswith(".js")]
    assert len(scripts) >= 8 and min(scripts) > 0 and sum(scripts) < 30_000


def test_the_sheet_of_looks_goes_when_anything_else_is_pressed(visit):
    page = visit("/about/", permissions=["clipboard-read", "clipboard-write"])
    page.goto(an_article())
    sheet = page.locator(".sheet-of-looks")
    for away in (lambda: page.click("[data-do=share]"), lambda: page.keyboard.press("Escape")):
        page.click(".looks summary")
        page.click(".sheet-of-looks [value=large]")
        assert sheet.is_visible()
        away()
        assert sheet.is_hidden()
