"""For You in a real browser, with script and without: from the front page's order to one's own, and back."""

import pytest
from playwright.sync_api import expect

from inkstand.articles.models import Article
from inkstand.web.tests.conftest import CHROMIUM, note_complaints, reader, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def bo(db):
    return reader("bo")


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, chromium, live_server, paper, hung, bo):
    session = signed_in(bo).cookies["sessionid"].value
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, java_script_enabled=request.param
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    opened = context.new_page()
    note_complaints(opened)
    opened.goto("/for-you/")
    yield opened
    assert opened.complaints == []
    context.close()


def sections(page):
    addresses = page.locator(".chosen h2 a").evaluate_all("all => all.map(a => +a.pathname.split('/')[2])")
    known = dict(Article.objects.values_list("pk", "section"))
    return [known[pk] for pk in addresses]


def pull(page, number, lever):
    card = page.locator(".chosen > ol > li").nth(number)
    card.locator(".levers summary").click()
    card.get_by_role("button", name=lever).click()


def test_a_reader_makes_it_theirs_and_takes_it_back(page):
    fronts = sections(page)
    first = next(n for n, name in enumerate(fronts) if name != fronts[0])
    pull(page, first, "More of this")
    expect(page.get_by_role("status")).to_contain_text(f"You will see more of {fronts[first]} here.")
    assert sections(page)[:3] == [fronts[first]] * 3
    expect(page.locator(".because").first).to_have_text(f"Because you like to read {fronts[first]}.")

    pull(page, 0, f"Never {fronts[first]}")
    assert fronts[first] not in sections(page)

    page.get_by_role("link", name="Change your mind").click()
    page.get_by_role("button", name=f"Let it in again {fronts[first]}").click()
    page.locator("summary", has_text="Erase it").click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(page.get_by_role("status").last).to_contain_text("is erased")
    page.goto("/for-you/")
    assert sections(page) == fronts


def test_off_is_two_clicks_away_and_there_is_no_lever_left(page):
    page.get_by_role("link", name="See and edit it").click()
    page.get_by_role("button", name="Switch For You off").click()
    page.get_by_role("link", name="Back to For You").click()
    expect(page.locator(".levers")).to_have_count(0)
    expect(page.locator(".page-head")).to_contain_text("For You is off")
    page.get_by_role("button", name="Switch it on").click()
    page.goto("/for-you/")
    assert page.locator(".levers").count() > 3


@pytest.mark.parametrize("address", ["/for-you/", "/for-you/profile/"])
@pytest.mark.parametrize("width", [390, 1440])
def test_it_is_whole_at_any_width(page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    pull(page, 0, "More of this")
    page.goto(address)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
