"""The wall says why it stands: what this visitor has read, or what was read where they are."""

import pytest

from inkstand.membership import free_notes, meter
from inkstand.readers.models import Reader
from inkstand.web.tests.conftest import NOW, SECRET, draft, print_articles, title
from inkstand.web.tests.test_kept_paper import Visitor, clock, paper_at
from inkstand.web.tests.test_membership import text

__all__ = ["clock", "paper_at"]
OURS = "You have read your 2 free articles of this month. The next come on Wednesday, 1 April 2026."
THEIRS = "Where you are, all free articles of today have been read."


@pytest.fixture
def pieces(db, now, settings):
    settings.ACCESS, settings.FREE_ARTICLES, settings.FREE_A_RANGE = "members", 2, 100
    return [f"/article/{piece.pk}/" for piece in print_articles(title(), *(draft(n) for n in range(4)))]


def test_a_visitor_is_told_what_they_read_and_when_the_next_come(dot, pieces):
    pages = [text(dot.get(address)) for address in pieces]
    assert [OURS in page for page in pages] == [False, False, True, True]
    assert SECRET in pages[1] and "1 free article left" in pages[0]


def test_a_reader_who_lapsed_is_told_the_same(cast, pieces):
    free_notes.spend(Reader.objects.get(email="cy@example.org"), 98, NOW)
    assert SECRET in text(cast["Cy"].get(pieces[0]))
    assert OURS in text(cast["Cy"].get(pieces[1]))


def test_where_there_are_no_free_articles_none_are_spoken_of(dot, pieces, settings):
    settings.FREE_ARTICLES = 0
    page = text(dot.get(pieces[0]))
    assert "Sign up to read this article" in page and "free articles" not in page


def test_walls_kept_for_two_reasons_are_not_taken_for_one_another(pieces, paper_at, settings):
    settings.FREE_A_RANGE = 2
    first, late = Visitor(paper_at), Visitor(paper_at)
    pages = [first(address, x_forwarded_for="8.8.8.8").text for address in pieces[:3]]
    assert [OURS in page for page in pages] == [False, False, True]
    page = late(pieces[2], x_forwarded_for="8.8.8.9").text
    assert THEIRS in page and OURS not in page
    assert OURS in first(pieces[2], x_forwarded_for="8.8.8.8").text


@pytest.mark.parametrize(("now", "day"), [((2026, 12, 31), "2027-01-01"), ((2028, 1, 31), "2028-02-01")])
def test_the_next_come_on_the_first_of_the_month(now, day):
    assert str(meter.renews(NOW.replace(year=now[0], month=now[1], day=now[2]))) == day


def test_at_the_wall_the_picture_is_a_strip(dot, pieces, settings):
    assert 'class="wide"' in dot.get(pieces[0]).content.decode()
    settings.FREE_ARTICLES = 0
    assert 'class="wide brief"' in dot.get(pieces[1]).content.decode()


def test_what_is_read_is_said_above_the_picture_too(dot, pieces):
    page = [dot.get(address).content.decode() for address in pieces[:3]][-1]
    assert page.index("Your free articles of this month are read.") < page.index("<figure") < page.index('id="wall"')
