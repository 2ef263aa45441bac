"""Every page of the paper under axe-core, light and dark, on a phone: no violation of WCAG 2.2 AA, nor of what is best
practice. A page that is added and not walked here fails the last test."""

import pytest
from django.urls import URLResolver, resolve

from inkstand.articles.models import Article
from inkstand.billing.models import Contract
from inkstand.billing.withdraw import token
from inkstand.readers.models import Reader
from inkstand.royalties.models import Insider
from inkstand.royalties.tests.wiping import wipe
from inkstand.titles.models import Publisher
from inkstand.web import addresses
from inkstand.web.edition_letter import stop_address
from inkstand.web.tests.conftest import CHROMIUM, PHONE
from inkstand.web.tests.scene import fill_paper, live
from inkstand.web.tests.test_doors import shown
from inkstand.web.tests.test_membership import Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# In other colours nothing else is new.
IN_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
CHECK = """async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})).violations
  .map(({id, nodes}) => [id, nodes.slice(0, 3).map((each) => `${each.html.slice(0, 200)} ${each.failureSummary}`)])"""
SPOIL = """() => { const [text, image] = [document.querySelector("main p"), document.createElement("img")];
  text.style.color = "light-dark(#111, #222)"; image.src = "/favicon.ico"; text.append(image); }"""
EMAIL, PASSWORD = "bo@example.org", "under the frozen quay"

VISITOR = (
    "/", "/latest/", "/for-you/", "/section/world/", "/search/", "/search/?q=harbour", "/search/?q=nothingofthekind",
    "/picks/", "/good-news/", "/topics/", "/topic/environment/", "/person/Zo%C3%AB%20Lindqvist/", "/place/NO/",
    "/titles/", "/title/harbour-courier/", "/title/right-ar/", "/editions/", "/edition/",
    "/edition/2026-03-14/morning/en/", "/about/", "/help/", "/offline/", "/privacy/", "/membership/",
    "/membership/withdraw/", "/gift/", "/account/login/", "/account/signup/", "/account/signup/passkey/",
    "/account/login/code/", "/account/confirm-email/", "/account/inactive/", "/account/password/reset/",
    "/account/password/reset/done/", "/account/password/reset/key/done/", "/account/password/reset/key/x-y/",
    "/account/3rdparty/login/cancelled/",
)  # fmt: skip
TROUBLE = {"/account/3rdparty/login/error/": 401, "/section/nobody/": 404, "/open/?url=https://nobody.example/": 404}
READER = (
    "/", "/for-you/", "/for-you/profile/", "/saved/", "/history/", "/following/", "/highlights/", "/editions/",
    "/settings/", "/settings/export/", "/settings/erase/", "/fee/", "/publisher/", "/account/2fa/",
    "/account/2fa/webauthn/", "/account/2fa/webauthn/add/", "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/generate/", "/account/2fa/totp/deactivate/", "/account/sessions/", "/account/email/",
    "/account/password/change/", "/account/3rdparty/", "/account/reauthenticate/", "/account/2fa/reauthenticate/",
    "/account/logout/", "/membership/seats/", "/membership/code/", "/membership/leave/", "/search/?q=harbour",
    "/mine/ask/?do=follow&kind=section&key=world",
)  # fmt: skip


@pytest.fixture
def walk(visit, settings):
    """`walk(address)` opens a page and looks at it, or at the one that is open; what it finds, it keeps."""
    settings.ACCESS, settings.FREE_ARTICLES, settings.BILLING = "members", 0, "till"
    settings.OIDC_NAME = "Harbour ID"
    from axe_playwright_python.base import AXE_SCRIPT  # half a megabyte, read for these tests alone

    page = visit("about:blank", viewport=PHONE, reduced_motion="reduce", service_workers="block")
    page.found = []

    def look(rules, colours, where):
        page.emulate_media(color_scheme=colours)
        page.found.extend((where, colours, *found) for found in page.evaluate(CHECK, rules))

    def walk(address="", status=200):
        if address and (given := page.goto(address).status) != status:
            page.found.append((address, f"answers {given}"))
        page.evaluate(AXE_SCRIPT)
        look(STANDARDS, "light", page.url)
        look(IN_COLOUR, "dark", page.url)

    walk.page = page
    yield walk
    wipe()


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def test_it_would_be_found(walk):
    """Or the tests below would prove nothing."""
    walk.page.goto("/about/")
    walk.page.evaluate(SPOIL)
    walk()
    found = {(colours, rule) for _, colours, rule, _ in walk.page.found}
    assert {("light", "image-alt"), ("dark", "color-contrast")} <= found


