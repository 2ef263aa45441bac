"""Editions by mail, over real SMTP: what a letter holds, how one click ends it, that none is lost or doubled."""

import re
from datetime import time, timedelta

import pytest
from django.test import Client

from inkstand.articles.models import Article
from inkstand.editions.errands import LONGEST_WAIT, wait
from inkstand.editions.models import Errand
from inkstand.editions.own import LATE, print_own
from inkstand.editions.post import carry_mail
from inkstand.editions.tests.mailserver import MailServer
from inkstand.membership.models import Grant
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.mine import of
from inkstand.reading.prefer import prefer
from inkstand.titles.models import Terms, Title
from inkstand.web import edition_letter
from inkstand.web.tests.conftest import NOW, SECRET, reader

pytestmark = pytest.mark.django_db
ELEVEN = NOW + timedelta(hours=1, minutes=30)


@pytest.fixture
def post(settings):
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.ORIGIN = "https://paper.example"
        settings.DEFAULT_FROM_EMAIL = "Inkstand <news@paper.example>"
        yield server


@pytest.fixture
def ada(paper, hung):
    return wants("ada")


def wants(name, **wishes):
    who = reader(name)
    prefer(reader=who, morning_at=time(11), evening_at=time(18), by_mail=True, **wishes)
    print_own(NOW)
    return who


def carry(now=ELEVEN):
    return carry_mail(edition_letter.write, now, lambda: True)


def test_a_letter_is_brought_in_text_and_html_with_its_picture_inside(ada, post):
    print_own(ELEVEN)
    assert carry() == 1
    (letter,) = post.letters
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert letter["To"] == "ada@example.org"
    assert letter["Subject"].startswith("Morning edition: Harbour report number")
    for said in (text, html):
        assert len(set(re.findall(r"https://paper\.example/article/\d+/", said))) == 10
        assert "That is all for this morning. The next comes at 18:00." in " ".join(
            re.sub("<[^>]+>", " ", said).split()
        )
    picture = next(part for part in letter.walk() if part.get_content_type() == "image/jpeg")
    assert f"cid:{picture['Content-ID'].strip('<>')}" in html
    assert "http" not in "".join(re.findall(r'src="[^"]*"', html))
    assert Errand.objects.get().outcome == "brought"


