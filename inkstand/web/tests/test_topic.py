"""Topic, person and place pages, and the page of all topics."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from inkstand.articles.models import Article
from inkstand.articles.publish import withdraw
from inkstand.search import fill, week
from inkstand.web.tests.conftest import NOW, draft, print_articles, title


@pytest.fixture
def filed(db, now):
    """Two titles on the same match, another on the weather."""
    one, other = title("Harbour Courier"), title("Écho du Port", language="fr", country="FR")
    names = ("Lindqvist, Zoë", "Norway")
    print_articles(one, draft(1, headline="Match one", section="Sport", tags=("Football", *names)))
    print_articles(other, draft(2, headline="Match deux", section="Football", tags=("Zoë Lindqvist", "Norvège")))
    print_articles(one, draft(3, headline="Rain", tags=("Weather",), standfirst="Zoë Lindqvist of Norway got wet."))
    fill.catch_up(now=NOW)


def page(dot, address):
    answer = dot.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def headlines(html):
    return [unescape(re.sub("<.*?>", "", found)) for found in re.findall(r"<h2><a[^>]*>(.*?)</a></h2>", html)]


def test_a_topic_has_what_publishers_file_there_and_the_wider_one_has_it_too(dot, filed):
    assert sorted(headlines(page(dot, "/topic/football/"))) == ["Match deux", "Match one"]
    html = page(dot, "/topic/sport/")
    assert sorted(headlines(html)) == ["Match deux", "Match one"]
    assert 'href="/topic/football/">Football<' in html
    assert 'href="/topic/sport/">Sport<' in page(dot, "/topic/football/")


def test_a_person_and_a_country_have_whatever_says_their_name(dot, filed):
    assert sorted(headlines(page(dot, "/person/Zo%C3%AB%20Lindqvist/"))) == ["Match deux", "Match one", "Rain"]
    html = page(dot, "/place/NO/")
    assert sorted(headlines(html)) == ["Match deux", "Match one", "Rain"]
    assert "<h1><bdi>Norway</bdi></h1>" in html


@pytest.mark.parametrize(
    ("address", "name"),
    [("/topic/football/", "Football"), ("/person/Zo%C3%AB%20Lindqvist/", "Zoë Lindqvist"), ("/place/NO/", "Norway")],
)
def test_what_is_followed_on_its_page_stands_among_what_is_followed_with_its_newest(cast, filed, address, name):
    ask = unescape(re.search(r'href="(/mine/ask/\?do=follow[^"]*)"', page(cast["Ada"], address))[1])
    assert name in page(cast["Ada"], ask)
    cast["Ada"].post("/mine/ask/", dict(parse_qsl(urlsplit(ask).query)))
    followed = page(cast["Ada"], "/following/")
    assert f'<h3><a href="{address}"><bdi>{name}</bdi></a></h3>' in followed
    assert "Match one" in followed


def test_what_is_withdrawn_is_gone_from_pages_counts_and_names(dot, filed):
    assert 'Football <span class="soft">2' in page(dot, "/topics/")
    withdraw(Article.objects.get(current__headline="Match one").pk, notice="An error.", now=NOW)
    assert headlines(page(dot, "/topic/football/")) == ["Match deux"]
    html = page(dot, "/topics/")
    assert 'Football <span class="soft">1' in html
    assert "Zoë Lindqvist" not in html


def test_names_that_two_titles_file_by_are_in_the_news(dot, filed):
    html = page(dot, "/topics/")
    assert '<a href="/person/Zo%C3%AB%20Lindqvist/">Zoë Lindqvist</a>' in html
    assert '<a href="/place/NO/">Norway</a>' in html
    assert week.names(NOW + timedelta(days=4)) == []
    assert week.topics(NOW + timedelta(days=8)) == {}


def test_a_topic_nobody_files_under_says_so_and_one_that_is_none_is_not_there(dot, filed):
    assert "Nothing here yet" in page(dot, "/topic/cricket/")
    assert dot.get("/topic/phlogiston/").status_code == 404
    assert dot.get("/person/%22/").status_code == 404


def test_turning_the_pages_of_a_topic_shows_all_once(dot, db, now):
    print_articles(title("Harbour Courier"), *(draft(n, section="Sport") for n in range(30)))
    fill.catch_up(now=NOW)
    first = page(dot, "/topic/sport/")
    second = page(dot, "/topic/sport/" + unescape(re.search(r'href="(\?before=[^"]*)" rel="next"', first)[1]))
    assert (len(headlines(first)), len(headlines(second))) == (25, 5)
    assert len({*headlines(first), *headlines(second)}) == 30