def test_a_visitors_pages(walk):
    places = fill_paper()
    for address in VISITOR:
        walk(address)
    for address, status in TROUBLE.items():
        walk(address, status)
    for name, address in places.items():
        walk(address, 410 if name == "withdrawn" else 200)
    walk.page.goto("/account/login/code/")
    walk.page.get_by_label("Email").fill(EMAIL)
    press(walk.page, "Send me a code")
    walk()
    assert walk.page.found == []


@pytest.fixture
def bo(walk):
    """A reader's browser, who signed in by password just now, and has lived with the paper."""
    fill_paper()
    who = Reader.objects.create_user(EMAIL, PASSWORD, name="Bo Berg")
    who.emailaddress_set.create(email=EMAIL, verified=True, primary=True)
    live(who)
    for publisher in Publisher.objects.all()[:2]:
        Insider.objects.create(reader=who, publisher=publisher, sees_months=True)
    walk.page.goto("/account/login/")
    walk.page.get_by_label("Email").fill(EMAIL)
    walk.page.get_by_label("Password").fill(PASSWORD)
    press(walk.page, "Sign in")
    walk.page.wait_for_url("**/")
    return who


def test_a_readers_pages(walk, bo, monkeypatch):
    joins(walk, Town(monkeypatch))
    switches_on_an_app(walk)
    piece = Article.objects.order_by("pk")[1]
    for address in (
        *READER,
        f"/article/{piece.pk}/",
        f"/article/{piece.pk}/give/",
        f"/publisher/{Publisher.objects.first().pk}/",
        f"/membership/withdraw/{token(Contract.objects.get())}/",
        stop_address(bo),
    ):
        walk(address)
    walk.page.goto("/settings/erase/")
    press(walk.page, "Erase everything")
    walk.page.get_by_text("Receipt").first.wait_for()
    walk()
    assert walk.page.found == []


def joins(walk, town):
    """From the offer through the till to the page of a family's membership."""
    walk("/membership/")
    walk.page.check("input[value=family]")
    walk.page.check("input[name=begin]")
    press(walk.page, "Join")
    walk()
    press(walk.page, "Pay ")
    walk()
    town.work()
    walk("/membership/")
    press(walk.page, "Change how you pay")
    walk()


def switches_on_an_app(walk):
    walk("/account/2fa/totp/activate/")
    walk.page.get_by_label("Password").fill(PASSWORD)
    press(walk.page, "Go on")
    walk()
    walk.page.get_by_role("textbox").fill(shown("".join(walk.page.locator(".key-of span").all_inner_texts())))
    press(walk.page, "Switch it on")
    walk()


# Walked where they lead to from another page, or by an address that is made for one reader.
ON_THE_WAY = {
    "article", "story", "running", "changes", "edition", "publisher", "give", "withdraw", "stop-mail", "till", "thanks",
    "till-portal", "mfa_activate_totp", "account_confirm_login_code", "erased",
}  # fmt: skip
# They want a passkey, another house's door or a gift of somebody's; each is one form in the frame of those walked.
BY_INVITATION = {
    "account_set_password", "mfa_authenticate", "mfa_edit_webauthn", "mfa_login_webauthn", "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_signup_webauthn", "openid_connect_callback", "openid_connect_login",
    "socialaccount_signup", "gift", "gift-thanks", "own-seat", "seat",
}  # fmt: skip
# Files, small answers, and forms that lead to a page.
NO_PAGES = {
    "asset", "beat", "card", "edition-book", "end_session", "end_sessions", "favicon", "fee_keep", "for_you_export",
    "highlights_markdown", "invoice", "join", "levers", "manifest", "mfa_download_recovery_codes", "mine", "only-open",
    "go-on", "paper", "parcel", "pause", "picture", "seen", "source", "stay", "story_card", "ticket",
    "worker", "worth", None,
}  # fmt: skip


def named(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        else:
            yield pattern.name


def test_no_page_is_left_out():
    walked = {resolve(address.partition("?")[0]).url_name for address in (*VISITOR, *READER, *TROUBLE)}
    assert set(named(addresses.urlpatterns)) - walked - ON_THE_WAY - BY_INVITATION - NO_PAGES == set()
