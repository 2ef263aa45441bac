"""The fourteen days: none in an open paper; in a members' one from the first sign-in, or the first wall, once."""

import pytest
from django.core import mail
from django.test import Client

from inkstand.membership import jobs
from inkstand.membership.models import Grant
from inkstand.membership.trial import TRIAL, start_trial
from inkstand.readers.models import Reader
from inkstand.web.tests.conftest import NOW, SECRET, signed_in
from inkstand.web.tests.test_doors import WORD, code, enter, member
from inkstand.web.tests.test_membership import text

NO_SUCH = ("trial", "Trial", "ourteen days", "Already a member", "payment", "membership ends")


@pytest.fixture
def members_only(settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0


def signs_up(client, mail="dee@example.org"):
    client.post("/account/signup/", {"email": mail, "password1": WORD})
    client.post("/account/confirm-email/", {"code": code()})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("address", ["/account/signup/", "/account/login/", "/membership/", "/article/"])
def test_an_open_paper_tells_a_visitor_of_no_trial_and_no_membership(dot, article, address):
    page = text(dot.get(f"/article/{article.pk}/" if address == "/article/" else address))
    assert not [word for word in NO_SUCH if word in page]


def test_in_an_open_paper_no_trial_begins_and_no_letter_tells_of_one(client, article):
    signs_up(client)
    jobs.trials(0)
    assert not Grant.objects.exists() and len(mail.outbox) == 1, "the code, and nothing else"
    for address in ("/membership/", "/settings/", f"/article/{article.pk}/"):
        page = text(client.get(address))
        assert not [word for word in NO_SUCH if word in page], address
    assert 'href="/membership/"' not in client.get("/settings/").content.decode()


def test_nothing_is_written_of_a_trial_of_earlier_while_the_paper_is_open(db, now, settings):
    start_trial(reader=Reader.objects.create_user("bo@example.org"), now=now)
    jobs.trials(0)
    assert not mail.outbox
    settings.ACCESS = "members"
    jobs.trials(0)
    assert [letter.subject for letter in mail.outbox] == ["Your fourteen days with Inkstand have begun"]


def test_it_begins_with_the_first_sign_in_after_the_wall_was_put_up(client, article, members_only, settings):
    settings.ACCESS = "open"
    signs_up(client)
    settings.ACCESS = "members"
    other = Client()
    enter(other, login="dee@example.org")
    assert Grant.objects.get().kind == "trial"
    assert SECRET in other.get(f"/article/{article.pk}/").content.decode()


def test_a_reader_is_told_once_that_it_began_and_until_when_and_in_settings_what_is_left(client, article, members_only):
    signs_up(client)
    began = "Your fourteen free days have begun. You read what members read until 28 March 2026"
    assert began in text(client.get("/")) and began not in text(client.get("/"))
    assert "14 days of your trial are left, until 28 March 2026" in text(client.get("/settings/"))
    Grant.objects.update(starts_at=NOW - TRIAL, ends_at=NOW)
    assert "of your trial" not in text(client.get("/settings/"))


def test_or_with_the_first_wall_of_who_was_signed_in_all_along(client, article, members_only, settings):
    settings.ACCESS = "open"
    signs_up(client)
    settings.ACCESS = "members"
    client.get("/")
    assert not Grant.objects.exists()
    page = client.get(f"/article/{article.pk}/").content.decode()
    assert SECRET in page and "Your fourteen free days have begun." in page
    assert Grant.objects.get().kind == "trial"


def test_nobody_without_a_confirmed_address_has_one(article, members_only):
    client = signed_in(Reader.objects.create_user("eve@example.org"))
    assert SECRET not in client.get(f"/article/{article.pk}/").content.decode()
    assert not Grant.objects.exists()


def test_it_comes_once_and_signing_in_again_brings_no_other(client, article, members_only):
    signs_up(client)
    Grant.objects.update(starts_at=NOW - 2 * TRIAL, ends_at=NOW - TRIAL)
    enter(Client(), login="dee@example.org")
    assert Grant.objects.count() == 1 and SECRET not in client.get(f"/article/{article.pk}/").content.decode()


def test_who_pays_already_has_none(client, db, now, members_only):
    ada = member("ann@example.org")
    Grant.objects.create(reader=ada, kind="member", starts_at=NOW)
    enter(client, login="ann@example.org")
    assert not Grant.objects.filter(reader=ada, kind="trial").exists()
