"""Everything else a reader may come upon: doors, troubles, the installable app."""

import re

import pytest
from django.core import mail
from django.db import OperationalError
from django.test import Client

from inkstand.membership.models import Grant
from inkstand.readers.models import Reader
from inkstand.web import assets
from inkstand.web.pages import frame


@pytest.mark.parametrize(
    "address",
    ["/about/", "/offline/", "/account/login/", "/account/signup/", "/account/password/reset/", "/account/login/code/"],
)
def test_it_is_there(client, db, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


def code():
    return re.search(r"^([A-Z0-9]{4}-?[A-Z0-9]{4}|[A-Z0-9]{6})$", mail.outbox[-1].body, re.M)[1]


def test_signing_up_by_mail_code_begins_a_trial(client, db, settings):
    settings.ACCESS = "members"
    client.post("/account/signup/", {"email": "dot@example.org"})
    assert client.post("/account/confirm-email/", {"code": code()}).status_code == 302
    reader = Reader.objects.get(email="dot@example.org")
    assert int(client.session["_auth_user_id"]) == reader.pk
    assert Grant.objects.get(reader=reader).kind == "trial"


def test_signing_in_by_mail_code_and_by_password(client, db):
    Reader.objects.create_user("ada@example.org", "a long way to the harbour").emailaddress_set.create(
        email="ada@example.org", verified=True, primary=True
    )
    client.post("/account/login/code/", {"email": "ada@example.org"})
    assert mail.outbox[-1].subject == f"Your code for Inkstand: {code()}"
    client.post("/account/login/code/confirm/", {"code": code()})
    assert "_auth_user_id" in client.session
    other = Client()
    other.post("/account/login/", {"login": "ada@example.org", "password": "a long way to the harbour"})
    assert "_auth_user_id" in other.session
    assert b"Sign out" in other.get("/").content
    other.post("/account/logout/")
    assert "_auth_user_id" not in other.session


def test_what_went_wrong_with_a_form_stands_at_its_field(client, db):
    html = client.post("/account/signup/", {"email": "no address"}).content.decode()
    assert 'aria-invalid="true"' in html and 'class="errors"' in html


def test_no_such_page(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/nowhere/")
    assert response.status_code == 404 and b"This page is not in the paper" in response.content


def test_a_form_without_its_token_is_refused_in_our_words(db):
    response = Client(enforce_csrf_checks=True).post("/account/login/", {})
    assert response.status_code == 403 and b"This may not be done from here" in response.content


def break_with(monkeypatch, error):
    def broken(*_):
        raise error

    monkeypatch.setattr(frame, "frame_for", broken)


def test_while_the_database_is_away(client, monkeypatch):
    break_with(monkeypatch, OperationalError("gone"))
    response = client.get("/about/")
    assert response.status_code == 503 and response["Retry-After"] and b"Back in a moment" in response.content


def test_a_fault_of_ours(monkeypatch, settings):
    break_with(monkeypatch, ZeroDivisionError())
    response = Client(raise_request_exception=False).get("/about/")
    assert response.status_code == 500 and b"Something broke" in response.content


def test_it_installs(client):
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["display"] == "standalone"
    # Without it the browser complains on every page.
    assert manifest["share_target"]["enctype"] == "application/x-www-form-urlencoded"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200


def test_the_worker_and_the_manifest_want_no_database(client):
    assert client.get("/worker.js")["Content-Type"].startswith("text/javascript")
    assert client.get("/manifest.webmanifest").status_code == 200


def test_an_asset_is_kept_for_good_and_sent_small(client):
    response = client.get(assets.address("inkstand/paper.css"), headers={"Accept-Encoding": "br"})
    assert response["Content-Encoding"] == "br" and response["Cache-Control"] == assets.FOR_GOOD
    assert len(response.content) < 9000
    assert client.get("/assets/00000000/inkstand/paper.css")["Cache-Control"] == "public, max-age=600"
    assert client.get("/assets/0/../settings.py").status_code in (400, 404)


def test_pages_let_nothing_else_in(client, db):
    policy = client.get("/about/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_no_cache_keeps_what_a_signed_in_reader_sees(cast, paper):
    for address in ("/", "/latest/"):
        assert cast["Ada"].get(address)["Cache-Control"] == "private, no-cache"
        assert "Cache-Control" not in cast["Dot"].get(address).headers


def test_mails_are_in_our_words(client, db):
    client.post("/account/signup/", {"email": "dot@example.org"})
    client.post("/account/signup/", {"email": "dot@example.org"})
    client.post("/account/password/reset/", {"email": "dot@example.org"})
    client.post("/account/password/reset/", {"email": "nobody@example.org"})
    subjects = [letter.subject for letter in mail.outbox]
    assert all("Inkstand" in letter.body and "\n\n\n" not in letter.body for letter in mail.outbox)
    assert "A new password for Inkstand" in subjects and "No account for this mail address" in subjects


def test_all_scripts_together_weigh_less_than_a_page_may_load():
    """So no page can load more, however it puts them together."""
    names = ("paper.js", "keys.js", *(f"scripts/{name}" for name in assets.scripts()))
    weights = {name: max(map(len, assets.find(f"inkstand/{name}").packed.values())) for name in names}
    assert len(weights) > 12 and sum(weights.values()) < 30_000, weights
