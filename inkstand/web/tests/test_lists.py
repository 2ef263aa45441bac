"""Sections, titles, the latest: one list a page, turned by where the last one ended."""

import re

import pytest

from inkstand.web.pages.titles import by_letter
from inkstand.web.tests.conftest import draft, print_articles, title
from inkstand.web.values import Mark


def headlines(html):
    return re.findall(r"Harbour report number \d+", html)


def test_a_section_has_what_any_title_files_there(dot, paper):
    html = dot.get("/section/science/").content.decode()
    assert "<h1><bdi>Science</bdi></h1>" in html
    assert len(headlines(html)) == 9


def test_titles_call_a_section_what_they_like(dot, db, now):
    print_articles(title(), draft(1, section="SPORTS"), draft(2, section="Football"), draft(3, section="World"))
    assert len(headlines(dot.get("/section/sport/").content.decode())) == 2


def test_there_is_no_such_section(dot, db):
    assert dot.get("/section/weather-of-mars/").status_code == 404


def test_turning_the_pages_shows_every_article_once(dot, db, now):
    print_articles(title(), *(draft(n, published=now) for n in range(60)))
    address, seen = "/latest/", []
    while address:
        html = dot.get(address).content.decode()
        seen += headlines(html)
        older = re.search(r'href="(/latest/\?before=\d+)"', html)
        address = older and older[1]
    assert len(seen) == len(set(seen)) == 60


def test_a_mark_that_leads_nowhere_is_the_first_page(dot, paper):
    for mark in ("x", "0", "9" * 30, "-1"):
        assert dot.get(f"/latest/?before={mark}").status_code == 200


def test_a_title_says_who_owns_it_and_what_may_be_read(dot, db, now):
    made = title("Meridian", country="AU", about="News of the south.", readable="headline", funding="state")
    html = dot.get(f"/title/{made.slug}/").content.decode()
    for said in (
        "Meridian Press",
        "Australia",
        "English",
        "News of the south.",
        "headlines, with a link",
        "steered by a state",
    ):
        assert said in html


def test_titles_stand_under_their_letter():
    marks = [(Mark(name, ""), "") for name in ("The Times", "Tribune", "24 Hours", "alpha", "Öresund")]
    letters = by_letter(marks)
    assert [letter for letter, _ in letters] == ["A", "T", "Ö", "#"]
    assert [mark.name for mark, _ in dict(letters)["T"]] == ["The Times", "Tribune"]


def test_lists_cost_the_same_however_long(dot, paper, menu, django_assert_num_queries):
    for address, count in (("/latest/", 2), ("/section/world/", 2), ("/title/meridian/", 5), ("/titles/", 2)):
        with django_assert_num_queries(count):
            dot.get(address)


@pytest.mark.parametrize("address", ["/following/", "/saved/", "/for-you/", "/section/world/"])
def test_the_menu_marks_where_one_is(cast, paper, address):
    menu = cast["Ada"].get(address).content.decode().split('class="sections"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)" aria-current="page"', menu) == [address]