def test_it_says_who_sends_it_and_how_to_end_it_in_one_click(ada, post):
    print_own(ELEVEN)
    carry()
    (letter,) = post.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Id"].endswith("<editions.paper.example>")
    stop = letter["List-Unsubscribe"].strip().strip("<>").removeprefix("https://paper.example")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(stop).status_code == 200
    assert of(ada).preferences().by_mail
    answer = strict.post(stop, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert not of(ada).preferences().by_mail
    strict.post(stop, {"again": "1"})
    assert of(ada).preferences().by_mail


@pytest.mark.parametrize("token", ["1", "1:wrong", "x:y", "1:" + "a" * 43])
def test_an_address_that_we_did_not_sign_ends_nothing(ada, token):
    assert Client().post(f"/editions/stop/{token}/").status_code == 404
    assert of(ada).preferences().by_mail


def test_only_what_the_gate_opens_and_never_more_than_a_lead(ada, post, settings):
    settings.ACCESS = "members"
    Terms.objects.filter(title__name="Meridian").update(readable="headline")
    Grant.objects.create(reader=wants("bo"), kind="member", starts_at=NOW - timedelta(days=1))
    print_own(ELEVEN)
    assert carry() == 2
    for letter in post.letters:
        said = letter.get_body(("html",)).get_content()
        assert SECRET not in said
        assert "Ice lay on the ropes. " * 12 not in said
        for story in said.split('class="story"')[1:]:
            assert ("What the ice did" in story) is (">Meridian<" not in story)


def test_a_block_set_after_it_was_made_holds_in_the_letter(ada, post):
    print_own(ELEVEN)
    courier = Title.objects.get(name="Harbour Courier")
    carry_out(reader=ada, actions=[action("block", at=NOW, title=courier.pk)], now=NOW)
    carry()
    assert "Harbour Courier" not in post.letters[0].as_string()


def test_what_was_withdrawn_meanwhile_is_not_in_the_letter(ada, post):
    print_own(ELEVEN)
    lead = Article.objects.get(pk=Errand.objects.get().edition.articles[0])
    Article.objects.filter(pk=lead.pk).update(withdrawn_at=ELEVEN)
    carry()
    assert lead.current.headline + "\n" not in post.letters[0].get_body(("plain",)).get_content()
    assert lead.current.headline != post.letters[0]["Subject"].partition(": ")[2]


def test_none_is_sent_twice_and_all_go_over_one_connection(ada, post):
    for name in ("bo", "cy", "di"):
        wants(name)
    print_own(ELEVEN)
    assert [carry(), carry()] == [4, 0]
    assert sorted(letter["To"] for letter in post.letters) == [
        f"{who}@example.org" for who in ("ada", "bo", "cy", "di")
    ]
    assert post.sessions == 1


class Killed(BaseException):
    pass


def test_killed_between_the_letter_and_the_mark_one_is_sent_twice_and_none_is_lost(ada, post, monkeypatch):
    wants("bo")
    print_own(ELEVEN)

    def killed(*_, **__):
        raise Killed

    with monkeypatch.context() as at_the_worst_moment, pytest.raises(Killed):
        at_the_worst_moment.setattr(Errand, "save", killed)
        carry()
    assert [letter["To"] for letter in post.letters] == ["ada@example.org"]
    assert carry() == 2
    assert [letter["To"] for letter in post.letters] == ["ada@example.org", "ada@example.org", "bo@example.org"]
    assert post.letters[0]["Message-ID"] == post.letters[1]["Message-ID"] != post.letters[2]["Message-ID"]


def test_while_the_mail_server_is_away_letters_wait_and_then_go(ada, post, settings):
    print_own(ELEVEN)
    settings.EMAIL_PORT, port = 1, settings.EMAIL_PORT
    carry()
    settings.EMAIL_PORT = port
    assert carry(ELEVEN + timedelta(minutes=2)) == 1
    assert len(post.letters) == 1


def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(ada, post):
    wants("bo")
    print_own(ELEVEN)
    post.refusals = {"ada@example.org": "450 mailbox busy", "bo@example.org": "550 no such mailbox"}
    carry()
    assert dict(Errand.objects.values_list("reader__email", "outcome")) == {
        "ada@example.org": "", "bo@example.org": "refused",
    }  # fmt: skip
    post.refusals = {}
    assert carry(ELEVEN + timedelta(seconds=30)) == 0
    assert carry(ELEVEN + timedelta(minutes=2)) == 1
    assert [letter["To"] for letter in post.letters] == ["ada@example.org"]


def test_what_could_not_be_brought_before_the_next_edition_is_let_go(ada, post):
    print_own(ELEVEN)
    carry(ELEVEN + LATE)
    assert Errand.objects.get().outcome == "late"
    assert not post.letters


def test_who_was_barred_meanwhile_gets_nothing(ada, post):
    print_own(ELEVEN)
    ada.is_active = False
    ada.save()
    carry()
    assert (Errand.objects.get().outcome, post.letters) == ("nowhere", [])


def test_waiting_doubles_to_a_bound():
    assert [wait(n) / timedelta(minutes=1) for n in (0, 1, 2, 3)] == [1, 2, 4, 8]
    assert wait(60) == LONGEST_WAIT


def test_a_headline_cannot_write_into_the_letters_head(ada, post):
    print_own(ELEVEN)
    edition = Errand.objects.get().edition
    article = Article.objects.get(pk=edition.articles[0])
    article.current.headline = "Calm\r\nBcc: everyone@example.org\n\n<b>Storm</b>"
    article.current.save()
    carry()
    (letter,) = post.letters
    assert letter["Bcc"] is None
    assert "<b>Storm</b>" not in letter.get_body(("html",)).get_content()
