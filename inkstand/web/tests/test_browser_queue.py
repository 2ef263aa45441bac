"""What is done without a line: kept on the device, written when the line is back, and written once."""

import json

import pytest

from inkstand.articles.models import Article
from inkstand.reading.models import Done, Highlight, Read, Saved
from inkstand.web.tests.conftest import CHROMIUM, granted
from inkstand.web.tests.test_browser_offline import lies_there, soon

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
# Selects the first so many signs of the text's last paragraph, as a reader's finger would.
SELECT = """(count) => {
  const text = document.querySelector(".prose p:last-child").firstChild, range = document.createRange();
  range.setStart(text, 0); range.setEnd(text, count);
  getSelection().removeAllRanges(); getSelection().addRange(range); }"""
QUOTE = "Only whoever may read"


@pytest.fixture
def ada(visit, paper, settings, live_server):
    """Her page of the first article, whose worker is at work and has it."""
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0
    session = granted("ada", "member", -3, None).cookies["sessionid"].value
    page = visit("/about/")
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/about/")
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.goto(address())
    assert lies_there(page, address())
    page.wait_for_selector(".mark-tools", state="attached")
    return page


def first():
    return Article.objects.order_by("pk").first()


def address():
    return f"/article/{first().pk}/"


def waits(page):
    return page.evaluate("waiting.all().then((deeds) => deeds.map((deed) => deed.do))")


def mark(page):
    page.evaluate(SELECT, len(QUOTE))
    page.click(".mark-tools [data-mark=mark]")
    page.wait_for_selector("mark[data-key]")


def test_saved_and_marked_without_a_line_is_written_when_it_is_back_and_once(ada):
    ada.context.set_offline(True)
    ada.goto(address())
    ada.wait_for_selector(".mark-tools", state="attached")
    ada.click("[data-do=save]")
    assert soon(lambda: ada.locator("[data-do=save]").get_attribute("aria-pressed") == "true")
    mark(ada)
    assert soon(lambda: {"save", "highlight"} <= set(waits(ada)))
    ada.goto(address())
    ada.wait_for_selector("mark[data-key]")
    assert ada.inner_text("mark[data-key]") == QUOTE
    assert Saved.objects.count() == Highlight.objects.count() == 0
    ada.context.set_offline(False)
    ada.goto("/latest/")
    assert soon(lambda: waits(ada) == [])
    assert Saved.objects.get().article_id == first().pk
    assert Highlight.objects.get().quote == QUOTE


def test_what_was_sent_and_not_heard_of_is_sent_again_and_written_once(ada):
    lost = []

    def lose(route):
        route.fetch()
        lost.append(json.loads(route.request.post_data))
        route.abort()

    ada.route(
        "**/mine/", lambda route: lose(route) if route.request.method == "POST" and not lost else route.continue_()
    )
    ada.click("[data-do=save]")
    assert soon(lambda: ada.evaluate("1") and lost and Saved.objects.count() == 1)
    assert "save" in waits(ada)
    ada.evaluate("dispatchEvent(new Event('online'))")
    assert soon(lambda: waits(ada) == [])
    assert Done.objects.filter(subject__startswith="save").count() == 1 and Saved.objects.count() == 1


def test_a_highlight_takes_a_note_is_listed_and_taken_out_again(ada):
    mark(ada)
    ada.click("mark[data-key]")
    ada.fill("dialog textarea", "Ask the harbour master.")
    ada.click("dialog button[value=save]")
    assert soon(lambda: Highlight.objects.filter(note="Ask the harbour master.").exists())
    assert ada.inner_text(".my-marks blockquote") == QUOTE
    ada.goto("/highlights/")
    assert "Ask the harbour master." in ada.inner_text("main")
    ada.goto(address())
    ada.wait_for_selector("mark.noted")
    ada.click(".my-marks li button")
    ada.click("dialog button[value=remove]")
    assert soon(lambda: not Highlight.objects.exists())
    assert ada.locator("mark").count() == 0 and ada.locator(".my-marks").is_hidden()


def test_a_mark_is_found_again_where_the_text_moved(ada):
    mark(ada)
    assert soon(lambda: Highlight.objects.exists())
    said = first().current
    said.body = f"<p>A paragraph that came later.</p>{said.body}"
    said.save()
    ada.wait_for_timeout(3100)
    ada.goto(address())
    ada.wait_for_selector("mark[data-key]")
    assert ada.inner_text("mark[data-key]") == QUOTE


def test_how_far_was_read_is_written_and_led_on_to_on_another_device(ada, visit, live_server):
    Read.objects.all().delete()
    ada.evaluate("scrollTo(0, document.querySelector('.prose').offsetTop)")
    ada.wait_for_timeout(5200)
    ada.goto("/latest/")
    assert soon(lambda: Read.objects.filter(article=first(), revision=1).exists())
    Read.objects.update(progress=50)
    session = next(each["value"] for each in ada.context.cookies() if each["name"] == "sessionid")
    other = visit("/about/")
    other.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    other.goto(address())
    other.wait_for_selector("[data-do=on]")
    before = other.evaluate("scrollY")
    other.click("[data-do=on]")
    assert soon(lambda: other.evaluate("scrollY") > before)


def test_a_deed_of_another_reader_on_this_device_is_not_sent_as_ones_own(ada):
    ada.evaluate("waiting.add({do: 'save', article: 1, whose: 'somebody-else'})")
    ada.evaluate("dispatchEvent(new Event('online'))")
    ada.click("[data-do=save]")
    assert soon(lambda: Saved.objects.count() == 1)
    assert soon(lambda: waits(ada) == ["save"])
    assert Saved.objects.get().article_id == first().pk


def test_the_chosen_text_is_told_and_stands_on_the_next_device(ada, visit, live_server):
    ada.click(".looks summary")
    ada.click(".looks [data-look=size] button[value=large]")
    session = next(each["value"] for each in ada.context.cookies() if each["name"] == "sessionid")
    other = visit("/about/")
    other.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    other.wait_for_timeout(500)
    other.goto(address())
    assert soon(lambda: other.evaluate("document.documentElement.dataset.size") == "large")
