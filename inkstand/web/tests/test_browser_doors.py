"""Passkeys and an authenticator app in a real browser, with a virtual authenticator in place of a finger."""

import json
import re
import zipfile

import pytest
from django.core import mail

from inkstand.readers.models import Reader
from inkstand.web.tests.conftest import CHROMIUM, DESK, PHONE
from inkstand.web.tests.test_doors import code, shown

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium on this machine"),
    pytest.mark.django_db(transaction=True),
]
FRONT = re.compile(r"//[^/]+/$")


@pytest.fixture
def holder(visit, live_server):
    """A reader's browser whose device can hold passkeys. Passkeys want a name, not a number, for the host."""

    def holder(address):
        page = visit("about:blank", base_url=live_server.url.replace("127.0.0.1", "localhost"), viewport=PHONE)
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        says = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        able = {**says, "isUserVerified": True, "automaticPresenceSimulation": True}
        page.authenticator = tools.send("WebAuthn.addVirtualAuthenticator", {"options": able})["authenticatorId"]
        page.tools = tools
        page.goto(address)
        return page

    return holder


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def keys_on(page):
    return page.tools.send("WebAuthn.getCredentials", {"authenticatorId": page.authenticator})["credentials"]


def signed_in(page):
    page.get_by_role("link", name="Sign out").first.wait_for()
    return True


def sign_out(page):
    page.goto("/account/logout/")
    press(page, "Sign out")
    page.wait_for_url(FRONT)


def test_a_reader_signs_up_with_a_passkey_and_comes_back_with_it(holder):
    page = holder("/account/signup/passkey/")
    page.get_by_label("Email").fill("dot@example.org")
    press(page, "Go on")
    page.get_by_label("Code").fill(code())
    press(page, "Confirm")
    assert page.get_by_label("What to call it").input_value() == "Chrome on Linux"
    press(page, "Make the passkey")
    page.wait_for_url(FRONT)
    assert signed_in(page) and [key["isResidentCredential"] for key in keys_on(page)] == [True]
    sign_out(page)
    page.goto("/account/login/?next=/latest/")
    press(page, "Use a passkey")
    page.wait_for_url("**/latest/")
    assert signed_in(page) and page.complaints == []
    dot = Reader.objects.get(email="dot@example.org")
    assert not dot.has_usable_password() and dot.authenticator_set.count() == 1


def test_a_passkey_that_was_removed_opens_nothing_and_locks_nobody_out(holder):
    Reader.objects.create_user("ada@example.org").emailaddress_set.create(
        email="ada@example.org", verified=True, primary=True
    )
    page = holder("/account/login/code/")
    page.get_by_label("Email").fill("ada@example.org")
    press(page, "Send me a code")
    page.get_by_label("Code").fill(code())
    press(page, "Sign in")
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("What to call it").fill("Ada’s telephone")
    press(page, "Make the passkey")
    page.wait_for_url("**/account/2fa/")
    assert page.get_by_text("Ada’s telephone", exact=True).is_visible()
    sign_out(page)
    page.goto("/account/login/code/")
    page.get_by_label("Email").fill("ada@example.org")
    press(page, "Send me a code")
    page.get_by_label("Code").fill(code())
    press(page, "Sign in")
    assert signed_in(page), "a code by mail is enough although there is a passkey"
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Remove Ada’s telephone").click()
    press(page, "Use a passkey")
    press(page, "Remove it")
    sign_out(page)
    page.goto("/account/login/")
    press(page, "Use a passkey")
    page.get_by_text("That does not fit").wait_for()
    assert page.get_by_role("link", name="Sign out").count() == 0


def test_an_app_asks_for_its_code_and_a_passkey_needs_none(holder):
    Reader.objects.create_user("bo@example.org", "under the frozen quay").emailaddress_set.create(
        email="bo@example.org", verified=True, primary=True
    )
    page = holder("/account/login/")

    def enter():
        page.get_by_label("Email").fill("bo@example.org")
        page.get_by_label("Password").fill("under the frozen quay")
        press(page, "Sign in")

    enter()
    page.goto("/account/2fa/totp/activate/")
    page.get_by_label("Password").fill("under the frozen quay")
    press(page, "Go on")
    secret = "".join(page.locator(".key-of span").all_inner_texts())
    assert page.locator("svg.qr").is_visible() and len(secret) == 32
    page.get_by_role("textbox").fill(shown(secret))
    press(page, "Switch it on")
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10 and mail.outbox[-1].subject == "Your authenticator app is on"
    page.goto("/account/2fa/webauthn/add/")
    press(page, "Make the passkey")
    page.wait_for_url("**/account/2fa/")
    sign_out(page)
    page.goto("/account/login/")
    enter()
    assert re.search("One more code", page.inner_text("h1"))
    page.get_by_label("Code").fill(shown(secret, 1))
    press(page, "Sign in")
    assert signed_in(page)
    sign_out(page)
    page.goto("/account/login/")
    press(page, "Use a passkey")
    page.wait_for_url(FRONT)
    assert signed_in(page) and page.complaints == []


def test_without_script_the_other_ways_stand_there(visit):
    page = visit("/account/login/", java_script_enabled=False, viewport=DESK)
    assert not page.get_by_role("button", name="Use a passkey").is_visible()
    assert page.get_by_text("Passkeys need JavaScript").is_visible()
    assert page.get_by_role("link", name="Send me a code by mail").is_visible()


def test_a_reader_takes_everything_along_and_is_gone_in_two_clicks(holder):
    Reader.objects.create_user("cy@example.org", "under the frozen quay").emailaddress_set.create(
        email="cy@example.org", verified=True, primary=True
    )
    page = holder("/account/login/?next=/settings/")
    page.get_by_label("Email").fill("cy@example.org")
    page.get_by_label("Password").fill("under the frozen quay")
    press(page, "Sign in")
    page.get_by_label("Text size").select_option("Large")
    page.locator("#reading").get_by_role("button").click()
    page.get_by_text("Kept.").wait_for()
    assert page.get_by_label("Text size").input_value() == "125"
    page.get_by_role("link", name="Take everything along").click()
    with page.expect_download() as download:
        press(page, "Download everything")
    with zipfile.ZipFile(download.value.path()) as archive:
        assert json.loads(archive.read("reading/preferences.json"))["text_size"] == 125
    page.goto("/settings/")
    page.get_by_role("link", name="Erase your account").click()
    press(page, "Erase everything")
    page.get_by_role("heading", name="Erased").wait_for()
    assert not Reader.objects.filter(email="cy@example.org").exists() and mail.outbox[-1].to == ["cy@example.org"]
    assert page.get_by_role("link", name="Sign out").count() == 0 and page.complaints == []
