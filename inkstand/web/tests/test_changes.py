"""What changed in an article: who sees how much of it, and how it reads."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from inkstand.articles.publish import lock, revise, withdraw
from inkstand.web.tests.conftest import BODY, LEAD, NOW, SECRET, draft, print_articles, title

PAGE = "/article/{}/changes/"


def rewritten(piece, **said):
    with transaction.atomic():
        lock()
        revise([(piece.pk, draft(**said))], now=NOW + timedelta(hours=1))
    return piece


@pytest.fixture
def changed(article):
    """Its second state: another headline, a word of the text, a paragraph more."""
    said = BODY.replace("froze over", "froze").replace("whole of it", "whole of the piece")
    return rewritten(article, headline="Harbour report, with ice", body=f"{said}<p>On Sunday it thawed.</p>")


@pytest.fixture
def members_only(settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 0


def get(client, piece, more=""):
    return client.get(PAGE.format(piece.pk) + more)


def test_it_says_word_by_word_what_changed(dot, changed):
    page = get(dot, changed).content.decode()
    assert "Harbour report<del> number 1</del><ins>, with ice</ins>" in page
    assert "froze <del>over</del> in the night" in page
    assert "<ins>On Sunday it thawed.</ins>" in page


def test_the_article_leads_to_it_once_there_is_something_to_see(dot, article):
    link = f'href="{PAGE.format(article.pk)}"'
    assert link not in dot.get(f"/article/{article.pk}/").content.decode()
    rewritten(article, body=BODY + "<p>More.</p>")
    assert link in dot.get(f"/article/{article.pk}/").content.decode()


READS_ALL = {"Ada": True, "Bo": True, "Cy": False, "Dot": False, "Ed": True}


@pytest.mark.parametrize("name", READS_ALL)
def test_of_the_text_only_those_see_it_who_may_read_it(cast, changed, members_only, name):
    page = get(cast[name], changed).content.decode()
    assert ", with ice" in page
    assert ("thawed" in page) is READS_ALL[name]
    assert READS_ALL[name] or (LEAD not in page and "learns" not in page and "whom it did it to" not in page)


def test_a_visitors_free_article_is_counted_once_for_both_pages(dot, changed, settings):
    settings.ACCESS, settings.FREE_ARTICLES = "members", 1
    assert get(dot, changed)["Cache-Control"] == "private, no-store"
    assert "thawed" in dot.get(f"/article/{changed.pk}/").content.decode()
    other = print_articles(title("Northern Ledger"), draft(9))[0]
    assert SECRET not in dot.get(f"/article/{other.pk}/").content.decode()


def test_a_withdrawn_article_shows_no_state_of_it(cast, changed):
    withdraw(changed.pk, notice="Withdrawn at the publisher's wish.", now=NOW)
    for client in cast.values():
        response = get(client, changed)
        assert response.status_code == 410 and b"thawed" not in response.content and b"<del>" not in response.content


def test_a_title_of_headlines_alone_shows_changes_of_headlines_alone(cast, db, now):
    piece = print_articles(title(readable="headline"), draft())[0]
    rewritten(piece, headline="Another headline", body=BODY + "<p>On Sunday it thawed.</p>")
    for client in cast.values():
        page = get(client, piece).content.decode()
        assert "Another headline" in page and "thawed" not in page and LEAD not in page


def test_since_a_revision_all_changes_are_one(dot, changed):
    rewritten(changed, headline="Harbour open again", body=BODY + "<p>On Monday the fleet went out.</p>")
    page = get(dot, changed, "1/").content.decode()
    assert page.count('<section class="change">') == 1 and "Monday" in page and "Sunday" not in page
    assert get(dot, changed).content.decode().count('<section class="change">') == 2
    assert get(dot, changed, "3/").status_code == 200
    assert get(dot, changed, "4/").status_code == 404


def test_what_stayed_is_folded(dot, article):
    body = "".join(f"<p>Paragraph {n} says what it said.</p>" for n in range(9))
    rewritten(article, body=body)
    rewritten(article, body=body.replace("Paragraph 8 says", "Paragraph 8 denies"))
    page = get(dot, article, "2/").content.decode()
    assert "7 paragraphs as they were" in page and re.search(r"<del>says</del>\s*<ins>denies</ins>", page)


def test_a_change_of_nothing_written_is_not_told(dot, article):
    rewritten(article, tags=("ice",))
    assert "Nothing that was written has changed" in get(dot, article).content.decode()


def test_search_engines_are_not_offered_old_states(dot, changed):
    assert b'name="robots" content="noindex"' in get(dot, changed).content
