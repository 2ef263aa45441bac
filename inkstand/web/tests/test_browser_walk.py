"""The walk of a new reader, and of a member: from the front page through the wall to an account, what they follow, For
You, an edition, and on without a line; what they did there is written once they are back."""

import re

import pytest
from django.core import mail

from inkstand.articles.models import Article
from inkstand.editions.printing import print_public
from inkstand.reading.models import Follow, Read, Saved
from inkstand.web.tests.conftest import CHROMIUM, NOW, SECRET, granted
from inkstand.web.tests.test_browser_offline import lies_there, soon

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def page(visit, settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0
    print_public(NOW)
    return visit("/")


def opens_what_leads(page):
    page.click(".card.lead h3 a")
    page.wait_for_url("**/article/*/")
    return page.evaluate("location.pathname")


def number_of(article):
    return int(article.split("/")[2])


def signs_up_at_the_wall(page, article):
    """No card, no password: an address, and the code that comes to it."""
    assert SECRET not in page.content() and page.locator(".wall").is_visible()
    page.click(".wall .button")
    page.fill("input[name=email]", "dot@example.org")
    page.click(".door form .button")
    page.fill("input[name=code]", re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.M)[1])
    page.click(".door form .button >> nth=0")
    page.wait_for_url(f"**{article}")


def follows_its_title(page, article):
    title = Article.objects.get(pk=number_of(article)).title
    page.click(".whose .name")
    page.wait_for_url(f"**/title/{title.slug}/")
    lever = page.locator(f"[data-follow='title:{title.pk}']").first
    lever.click()
    assert soon(lambda: Follow.objects.filter(kind="title", key=str(title.pk)).exists())
    assert lever.get_attribute("aria-pressed") == "true"
    page.goto("/following/")
    assert title.name in page.inner_text("main")


def is_chosen_for(page, article):
    """What they follow is there; what they have read is not offered again."""
    page.click("nav.sections >> text=For You")
    page.wait_for_url("**/for-you/")
    offered = page.locator("main .card :is(h2, h3) a").evaluate_all("all => all.map(a => a.pathname)")
    followed = Article.objects.filter(title_id__in=[int(one.key) for one in Follow.objects.all()])
    assert offered and article not in offered
    assert {f"/article/{one.pk}/" for one in followed} & set(offered)


def reads_the_edition(page):
    page.goto("/edition/")
    assert page.locator(".number").count() == 10
    assert "That is all for this morning." in page.inner_text("main")
    return page.evaluate("location.pathname")


def goes_on_without_a_line(page, article, edition):
    assert lies_there(page, article) and lies_there(page, edition)
    page.context.set_offline(True)
    page.goto("/")
    assert page.locator(".card.lead h3").is_visible()
    page.goto(edition)
    assert "That is all for this morning." in page.inner_text("main")
    page.goto(article)
    assert SECRET in page.content()
    page.click("[data-do=save]")
    assert soon(lambda: page.locator("[data-do=save]").get_attribute("aria-pressed") == "true")
    page.goto("/topics/")
    assert "No connection just now" in page.inner_text("h1")
    assert not Saved.objects.exists()


def comes_back(page, article):
    page.context.set_offline(False)
    page.goto("/saved/")
    assert soon(lambda: Saved.objects.filter(article_id=number_of(article)).count() == 1)
    page.reload()
    assert page.locator(f"main .card a[href='{article}']").count() > 0
    assert Saved.objects.count() == 1 and Read.objects.filter(article_id=number_of(article)).count() == 1


def walks_on(page, article):
    assert SECRET in page.content() and page.locator(".wall").count() == 0
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    assert soon(lambda: page.evaluate("1") and Read.objects.filter(article_id=number_of(article)).exists())
    follows_its_title(page, article)
    is_chosen_for(page, article)
    edition = reads_the_edition(page)
    page.goto(article)
    goes_on_without_a_line(page, article, edition)
    comes_back(page, article)
    assert [said for said in page.complaints if "ERR_INTERNET_DISCONNECTED" not in said] == []


def test_a_visitor_becomes_a_reader_and_reads_on_without_a_line(page):
    article = opens_what_leads(page)
    signs_up_at_the_wall(page, article)
    walks_on(page, article)


def test_a_member_meets_no_wall(page, live_server):
    session = granted("ada", "member", -3, None).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto("/")
    walks_on(page, opens_what_leads(page))
