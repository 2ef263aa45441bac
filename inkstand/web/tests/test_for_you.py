"""For You as a person uses it: it starts as the front page, learns, says why, obeys its levers, and forgets."""

import json
import re
from datetime import timedelta

import pytest

from inkstand.articles.models import Article
from inkstand.kit import clock
from inkstand.ranking.front import Front, Slot
from inkstand.ranking.gather import gather
from inkstand.ranking.models import Forgotten
from inkstand.ranking.offers import rows
from inkstand.ranking.page import best_first, candidate, front_page, print_fronts
from inkstand.ranking.significance import Score, significance
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.models import Lever, Shown
from inkstand.stories.models import Account
from inkstand.titles.models import Title
from inkstand.web.tests.conftest import NOW, draft, print_articles, title

PAGE, PROFILE = "/for-you/", "/for-you/profile/"


@pytest.fixture
def ada(cast, paper):
    return cast["Ada"]


@pytest.fixture
def who(ada):
    return Reader.objects.get(name="Ada")


def read(who, *articles):
    facts = [action("read", at=NOW, article=article.pk, progress=100) for article in articles]
    carry_out(reader=who, actions=facts, now=NOW)


def html(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def articles(page):
    return [int(pk) for pk in re.findall(r'<h2><a href="/article/(\d+)/"', page)]


def section(name):
    return list(Article.objects.filter(section=name).order_by("pk"))


def test_it_starts_as_the_front_page_for_a_visitor_and_for_a_new_reader(ada, dot):
    top = [slot["article"] for slot in front_page(NOW)["top"]]
    assert articles(html(dot))[: len(top)] == articles(html(ada))[: len(top)] == top


def test_it_shows_the_very_articles_that_the_front_page_shows(paper, dot):
    """Of a story that several titles tell, the front page may show one that is not the best, for balance."""
    first = front_page(NOW)["top"][0]
    other = print_articles(title("A Richer Title"), draft(77, body="<p>Longer.</p>" * 900))[0]
    Account.objects.filter(article=other).update(story=first["story"])
    named = Slot(first["story"], first["title"], Score(first["points"], first["parts"]))
    there = {story.story: story for story in gather(NOW)}
    told = {pk: best_first(story.accounts, "en") for pk, story in there.items()}
    assert told[first["story"]][0].article == other.pk
    scores = {pk: significance(story.evidence, NOW) for pk, story in there.items()}
    candidates = [candidate(there[pk], accounts, scores[pk]) for pk, accounts in told.items()]
    front = Front(made=NOW, lead=named, top=(), sections=(), latest=(), picks=(), good_news=())
    offered = {row["story"]: row["accounts"] for row in rows(front, candidates, there, told, {})}[first["story"]]
    assert [pk for pk, _ in offered] == [first["article"], other.pk]


def test_a_visitor_is_told_what_it_would_do_and_gets_no_levers(paper, dot):
    page = html(dot)
    assert "Start reading" in page and "More of this" not in page
    assert dot.post("/for-you/levers/", {"say": "more", "about": "section:world"}).status_code == 302
    assert dot.get(PROFILE).status_code == 302
    assert not Lever.objects.exists() and not Shown.objects.exists()


def test_every_card_says_why_in_words_and_carries_levers(ada, who):
    read(who, *section("Science")[:4])
    page = html(ada)
    cards = re.findall(r"<li(?: class=\"surprise\")?>\s*<article.*?</li>\n", page, re.S)
    assert len(cards) == len(articles(page)) > 10
    for card in cards:
        assert re.search(r'class="because">[^<]{10,}</p>', card)
        assert "More of this" in card and "Less of this" in card and re.search(r"Never [A-Z]", card)
    assert "Because you like to read Science" in page
    assert "It is unlike what you usually read." in page


def test_what_was_read_comes_nearer_and_is_not_offered_again(ada, who):
    science = section("Science")
    before = articles(html(ada))
    read(who, *science[:5])
    after = articles(html(ada))
    assert not {article.pk for article in science[:5]} & set(after)
    left = [article.pk for article in science[5:]]
    assert sum(map(after.index, left)) < sum(map(before.index, left))


def test_more_and_less_move_it_and_say_so(ada, who):
    answer = ada.post("/for-you/levers/", {"say": "more", "about": ["section:business"]}, follow=True)
    page = answer.content.decode()
    assert "You will see more of Business here." in page
    first = Article.objects.in_bulk(articles(page)[:3]).values()
    assert {article.section for article in first} == {"Business"}
    ada.post("/for-you/levers/", {"say": "less", "about": ["section:business"]})
    ada.post("/for-you/levers/", {"say": "less", "about": ["section:business"]})
    assert Article.objects.get(pk=articles(html(ada))[0]).section != "Business"


def test_never_is_never_until_the_reader_lets_it_in_again(ada):
    meridian = Title.objects.get(name="Meridian").pk
    ada.post("/for-you/levers/", {"never": f"title:{meridian}", "about": "section:world", "say": ""})
    ada.post("/for-you/levers/", {"never": "section:science"})
    shown = Article.objects.filter(pk__in=articles(html(ada)))
    assert shown and not shown.filter(title=meridian).exists() and not shown.filter(section="Science").exists()
    profile = html(ada, PROFILE)
    assert "Never in For You" in profile and "Let it in again" in profile
    ada.post(PROFILE, {"do": "again", "key": f"title:{meridian}"})
    assert Article.objects.filter(pk__in=articles(html(ada)), title=meridian).exists()


def test_a_topic_that_newsrooms_name_can_be_shut_out(ada):
    (tagged,) = print_articles(title("Ledger"), draft(900, tags=("River floods", "World")))
    print_fronts(now=NOW)
    page = html(ada)
    assert tagged.pk in articles(page) and 'value="topic:river floods">Never River floods<' in page
    ada.post("/for-you/levers/", {"never": "topic:river floods"})
    assert tagged.pk not in articles(html(ada))


def test_what_is_no_lever_is_refused(ada):
    nothing = ({}, {"say": "more"}, {"say": "nonsense"})
    for sent in (
        *nothing,
        {"say": "erase", "about": "section:world"},
        {"say": "more", "about": "planet:mars"},
        {"never": "x"},
    ):
        assert ada.post("/for-you/levers/", sent).status_code == 404
    for sent in ({}, {"do": "follow", "key": "section:world"}, {"do": "again", "key": "nonsense"}):
        assert ada.post(PROFILE, sent).status_code == 404
    assert ada.get("/for-you/levers/").status_code == 405


def test_the_profile_is_seen_edited_and_taken_away(ada, who, monkeypatch):
    read(who, *section("Science")[:3])
    page = html(ada, PROFILE)
    assert "<b><bdi>Science</bdi></b>" in page and "Learned from 3 articles" in page
    told = json.loads(ada.get("/for-you/profile.json").content)
    assert told["likes"]["section:science"] == 3.0 and len(told["reads"]) == 3
    ada.post(PROFILE, {"do": "forget", "key": "section:science"})
    assert "<b>Science</b>" not in html(ada, PROFILE)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=1))
    ada.post(PROFILE, {"do": "less", "key": "section:science"})
    assert "You like less" in html(ada, PROFILE)


