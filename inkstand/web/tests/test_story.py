"""The story page and the running story's: who told what when, and what may be shown of it."""

from datetime import timedelta

import pytest

from inkstand.articles.publish import withdraw
from inkstand.stories.models import Account, RunningStory, Story
from inkstand.stories.summing import sum_up
from inkstand.titles.models import Title
from inkstand.web.tests.conftest import NOW, draft, print_articles, title


def as_one(*articles, running=None, copies=()):
    """These articles as one story; `copies` are (copy, original) pairs."""
    story = Account.objects.get(article=articles[0]).story
    Account.objects.filter(article__in=articles).update(story=story)
    sum_up([story.pk])
    for copy, original in copies:
        Account.objects.filter(article=copy).update(copy_of=original)
    Story.objects.filter(pk=story.pk).update(running=running, first=articles[0], lead=articles[0])
    return Story.objects.get(pk=story.pk)


def told(name, number, minutes=0, *, readable="members", country="", **said):
    paper = title(name, readable=readable, country=country, language=said.get("language", "en"))
    kept = {"headline": f"{name} on the ice", "standfirst": f"What {name} saw.", "body": f"<p>{name} wrote this.</p>"}
    return print_articles(paper, draft(number, **kept, **said, published=NOW - timedelta(minutes=minutes)))[0]


@pytest.fixture
def five(db, now):
    """A story told by the Courier first, printed again by two, told in German, and by a title of headlines only."""
    return [
        told("Courier", 1, 90, country="GB"),
        told("Echo", 2, 80, country="GB"),
        told("Post", 3, 70, country="US"),
        told("Bergbote", 4, 60, country="DE", language="de"),
        told("Ledger", 5, 50, readable="headline", country="US"),
    ]


@pytest.fixture
def story(five):
    courier, echo, post, *_ = five
    return as_one(*five, copies=[(echo, courier), (post, courier)])


def page(client, story, **said):
    return client.get(f"/story/{story.pk}/", **said).content.decode()


def main(html):
    return html[html.index("<main") : html.index("</main>")]


def test_it_wears_its_leads_headline_and_counts_its_reach(dot, story):
    html = page(dot, story)
    assert "<h1>Courier on the ice</h1>" in html
    for reach in ("5 titles", "3 countries", "2 languages"):
        assert reach in html
    assert f'<meta property="og:url" content="http://testserver/story/{story.pk}/">' in html
    assert f'<meta property="og:image" content="http://testserver/story/{story.pk}/card.jpg">' in html


def test_a_reader_of_another_language_gets_its_headline_and_its_accounts_first(dot, story):
    german = page(dot, story, headers={"Accept-Language": "de"})
    assert "Bergbote on the ice</h1>" in german
    assert german.index('id="in-1">Deutsch') < german.index('id="in-2">Englisch')


def test_copies_are_folded_under_the_one_who_had_it_first(dot, story, five):
    html = main(page(dot, story))
    accounts = html[html.index('class="accounts"') : html.index("<aside")]
    assert accounts.count("<article") == 3
    folded = accounts[accounts.index("Also printed by") :]
    assert folded.index(f"/article/{five[1].pk}/") < folded.index(f"/article/{five[2].pk}/")


def test_the_first_and_the_original_are_named(dot, story, five):
    Story.objects.filter(pk=story.pk).update(original=[five[3].pk])
    html = main(page(dot, story))
    facts = html[html.index('class="firsts"') :]
    assert facts.index("First to report") < facts.index(">Courier</bdi></a>") < facts.index("Original reporting")
    assert facts.index("Original reporting") < facts.index(">Bergbote</bdi></a>")


def test_a_withdrawn_account_leaves_no_trace(dot, story, five):
    withdraw(five[0].pk, notice="It was not so.", now=NOW)
    html = page(dot, story)
    assert "Courier on the ice" not in html and "4 titles" in html
    facts = html[html.index("First to report") :]
    assert facts.index(">Bergbote</bdi></a>") < facts.index("</dd>")  # the first of those that printed no other's text
    assert ">Echo on the ice</a>" in html and "Also printed by" in html  # a copy stands for what is gone


def test_where_no_account_may_be_shown_there_is_no_page(dot, story, five):
    for article in five:
        withdraw(article.pk, notice="", now=NOW)
    assert dot.get(f"/story/{story.pk}/").status_code == 404


def test_headline_titles_show_their_headline_only(dot, story):
    html = page(dot, story)
    assert "Ledger on the ice" in html and "What Ledger saw" not in html and "What Courier saw" in html


def test_no_text_of_any_account_is_in_the_page(dot, story):
    assert "wrote this" not in page(dot, story)


def test_who_had_it_when_is_in_order_of_time(dot, story):
    html = page(dot, story)
    order = html[html.index('<ol class="order">') :]
    found = [order.index(f">{name}</bdi></a>") for name in ("Courier", "Echo", "Post", "Bergbote", "Ledger")]
    assert found == sorted(found)
    assert 'cx="2.0%"' in html and 'cx="98.0%"' in html


