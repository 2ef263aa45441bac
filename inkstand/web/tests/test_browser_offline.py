"""Without a line, in a real browser: what opens, what is wiped, and how a new worker takes over."""

import time
from datetime import timedelta

import pytest

from inkstand.articles.models import Article
from inkstand.kit import clock
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.web.tests.conftest import CHROMIUM, NOW, SECRET, granted

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
# All that lies in the worker's caches under a reader's name.
OWN = """(async () => (await Promise.all((await caches.keys()).filter((name) => name.startsWith("own-"))
  .map(async (name) => (await (await caches.open(name)).keys()).map((key) => new URL(key.url).pathname)))).flat())()"""


@pytest.fixture
def members_only(settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0


@pytest.fixture
def reading(visit, paper, members_only, live_server):
    """`reading("ada", "member", 30)`: a signed-in reader's page, whose worker is at work."""

    def reading(name="ada", kind="member", days=30):
        session = granted(name, kind, -3, days).cookies["sessionid"].value
        page = visit("/about/")
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto("/about/")
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        page.reload()
        return page

    return reading


def an_article(number=0):
    return f"/article/{Article.objects.order_by('pk')[number].pk}/"


def soon(question):
    """Whether it comes true before long: the worker works when it may, not when we ask."""
    for _ in range(100):
        if question():
            return True
        time.sleep(0.1)
    return False


def lies_there(page, address):
    return soon(lambda: address in page.evaluate(OWN))


def lies_nothing_there(page):
    return soon(lambda: not page.evaluate(OWN))


def ask_again(page):
    """As if the worker had last asked hours ago what its reader may read, and what to keep."""
    assert soon(lambda: page.evaluate("waiting.fact('right').then((right) => right?.asked > 0)"))
    page.evaluate("waiting.fact('right').then((right) => waiting.know('right', {...right, asked: 0}))")


def test_what_a_member_opened_opens_again_without_a_line_and_says_that_it_is_not_fresh(reading):
    page, address = reading(), an_article()
    page.goto(address)
    assert lies_there(page, address)
    page.context.set_offline(True)
    page.goto(address)
    assert SECRET in page.content()
    assert "You are reading the page as it was" in page.inner_text("main [role=status]")
    page.goto(an_article(1))
    assert "No connection just now" in page.inner_text("h1")


def test_saved_articles_and_their_pictures_are_brought_before_they_are_opened(reading):
    page, saved = reading(), an_article(5)
    who, article = Reader.objects.get(), Article.objects.order_by("pk")[5]
    carry_out(reader=who, actions=[action("save", at=NOW, article=article.pk)], now=NOW)
    # The worker may still be busy with the page before, and keep what it was told then.
    page.wait_for_load_state("networkidle")
    ask_again(page)
    page.goto("/latest/")
    assert lies_there(page, saved) and lies_there(page, "/")
    assert soon(lambda: any("/picture/" in path for path in page.evaluate(OWN)))
    page.context.set_offline(True)
    page.goto(saved)
    assert SECRET in page.content()
    assert page.evaluate("document.querySelector('.article figure img').decode().then(() => true)")
    page.goto("/")
    assert page.locator(".card.lead h3").is_visible()


def test_signing_out_wipes_every_text_from_the_device(reading, live_server):
    page, address = reading(), an_article()
    page.goto(address)
    assert lies_there(page, address)
    page.goto("/account/logout/")
    page.click(".door form .button")
    page.wait_for_url(live_server.url + "/")
    assert lies_nothing_there(page)
    assert page.evaluate("caches.has('pictures')") is False
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.context.set_offline(True)
    page.goto(address)
    assert "No connection just now" in page.inner_text("h1")


def test_texts_are_wiped_when_the_right_to_read_ends_even_without_a_line(reading):
    page, address = reading("bo", "trial", 1), an_article()
    page.goto(address)
    assert lies_there(page, address)
    page.context.set_offline(True)
    page.goto(address)
    assert SECRET in page.content()
    page.evaluate(
        "waiting.fact('right').then((right) => waiting.know('right', {...right, until: '2020-01-01T00:00:00Z'}))"
    )
    page.goto(address)
    assert "No connection just now" in page.inner_text("h1") and page.evaluate(OWN) == []


def test_texts_are_wiped_when_a_page_says_that_the_right_has_ended(reading):
    page, address = reading("bo", "trial", 1), an_article()
    page.goto(address)
    assert lies_there(page, address)
    Grant.objects.update(ends_at=NOW - timedelta(hours=1))
    page.goto("/latest/")
    assert soon(lambda: address not in page.evaluate(OWN))
    page.context.set_offline(True)
    page.goto(address)
    assert SECRET not in page.content()


def test_texts_are_wiped_when_the_session_has_ended_elsewhere(reading):
    page, address = reading(), an_article()
    page.goto(address)
    assert lies_there(page, address)
    page.context.clear_cookies()
    page.goto("/latest/")
    assert lies_nothing_there(page)


def test_one_reader_never_gets_what_another_kept(reading, live_server):
    page, address = reading("ada"), an_article()
    page.goto(address)
    assert lies_there(page, address)
    other = granted("bo", "trial", -3, 5).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": other, "url": live_server.url}])
    ask_again(page)
    page.goto("/latest/")
    assert lies_there(page, "/latest/")
    assert address not in page.evaluate(OWN)


def test_what_was_withdrawn_is_not_kept_once_it_was_asked_for(reading):
    page, address = reading(), an_article()
    page.goto(address)
    assert lies_there(page, address)
    Article.objects.filter(pk=address.split("/")[2]).update(withdrawn_at=clock.now())
    page.goto(address)
    assert soon(lambda: address not in page.evaluate(OWN))


def test_a_new_worker_waits_until_nobody_looks(reading, monkeypatch):
    page = reading()
    monkeypatch.setattr("inkstand.web.pages.app.KEPT", ("icon.svg",))
    page.evaluate("navigator.serviceWorker.ready.then((worker) => worker.update()).then(() => 0)")
    assert soon(lambda: page.evaluate("navigator.serviceWorker.ready.then((worker) => !!worker.waiting)"))
    shells = "caches.keys().then((names) => names.filter((name) => name.startsWith('shell-')).length)"
    assert page.evaluate(shells) == 2
    page.goto("/titles/")
    page.goto("/latest/")
    assert soon(lambda: page.evaluate(shells) == 1)
    assert page.complaints == []
