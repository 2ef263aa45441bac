"""Free articles are bounded by address range; crawlers have none; our own house is not counted."""

import pytest

from inkstand.membership.models import RangeCount
from inkstand.web import free
from inkstand.web.tests.conftest import SECRET, draft, print_articles, title
from inkstand.web.tests.test_kept_paper import Visitor, clock, paper_at

__all__ = ["clock", "paper_at"]

GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture
def pieces(db, now, settings):
    settings.ACCESS, settings.FREE_ARTICLES, settings.FREE_A_RANGE = "members", 3, 2
    return [f"/article/{piece.pk}/" for piece in print_articles(title(), *(draft(n) for n in (1, 2, 3)))]


@pytest.mark.parametrize(
    ("asks", "told", "address"),
    [
        ("93.184.216.34", "", "93.184.216.34"),
        ("93.184.216.34", "8.8.8.8", "93.184.216.34"),
        ("127.0.0.1", "8.8.8.8", "8.8.8.8"),
        ("10.0.0.7", "1.1.1.1, 8.8.8.8", "8.8.8.8"),
        ("127.0.0.1", "", ""),
        ("127.0.0.1", "10.0.0.9", ""),
        ("", "nonsense", ""),
        ("2606:4700::1111", "", "2606:4700::1111"),
    ],
)
def test_whose_word_is_taken_for_an_address(asks, told, address):
    assert free.address_of({"REMOTE_ADDR": asks, "HTTP_X_FORWARDED_FOR": told}) == address


@pytest.mark.parametrize("kept", [True, False], ids=["kept pages", "django's"])
def test_who_throws_the_note_away_begins_afresh_only_so_often(pieces, paper_at, dot, kept):
    def opens(path, address):
        if kept:
            return SECRET in Visitor(paper_at)(path, x_forwarded_for=address).text
        dot.cookies.clear()
        return SECRET in dot.get(path, headers={"X-Forwarded-For": address}).content.decode()

    assert [opens(path, f"8.8.8.{host}") for host, path in enumerate([*pieces, *pieces])] == [1, 1, 0, 0, 0, 0]
    assert opens(pieces[0], "1.1.1.1")
    assert sorted(RangeCount.objects.values_list("opened", flat=True)) == [1, 2]


def test_what_is_open_stays_open_and_is_counted_once(pieces, paper_at):
    visitor = Visitor(paper_at)
    for _ in range(3):
        assert SECRET in visitor(pieces[0], x_forwarded_for="8.8.8.8").text
    assert RangeCount.objects.get().opened == 1


def test_a_crawler_sees_the_lead_and_the_markup_and_no_word_more(pieces, paper_at):
    assert is_the_wall(paper_at(pieces[0], user_agent=GOOGLE).text)
    assert SECRET in Visitor(paper_at)(pieces[0]).text, "a wall met by a crawler is not a visitor's"
    assert is_the_wall(paper_at(pieces[0], user_agent=GOOGLE).text)


def test_django_itself_shows_a_crawler_the_same(pieces, dot):
    assert is_the_wall(dot.get(pieces[0], headers={"User-Agent": GOOGLE}).content.decode())


def is_the_wall(page):
    marked = '"isAccessibleForFree": false' in page and '"cssSelector": ".walled"' in page
    return marked and "The harbour froze over" in page and SECRET not in page
