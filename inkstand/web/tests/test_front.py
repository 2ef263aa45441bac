"""The front page: its order, its states, what it costs."""

import gzip
import re
from dataclasses import replace
from datetime import timedelta

from inkstand.articles.filled import forget
from inkstand.articles.models import Article
from inkstand.titles.models import Feed, Title
from inkstand.web.pages.front import arrange, topped_up
from inkstand.web.tests.conftest import NOW, draft, print_articles, title
from inkstand.web.values import Card, Mark, Shot
from inkstand.wire.models import Poll


def card(number, *, name="Courier", hours=0, shot=True):
    mark = Mark(name, f"/title/{name}/")
    picture = Shot(f"https://example.org/{number}.jpg") if shot else None
    return Card(f"/article/{number}/", f"Report {number}", mark, published=NOW - timedelta(hours=hours), shot=picture)


def test_nothing_stands_twice_but_in_latest(paper, now):
    from inkstand.web.pages.front import view

    seen = view(now, "en")
    shown = [
        seen.lead,
        *seen.under,
        *seen.seconds,
        *seen.more,
        *seen.picks,
        *(c for band in seen.bands for c in band.cards),
    ]
    assert len({c.address for c in shown}) == len(shown) > 15


def test_what_is_in_the_readers_language_comes_first(dot, db, now):
    print_articles(title("Bergbote", language="de"), *(draft(n, language="de", headline=f"Eis {n}") for n in range(5)))
    print_articles(title("Courier"), *(draft(10 + n) for n in range(3)))
    html = dot.get("/").content.decode()
    assert html.index("Harbour report number") < html.index("Eis")
    german = dot.get("/", headers={"Accept-Language": "de"}).content.decode()
    assert german.index("Eis") < german.index("Harbour report number")


def test_an_empty_paper_says_why(dot, db, now):
    assert "No titles yet" in dot.get("/").content.decode()
    title()
    poll = Poll.objects.create(feed=Feed.objects.get())
    assert "The first poll of the titles is running" in dot.get("/").content.decode()
    Poll.objects.filter(pk=poll.pk).update(checked_at=NOW, failures=1)
    assert "No publisher could be reached" in dot.get("/").content.decode()


def test_five_statements_and_one_for_the_frame(dot, paper, menu, django_assert_num_queries):
    with django_assert_num_queries(6):
        dot.get("/")


def test_the_menu_offers_what_has_something_in_it_and_where_one_is(dot, paper):
    def offered(address):
        return re.findall(r'href="/section/(\w+)/"', dot.get(address).content.decode().split("</nav>")[0])

    assert offered("/") == ["world", "business", "science"]
    assert offered("/section/health/") == ["world", "business", "science", "health"]
    Article.objects.filter(section="Science").update(withdrawn_at=NOW)
    forget()
    assert offered("/latest/") == ["world", "business"]


def test_a_visitor_gets_no_cookie(dot, paper):
    for address in ("/", "/latest/", "/section/world/", "/titles/", "/about/"):
        assert not dot.get(address).cookies, address


def test_the_page_asks_no_other_host(dot, paper):
    html = dot.get("/").content.decode()
    asked = re.findall(r'(?:src|srcset|href)="(https?:[^"]*)"', html)
    assert asked == []


def test_the_front_page_is_light(dot, paper):
    assert len(gzip.compress(dot.get("/").content)) < 25_000


def test_the_demo_edition_is_marked_as_such(dot, db, now):
    piece = print_articles(title(), draft())[0]
    assert "demo edition" not in dot.get("/").content.decode()
    Title.objects.update(is_demo=True)
    assert "This is the demo edition." in dot.get("/").content.decode()
    assert "This is the demo edition." in dot.get(f"/article/{piece.pk}/").content.decode()
    Poll.objects.create(feed=Feed.objects.get(), failures=1)
    assert "No publisher could be reached." in dot.get("/").content.decode()


def test_a_lead_without_a_picture_has_more_beneath_it():
    bare = {n: card(n, name=str(n), shot=False) for n in range(20)}
    full = {n: card(n, name=str(n)) for n in range(20)}
    assert len(arrange(list(bare), [], {}, (), bare).under) > len(arrange(list(full), [], {}, (), full).under)


def test_a_story_stands_once_where_nothing_is_weighed_yet():
    cards = {n: replace(card(n, name=str(n)), story=1 if n < 3 else n) for n in range(8)}
    seen = arrange(list(cards), [], {}, (), cards)
    assert seen.lead == cards[0]
    assert [c.story for c in (*seen.seconds, *seen.under, *seen.more)].count(1) == 0


def test_a_thin_section_is_filled_with_its_newest():
    cards = {n: replace(card(n), section=name) for n, name in enumerate(("World", "World", "Sport", "Odd"))}
    assert topped_up({"world": [1]}, [0, 1, 2, 3], cards) == {"world": [1, 0], "sport": [2]}


def test_two_left_over_stand_with_the_seconds():
    cards = {n: card(n, name=str(n)) for n in range(8)}
    seen = arrange(list(cards), [], {}, (), cards)
    assert (len(seen.seconds), len(seen.under), len(seen.more)) == (5, 2, 0)
