"""A member gives an article: two clicks, a link, and whoever has it reads that one article whole."""

import re

import pytest
from django.test import Client

from inkstand.articles.publish import withdraw
from inkstand.web.tests.conftest import SECRET, draft, print_articles, title
from inkstand.web.tests.test_membership import text


@pytest.fixture
def pieces(db, now, settings):
    settings.ACCESS, settings.FREE_ARTICLES, settings.GIFT_ARTICLES = "members", 0, 2
    return print_articles(title(), *(draft(n) for n in (1, 2, 3)))


def given(client, piece):
    page = client.post(f"/article/{piece.pk}/give/", follow=True)
    found = re.search(rf'data-copy="https?://[^/]+(/article/{piece.pk}/\?gift=[^"]+)"', page.content.decode())
    return found and found[1]


def test_whoever_has_the_link_reads_that_article_and_no_other(cast, pieces):
    assert "You may give 2 more articles this month" in text(cast["Ada"].get(f"/article/{pieces[0].pk}/give/"))
    link = given(cast["Ada"], pieces[0])
    assert SECRET in Client().get(link).content.decode() and SECRET in cast["Cy"].get(link).content.decode()
    assert SECRET not in Client().get(link.replace(str(pieces[0].pk), str(pieces[1].pk))).content.decode()
    assert SECRET not in Client().get(f"/article/{pieces[0].pk}/").content.decode()
    assert "You may give 1 more article this month" in text(cast["Ada"].get(f"/article/{pieces[0].pk}/give/"))


def test_two_a_month_here_and_the_same_one_again(cast, pieces):
    links = [given(cast["Ada"], piece) for piece in (*pieces, pieces[0])]
    assert links[0] == links[3] and links[1] and links[2] is None
    assert "given all your articles of this month" in text(cast["Ada"].get(f"/article/{pieces[2].pk}/give/"))


def test_a_trial_gives_nothing_and_a_visitor_is_asked_who_they_are(cast, pieces):
    assert given(cast["Bo"], pieces[0]) is None
    assert "a trial does not" in text(cast["Bo"].get(f"/article/{pieces[0].pk}/give/"))
    assert Client().get(f"/article/{pieces[0].pk}/give/").status_code == 302


def test_what_is_withdrawn_is_given_no_more(cast, pieces, now):
    link = given(cast["Ada"], pieces[0])
    withdraw(pieces[0].pk, notice="By order of a court.", now=now)
    assert SECRET not in Client().get(link).content.decode()
    assert cast["Ada"].get(f"/article/{pieces[0].pk}/give/").status_code == 404