def test_a_merged_story_leads_on_and_an_unknown_one_is_not_found(dot, story):
    gone = Story.objects.create(began_at=NOW, moved_at=NOW, merged_into=story)
    answer = dot.get(f"/story/{gone.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/story/{story.pk}/")
    assert dot.get("/story/999999/").status_code == 404


def test_a_split_story_says_so_on_both_pages(dot, story):
    part = as_one(told("Observer", 9))
    Story.objects.filter(pk=part.pk).update(split_from=story)
    assert "This story was split from" in page(dot, part) and f'"/story/{story.pk}/"' in page(dot, part)
    assert "Split from this story" in page(dot, story) and f'"/story/{part.pk}/"' in page(dot, story)


def test_many_accounts_and_copies_are_there_but_out_of_the_way(dot, story, five):
    more = [told(f"Title {n}", 100 + n, 40) for n in range(12)]
    Account.objects.filter(article__in=more).update(story=story)
    html = main(page(dot, story))
    assert html.count("<article") >= 15 and "6 accounts more" in html
    Account.objects.filter(article__in=more).update(copy_of=five[0])
    html = main(page(dot, story))
    assert "and 8 more" in html and all(f"/article/{article.pk}/" in html for article in more)


def test_a_story_of_one_title_claims_no_more(dot, db, now):
    html = page(dot, as_one(told("Courier", 1)))
    assert "1 title" in html and "First to report" not in html and "<aside" not in html


def test_the_number_of_statements_does_not_grow(dot, story, running, menu, django_assert_num_queries):
    with django_assert_num_queries(7):
        dot.get(f"/story/{story.pk}/")
    more = [told(f"Title {n}", 100 + n) for n in range(8)]
    Account.objects.filter(article__in=more).update(story=story)
    with django_assert_num_queries(7):
        dot.get(f"/story/{story.pk}/")


def test_cards_and_articles_lead_to_the_story(dot, story, five):
    assert f'href="/story/{story.pk}/">also in 4 other titles</a>' in dot.get("/section/world/").content.decode()
    html = dot.get(f"/article/{five[0].pk}/").content.decode()
    assert f'href="/story/{story.pk}/">Full coverage: 5 titles</a>' in html


@pytest.fixture
def running(story):
    thread = RunningStory.objects.create(began_at=NOW, moved_at=NOW)
    Story.objects.filter(pk=story.pk).update(running=thread)
    for number, (name, hours) in enumerate((("Observer", 50), ("Herald", 26))):
        as_one(told(name, 20 + number, 60 * hours), running=thread)
    return thread


def test_a_running_story_goes_from_how_it_began_to_where_it_stands(dot, running):
    html = main(dot.get(f"/running/{running.pk}/").content.decode())
    assert "3 events" in html and "since 12 March 2026" in html
    parts = ("Courier on the ice</h1>", "How it began", "Observer on the ice</a>", "What followed", "Herald on the ice")
    found = [html.index(part) for part in (*parts, ">Courier on the ice</a>")]
    assert found == sorted(found)


def test_a_story_leads_to_its_running_story_and_names_its_events_first(dot, story, running):
    print_articles(title("Noise"), *(draft(60 + n, headline=f"Courier on the ice {n}") for n in range(5)))
    html = page(dot, story)
    assert f'href="/running/{running.pk}/">3 events' in html
    near = html[html.index('id="related"') :]
    assert near.index("Herald on the ice") < near.index("Observer on the ice") < near.index("Courier on the ice")


def test_one_event_alone_is_no_running_story(dot, story):
    thread = RunningStory.objects.create(began_at=NOW, moved_at=NOW)
    Story.objects.filter(pk=story.pk).update(running=thread)
    assert f"/running/{thread.pk}/" not in page(dot, story)


def test_a_merged_running_story_leads_on(dot, running):
    gone = RunningStory.objects.create(began_at=NOW, moved_at=NOW, merged_into=running)
    answer = dot.get(f"/running/{gone.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/running/{running.pk}/")
    empty = RunningStory.objects.create(began_at=NOW, moved_at=NOW)
    assert dot.get(f"/running/{empty.pk}/").status_code == 404


def test_a_running_story_costs_the_same_however_long_it_runs(dot, running, menu, django_assert_num_queries):
    with django_assert_num_queries(3):
        dot.get(f"/running/{running.pk}/")


def test_who_tells_it_is_said_where_that_tells_anything(dot, story, db, now):
    assert "Who tells it" in page(dot, story)
    once = as_one(told("Observer", 9), told("Mirror", 10))
    Title.objects.update(country="XA")
    assert "Who had it when" in page(dot, once) and "Who tells it" not in page(dot, once)
