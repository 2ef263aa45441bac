"""Signing up and in, by every way there is; and that no page or letter of it is set by another hand than ours."""

import re
import time
from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.template import engines
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from inkstand.membership.models import Grant
from inkstand.readers.models import Reader
from inkstand.web.devices import device
from inkstand.web.letter import paragraphs
from inkstand.web.tests.conftest import signed_in

WORD = "a long way to the harbour"
ALLAUTH = Path(allauth.__file__).parent / "templates"
# Telephones, shared browsers that are trusted, Django's own skeletons, and what is an identity provider's: not used.
UNUSED = re.compile(r"base|layouts|elements|snippets|phone|trust|openid|idp|email_change\.|code_(message|subject)|sms")


def member(mail="ada@example.org", word=WORD):
    reader = Reader.objects.create_user(mail, word)
    reader.emailaddress_set.create(email=mail, verified=True, primary=True)
    return reader


def enter(client, word=WORD, login="ada@example.org"):
    return client.post("/account/login/", {"login": login, "password": word})


def code():
    return re.search(r"^([A-Z0-9]{4}-?[A-Z0-9]{4}|[A-Z0-9]{6})$", mail.outbox[-1].body, re.M)[1]


def shown(secret, later=0):
    """What an authenticator app shows `later` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up_app(client):
    client.post("/account/reauthenticate/", {"password": WORD})
    secret = "".join(keys(client.get("/account/2fa/totp/activate/")))
    return secret, client.post("/account/2fa/totp/activate/", {"code": shown(secret)}, follow=True)


def keys(page):
    block = re.search(r'class="key-of">(.*?)</p>', page.content.decode(), re.S)[1]
    return re.findall(r"<span>(\w+)</span>", block)


@pytest.mark.parametrize("door", ["/account/signup/", "/account/login/code/"])
def test_the_page_for_a_code_says_once_that_one_was_sent_and_says_when_it_is_a_new_one(client, db, door):
    if door != "/account/signup/":
        member()
    page = client.post(door, {"email": "ada@example.org"}, follow=True)
    assert "is on its way" not in page.content.decode() and "We have sent a code to" in page.content.decode()
    # Ten seconds later.
    cache.clear()
    page = client.post(page.redirect_chain[-1][0], {"action": "resend"}, follow=True)
    assert "A new code is on its way to ada@example.org." in page.content.decode() and len(mail.outbox) == 2


def test_the_page_of_addresses_offers_what_can_be_done_and_no_more(client, db):
    ada = member()
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")

    def offered():
        return re.findall(r'name="action_(\w+)"', client.get("/account/email/").content.decode())

    assert offered() == ["add"]
    ada.emailaddress_set.create(email="ada@harbour.example", verified=True)
    assert offered() == ["primary", "remove", "add"]
    ada.emailaddress_set.filter(primary=False).update(verified=False)
    assert offered() == ["primary", "send", "remove", "add"]


def test_every_template_of_theirs_has_one_of_ours():
    ours = Path(engines["jinja2"].env.loader.searchpath[0])
    theirs = [str(path.relative_to(ALLAUTH)) for kind in ("html", "txt") for path in ALLAUTH.rglob(f"*.{kind}")]
    wanted = [name for name in theirs if not UNUSED.search(name)]
    # Ways that settings of ours close: signing in by phone, lists that are sections of the page of all ways.
    closed = {"mfa/webauthn/authenticator_list.html", "account/confirm_password_reset_code.html"}
    assert [name for name in wanted if not (ours / name).exists() and name not in closed] == []


def addresses(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif route.startswith("account/"):
            yield "/" + re.sub(r"<[^>]+>|\(\?P.*?\)(?=[/-]|$)", "1", route).replace("$", "").replace("1-1", "1-key")


@pytest.mark.parametrize("who", ["Dot", "Ada", "Ada with an app"])
def test_every_address_of_theirs_is_a_page_of_ours(db, who):
    client = Client()
    if who != "Dot":
        member()
        enter(client)
    if "app" in who:
        set_up_app(client)
    for address in sorted({*addresses(get_resolver().url_patterns)}):
        response = client.get(address)
        assert response.status_code in (200, 301, 302, 401, 403, 404, 405), (address, response.status_code)
        html = response.content.decode()
        if response.status_code in (200, 401) and response["Content-Type"].startswith("text/html"):
            assert html.count("<h1") == 1 and 'class="masthead inner"' in html, address
            assert "<style" not in html and " style=" not in html, address


def test_where_the_trial_begins_with_a_card_none_begins_at_the_door(client, db, settings):
    settings.ACCESS, settings.TRIAL = "members", "card"
    assert "they begin when you choose how you pay" in client.get("/account/signup/").content.decode()
    client.post("/account/signup/", {"email": "dee@example.org", "password1": WORD})
    client.post("/account/confirm-email/", {"code": code()})
    assert "_auth_user_id" in client.session and not Grant.objects.exists()


def test_signing_up_by_passkey_begins_with_a_code(client, db):
    client.post("/account/signup/passkey/", {"email": "dot@example.org"})
    answer = client.post("/account/confirm-email/", {"code": code()})
    assert answer.status_code == 302 and answer["Location"] == reverse("mfa_signup_webauthn")
    html = client.get(answer["Location"]).content.decode()
    assert 'data-passkey="make"' in html and "_auth_user_id" not in client.session


def test_to_a_wrong_code_it_is_said_what_to_do(client, db):
    member()
    client.post("/account/login/code/", {"email": "ada@example.org"})
    assert b"have a new code sent" in client.post("/account/login/code/confirm/", {"code": "AAAA-AAAA"}).content


def test_an_app_is_a_second_lock_on_password_and_code(client, db):
    member()
    enter(client)
    _, page = set_up_app(client)
    codes = re.findall(r"<li>(\d{8})</li>", page.content.decode())
    assert len(codes) == 10
    for first in ("password", "code"):
        other = Client()
        if first == "password":
            enter(other)
        else:
            other.post("/account/login/code/", {"email": "ada@example.org"})
            other.post("/account/login/code/confirm/", {"code": code()})
        assert "_auth_user_id" not in other.session
        assert b"One more code" in other.get("/account/2fa/authenticate/").content
        assert b"errors" in other.post("/account/2fa/authenticate/", {"code": "000000"}).content
        other.post("/account/2fa/authenticate/", {"code": codes.pop()})
        assert "_auth_user_id" in other.session


def test_a_recovery_code_opens_once(client, db):
    member()
    enter(client)
    _, page = set_up_app(client)
    spent = re.findall(r"<li>(\d{8})</li>", page.content.decode())[0]
    for opens in (True, False):
        other = Client()
        enter(other)
        other.post("/account/2fa/authenticate/", {"code": spent})
        assert ("_auth_user_id" in other.session) is opens


def test_a_copy_of_the_database_holds_no_key_of_an_app(client, db, settings):
    member()
    enter(client)
    secret, _ = set_up_app(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    settings.SECRET_KEY = "another"
    assert Authenticator.objects.get(type="totp").wrap().validate_code(shown(secret, 1)) is False


def test_whatever_changes_the_doors_asks_once_more(db, client):
    client.force_login(member(), backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"):
        assert client.get(address)["Location"].startswith("/account/reauthenticate/"), address
    assert b"Is it you?" in client.get("/account/reauthenticate/").content


def test_sessions_are_listed_and_ended_one_by_one_and_all_at_once(db):
    reader = member()
    here = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    there = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"})
    third = Client()
    for each in (here, there, third):
        enter(each)
    html = here.get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in html and "Safari on iPhone" in html and html.count('class="here"') == 1
    gone = UserSession.objects.get(user_agent__contains="iPhone")
    bo = signed_in(Reader.objects.create_user("bo@example.org"))
    assert bo.post(reverse("end_session", args=[gone.pk])).status_code == 404
    here.post(reverse("end_session", args=[gone.pk]))
    assert there.get("/account/email/").status_code == 302 and third.get("/account/email/").status_code == 200
    here.post("/account/sessions/")
    assert third.get("/account/email/").status_code == 302 and here.get("/account/email/").status_code == 200
    enter(third)
    here.post(reverse("end_sessions"))
    assert third.get("/account/email/").status_code == 302 and here.get("/account/email/").status_code == 302
    assert not UserSession.objects.filter(user=reader).exists()


def test_guessing_is_stopped_and_said_in_our_words(db, client):
    cache.clear()
    member()
    said = [enter(client, "wrong word number one").content.decode() for _ in range(7)]
    assert "Too many failed" in said[-1] and "Too many failed" not in said[0]
    assert b"Too many failed" in enter(client).content, "the right word is not let in either"
    answers = [Client().post("/account/login/code/", {"email": f"n{number}@example.org"}) for number in range(21)]
    assert "Too many failed" in answers[-1].content.decode() and answers[-2].status_code == 302
    for _ in range(31):
        answer = enter(Client(), login="n@example.org")
    assert answer.status_code == 429 and b"Too many tries" in answer.content and answer["Retry-After"]
    cache.clear()


def test_a_proxys_word_of_an_address_counts_only_where_there_is_a_proxy(db, client, settings):
    member()
    for proxies, seen in ((0, "127.0.0.1"), (1, "203.0.113.9")):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
        one = Client(headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
        enter(one)
        assert UserSession.objects.latest("pk").ip == seen


@pytest.mark.django_db(transaction=True)
def test_letters_are_text_and_html_short_and_ours(client):
    member()
    enter(client)
    set_up_app(client)
    new = "the ice has gone out"
    client.post("/account/password/change/", {"oldpassword": WORD, "password1": new, "password2": new})
    client.post("/account/email/", {"action_add": "", "email": "ada@other.example"})
    Client().post("/account/login/code/", {"email": "ada@example.org"})
    subjects = {letter.subject for letter in mail.outbox}
    assert {"Your authenticator app is on", "Your password has been changed"} <= subjects
    for letter in mail.outbox:
        html, kind = letter.alternatives[0]
        assert kind == "text/html" and 'lang="en"' in html and "<img" not in html
        assert "\n\n\n" not in letter.body and len(letter.body) < 700 and "Inkstand" in letter.body


def test_a_letter_is_set_from_its_text():
    kinds = [
        (one.kind, one.text) for one in paragraphs("Here\nit is:\n\nKX7P-Q2MT\n\n\nhttps://paper.example/a?b=c&d\n")
    ]
    assert kinds == [("words", "Here it is:"), ("code", "KX7P-Q2MT"), ("address", "https://paper.example/a?b=c&d")]


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130 Safari/537", "Samsung Internet on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/18.0 Safari/605", "Safari on Mac"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) CriOS/130.0 Mobile Safari/604.1", "Chrome on iPad"),
        ("curl/8.0", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_devices_are_called_what_their_readers_call_them(said, called):
    assert device(said) == called


def test_editors_come_in_by_the_readers_doors(db, client):
    Reader.objects.create_superuser("ed@example.org", WORD)
    assert client.get("/desk/")["Location"] == "/desk/login/?next=/desk/"
    door = client.get("/desk/login/?next=/desk/")["Location"]
    assert door == "/account/login/?next=%2Fdesk%2F"
    assert client.post("/desk/login/", {"username": "ed@example.org", "password": WORD}).status_code == 302
    assert "_auth_user_id" not in client.session
    assert client.post(door, {"login": "ed@example.org", "password": WORD})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    reader = Client()
    member()
    enter(reader)
    assert reader.get("/desk/login/").status_code == 403