def test_erased_is_forgotten(ada, who):
    read(who, *section("Science")[:3])
    html(ada)
    assert Shown.objects.exists()
    assert "is erased" in ada.post(PROFILE, {"do": "erase"}, follow=True).content.decode()
    told = json.loads(ada.get("/for-you/profile.json").content)
    assert not told["likes"] and not told["reads"] and not told["passed_over"]


def test_off_means_off(ada, who, dot):
    read(who, *section("Science")[:3])
    ada.post("/for-you/levers/", {"say": "more", "about": ["section:science"]})
    ada.post(PROFILE, {"do": "off"})
    assert not Shown.objects.exists() and not Lever.objects.exists()
    page = html(ada)
    assert articles(page) == articles(html(dot))
    assert "More of this" not in page and "For You is off" in page
    assert not Shown.objects.exists()
    read(who, *section("Business")[:3])
    ada.post(PROFILE, {"do": "on"})
    assert not json.loads(ada.get("/for-you/profile.json").content)["likes"], "what was read meanwhile teaches nothing"
    assert Forgotten.objects.filter(reader=who).count() == 1


def test_a_list_looked_at_again_is_one_look_and_a_prefetch_is_none(ada):
    ada.get(PAGE, headers={"Sec-Purpose": "prefetch"})
    assert not Shown.objects.exists()
    ada.get(PAGE)
    ada.get(PAGE)
    assert set(Shown.objects.values_list("times", flat=True)) == {1}


def test_one_readers_page_is_nobody_elses(ada, cast, who):
    carry_out(reader=who, actions=[action("never", at=NOW, kind="section", key="science")], now=NOW)
    assert articles(html(ada)) != articles(html(cast["Bo"]))
    assert "private" in ada.get(PAGE).headers["Cache-Control"]


def test_it_costs_the_same_however_much_was_read(ada, who, django_assert_max_num_queries):
    html(ada)
    read(who, *Article.objects.all()[:20])
    with django_assert_max_num_queries(24):
        html(ada)
