"""What editors alone see in the paper, and how readers are erased and let in again from the desk."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from inkstand.billing.errors import ProviderAway
from inkstand.membership.models import Grant
from inkstand.readers.models import Erasure, Reader
from inkstand.web import admin
from inkstand.web.tests.conftest import NOW, reader, signed_in


@pytest.fixture
def desk(db, now):
    return signed_in(reader("ed", is_staff=True, is_superuser=True))


def html(client, address):
    return client.get(address).content.decode()


def test_an_editor_finds_the_desk_and_the_deeds_of_an_article(cast, article):
    page = html(cast["Ed"], f"/article/{article.pk}/")
    assert page.count('href="/desk/"') == 2
    assert f'href="/desk/articles/article/{article.pk}/change/"' in page
    for kind in ("pick", "pin", "bury"):
        assert f'href="/desk/desk/pick/add/?article={article.pk}&amp;kind={kind}"' in page


@pytest.mark.parametrize("who", ["Ada", "Bo", "Cy", "Dot"])
def test_nobody_else_does(cast, article, who):
    assert "/desk/" not in html(cast[who], f"/article/{article.pk}/") + html(cast[who], "/")


def test_highlights_stand_among_ones_own_reading(cast):
    assert 'href="/highlights/"' in html(cast["Ada"], "/about/")


def test_readers_are_not_deleted_by_the_dozen(desk):
    bo = reader("bo")
    assert "delete_selected" not in html(desk, "/desk/readers/reader/")
    desk.post("/desk/readers/reader/", {"action": "delete_selected", "_selected_action": bo.pk, "post": "yes"})
    assert Reader.objects.filter(pk=bo.pk).exists()


def test_to_delete_a_reader_is_to_erase_them_with_a_receipt(desk):
    bo = reader("bo")
    Grant.objects.create(reader=bo, kind="member", starts_at=NOW)
    address = f"/desk/readers/reader/{bo.pk}/delete/"
    assert "bo@example.org" in html(desk, address) and Reader.objects.filter(pk=bo.pk).exists()
    assert desk.post(address, {"post": "yes"}).status_code == 302
    assert not Reader.objects.filter(pk=bo.pk).exists()
    receipt = Erasure.objects.get()
    assert receipt.rows["membership"] == 1
    assert [letter.to for letter in mail.outbox] == [["bo@example.org"]] and receipt.number in mail.outbox[0].body


def test_nobody_is_erased_while_their_membership_cannot_be_ended(desk, monkeypatch):
    gone = ProviderAway(provider="till", reason="it rains")

    def away(**_):
        raise gone

    monkeypatch.setattr(admin, "erase", away)
    bo = reader("bo")
    answer = desk.post(f"/desk/readers/reader/{bo.pk}/delete/", {"post": "yes"}, follow=True)
    assert answer.redirect_chain == [(f"/desk/readers/reader/{bo.pk}/change/", 302)]
    assert str(gone) in answer.content.decode()
    assert Reader.objects.filter(pk=bo.pk).exists() and not mail.outbox


def test_who_lost_a_device_is_let_in_again(desk):
    bo, cy = reader("bo"), reader("cy")
    for who in (bo, cy):
        Authenticator.objects.create(user=who, type="totp", data={})
    desk.post("/desk/readers/reader/", {"action": "unlock", "_selected_action": bo.pk})
    assert [row.user for row in Authenticator.objects.all()] == [cy]
