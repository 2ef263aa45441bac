"""The front page: its order, its states, what it costs."""

import gzip
from dataclasses import replace
from datetime import timedelta

from inkstand.titles.models import Feed, Title
from inkstand.web.pages.front import arrange, shared_out
from inkstand.web.pages.order import FOREIGN, OWN, one_of_each_story, ordered, weighed, weights
from inkstand.web.tests.conftest import NOW, draft, print_articles, title
from inkstand.web.values import Card, Mark, Shot
from inkstand.wire.models import Poll


def card(number, *, name="Courier", hours=0, shot=True):
    mark = Mark(name, f"/title/{name}/")
    picture = Shot(f"https://example.org/{number}.jpg") if shot else None
    return Card(f"/article/{number}/", f"Report {number}", mark, published=NOW - timedelta(hours=hours), shot=picture)


def test_what_several_papers_lead_with_comes_before_what_one_does():
    weight = weights([[1, 2], [2, 3]])
    cards = {n: card(n, name=str(n)) for n in (1, 2, 3)}
    assert ordered(weight, cards, NOW) == [2, 1, 3]


def test_an_older_article_sinks():
    weight = weights([[1, 2]])
    cards = {1: card(1, name="a", hours=20), 2: card(2, name="b")}
    assert ordered(weight, cards, NOW) == [2, 1]


def test_no_title_has_two_of_the_first_five():
    cards = {n: card(n, name="same" if n < 5 else str(n)) for n in range(1, 10)}
    first = ordered(weights([list(cards)]), cards, NOW)[:5]
    assert [cards[pk].title.name for pk in first].count("same") == 1


def test_however_many_titles_only_so_much_is_put_in_order():
    fronts = [("en", range(n, n + 15)) for n in range(0, 15_000, 15)] + [("de", range(20_000, 20_500))]
    kept = weighed(fronts, "en")
    assert len(kept) == OWN + FOREIGN
    assert 14_985 in kept and 20_000 in kept


def test_a_picture_leads_among_the_first_three():
    cards = {1: card(1, shot=False), 2: card(2), 3: card(3)}
    assert arrange([1, 2, 3], [], {}, (), cards).lead == cards[2]


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


def test_five_statements_and_one_for_the_frame(dot, paper, django_assert_num_queries):
    with django_assert_num_queries(6):
        dot.get("/")


def test_a_visitor_gets_no_cookie(dot, paper):
    for address in ("/", "/latest/", "/section/world/", "/titles/", "/about/"):
        assert not dot.get(address).cookies, address


def test_the_page_asks_no_other_host(dot, paper):
    import re

    html = dot.get("/").content.decode()
    asked = re.findall(r'(?:src|srcset|href)="(https?:[^"]*)"', html)
    assert asked == []


def test_the_front_page_is_light(dot, paper):
    assert len(gzip.compress(dot.get("/").content)) < 25_000


def test_a_story_leads_once_with_the_weight_of_all_its_accounts():
    cards = {n: replace(card(n, name=str(n)), story=7 if n < 3 else n) for n in (1, 2, 3)}
    weight = one_of_each_story(weights([[3, 1], [3, 2], [1], [2]]), cards, "en")
    assert ordered(weight, cards, NOW) == [1, 3]


def test_the_demo_edition_is_marked_as_such(dot, db, now):
    piece = print_articles(title(), draft())[0]
    assert "demo edition" not in dot.get("/").content.decode()
    Title.objects.update(is_demo=True)
    assert "This is the demo edition." in dot.get("/").content.decode()
    assert "This is the demo edition." in dot.get(f"/article/{piece.pk}/").content.decode()
    Poll.objects.create(feed=Feed.objects.get(), failures=1)
    assert "No publisher could be reached." in dot.get("/").content.decode()


def test_no_title_floods_a_section():
    cards = [card(n, name="loud") for n in range(9)] + [card(9 + n, name="quiet") for n in range(2)]
    names = [each.title.name for each in shared_out(cards)]
    assert names[:5] == ["loud", "loud", "quiet", "quiet", "loud"] and len(names) == 11


def test_a_lead_without_a_picture_has_more_beneath_it():
    bare = {n: card(n, name=str(n), shot=False) for n in range(20)}
    full = {n: card(n, name=str(n)) for n in range(20)}
    assert len(arrange(list(bare), [], {}, (), bare).under) > len(arrange(list(full), [], {}, (), full).under)
