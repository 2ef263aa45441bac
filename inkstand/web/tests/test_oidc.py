"""Signing in by an OpenID provider of the operator's, against a small one on loopback."""

import html
import re

import pytest
import requests
from django.core import mail
from django.test import Client

from inkstand.kit import clock
from inkstand.membership import groups
from inkstand.membership.models import Grant, Group, Seat
from inkstand.membership.standing import standing_of
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader
from inkstand.web.tests.provider import Provider
from inkstand.web.tests.test_doors import WORD, code, enter, member, set_up_app

LOGIN = "/account/oidc/sign-in/login/"


@pytest.fixture
def known(settings):
    """`known(provider)` is what INKSTAND_OIDC_… makes of the settings."""

    def known(provider):
        named = {"provider_id": "sign-in", "name": "Harbour", "settings": {"server_url": provider.issuer}}
        app = {**named, "client_id": provider.client, "secret": provider.secret}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.OIDC_NAME = "Harbour"
        return provider

    return known


@pytest.fixture
def provider(known, settings):
    settings.ACCESS = "members"
    with Provider() as made:
        yield known(made)


def through(client, login=LOGIN):
    """What a browser does: press the button, follow the page on, come back with what the provider gave."""
    page = client.post(login)
    onward = html.unescape(re.search(r'class="button" href="([^"]+)"', page.content.decode())[1])
    back = requests.get(onward, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.split("testserver", 1)[1])


def test_without_a_provider_no_page_speaks_of_one(client, db):
    assert b"Sign in with " not in client.get("/account/login/").content.replace(b"Sign in with a", b"")
    assert client.get(LOGIN).status_code == 404


def test_a_new_reader_comes_by_it_and_their_trial_begins(client, db, provider):
    assert b"Sign in with Harbour" in client.get("/account/login/").content
    assert through(client).status_code == 302
    ada = Reader.objects.get(email="ada@example.org")
    assert int(client.session["_auth_user_id"]) == ada.pk and ada.name == "Ada Quay"
    assert not ada.has_usable_password() and Grant.objects.get(reader=ada).kind == "trial"
    again = Client()
    through(again)
    assert int(again.session["_auth_user_id"]) == ada.pk and Reader.objects.count() == 1
    assert provider.asked[0]["code_challenge_method"] == "S256" and "openid" in provider.asked[0]["scope"]


def test_no_form_ends_at_anothers_address(client, db, provider):
    page = client.post(LOGIN)
    assert page.status_code == 200 and b'http-equiv="refresh"' in page.content
    assert "form-action 'self'" in page["Content-Security-Policy"]


def test_a_confirmed_address_of_a_reader_is_theirs(client, db, provider):
    ada = member()
    through(client)
    assert int(client.session["_auth_user_id"]) == ada.pk and ada.socialaccount_set.count() == 1


def test_what_the_provider_says_gives_a_seat_and_takes_it_back(client, db, provider):
    Group.objects.create(name="Library", seats=5, claims=["affiliation=member@library.example"], starts_at=clock.now())
    provider.person["affiliation"] = ["student@library.example", "member@library.example"]
    through(client)
    ada = Reader.objects.get(email="ada@example.org")
    assert Seat.objects.get(reader=ada).group.name == "Library" and standing_of(ada, clock.now()) is Standing.SEAT
    provider.person["affiliation"] = ["alum@library.example"]
    through(Client())
    assert not Seat.objects.exists() and standing_of(ada, clock.now()) is Standing.TRIAL


def test_a_seat_that_somebody_took_themselves_is_left_to_them(client, db, provider):
    group = Group.objects.create(name="Office", seats=5, starts_at=clock.now())
    groups.take_seat(group, member(), now=clock.now())
    provider.person["groups"] = "staff"
    through(client)
    assert Seat.objects.get().group == group


def test_a_full_group_lets_everyone_in_who_may_sign_in_and_gives_no_seat(client, db, provider):
    Group.objects.create(name="Library", seats=0, claims=["groups=staff"], starts_at=clock.now())
    provider.person["groups"] = "staff"
    through(client)
    assert "_auth_user_id" in client.session and not Seat.objects.exists()


def test_it_does_not_open_the_second_lock(client, db, provider):
    member()
    enter(client)
    set_up_app(client)
    other = Client()
    assert through(other)["Location"] == "/account/2fa/authenticate/" and "_auth_user_id" not in other.session


def test_an_address_that_it_has_not_confirmed_opens_nobodys_account(client, db, known):
    member()
    with Provider(email_verified=False) as stranger:
        known(stranger)
        through(client)
    assert "_auth_user_id" not in client.session


def test_a_new_address_that_it_has_not_confirmed_is_confirmed_by_us(client, db, known, settings):
    settings.ACCESS = "members"
    with Provider(email="dot@example.org", email_verified=False) as stranger:
        known(stranger)
        through(client)
    assert "_auth_user_id" not in client.session and mail.outbox[-1].to == ["dot@example.org"]
    client.post("/account/confirm-email/", {"code": code()})
    assert "_auth_user_id" in client.session and Grant.objects.filter(reader__email="dot@example.org").exists()


def test_a_token_for_another_paper_is_refused(client, db, provider):
    provider.audience = "another"
    answer = through(client)
    assert answer.status_code == 401 and b"That did not work" in answer.content
    assert "_auth_user_id" not in client.session


def test_an_answer_nobody_asked_for_is_refused(client, db, provider):
    answer = client.get(f"{LOGIN}callback/?code=made-up&state=made-up")
    assert answer.status_code == 401 and b"That did not work" in answer.content


def test_a_reader_connects_and_disconnects(client, db, provider):
    ada = member("quay@example.org")
    enter(client, login="quay@example.org")
    assert through(client, f"{LOGIN}?process=connect")["Location"] == "/account/reauthenticate/"
    answer = client.post("/account/reauthenticate/", {"password": WORD})
    assert answer["Location"] == "/account/3rdparty/", answer.content
    assert "ada@example.org" in client.get("/account/3rdparty/").content.decode()
    client.post("/account/3rdparty/", {"account": ada.socialaccount_set.get().pk})
    assert ada.socialaccount_set.count() == 0
