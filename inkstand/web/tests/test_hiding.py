"""Block means block: on every page that lists anything, for that reader alone, and without a hole."""

from datetime import timedelta

import pytest

from inkstand.desk.models import Pick
from inkstand.ranking.page import print_fronts
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.prefer import prefer
from inkstand.search.fill import catch_up
from inkstand.stories.models import Account, RunningStory, Story
from inkstand.stories.summing import sum_up
from inkstand.titles.models import Terms, Title
from inkstand.web.tests.conftest import NOW, draft, print_articles, title

GONE, WORD = "Northern Ledger", "zeppelin"
EVENTS = 6


def one_event(*articles, running):
    story = Account.objects.get(article=articles[0]).story
    Account.objects.filter(article__in=articles).update(story=story)
    sum_up([story.pk])
    Story.objects.filter(pk=story.pk).update(running=running, lead=articles[0], first=articles[0])


@pytest.fixture
def told(db, now):
    """Three titles tell of the same events, the Ledger first of all; one event, and two of the Courier's
    accounts, are of a word that somebody may mute."""
    papers = []
    for number, name in enumerate((GONE, "Harbour Courier", "Meridian")):
        said = [f"{name} on event {n} of the harbour" for n in range(EVENTS)] + [f"{name} on a {WORD} over the harbour"]
        if number == 1:
            said[:2] = [f"{headline} and the {WORD}" for headline in said[:2]]
        drafts = [
            draft(
                100 * number + n,
                headline=headline,
                section=("World", "Business")[n % 2],
                published=NOW - timedelta(hours=9 - number, minutes=n),
            )
            for n, headline in enumerate(said)
        ]
        papers.append(print_articles(title(name), *drafts))
    running = RunningStory.objects.create(began_at=NOW, moved_at=NOW)
    for articles in zip(*papers, strict=True):
        one_event(*articles, running=running)
    for articles in papers:
        Pick.objects.create(article=articles[0], starts_at=NOW)
    print_fronts(now=NOW)
    catch_up(now=NOW)
    return dict(zip((GONE, "Harbour Courier", "Meridian"), papers, strict=True))


@pytest.fixture
def surfaces(told):
    """Every page that lists articles, by name."""
    mine, other = told["Meridian"][0], told["Meridian"][1]
    story = Account.objects.get(article=other).story
    return {
        "front": "/",
        "latest": "/latest/",
        "section": "/section/world/",
        "title": "/title/meridian/",
        "titles": "/titles/",
        "search": "/search/?q=harbour",
        "search for a title": "/search/?q=northern+ledgr",
        "article": f"/article/{mine.pk}/",
        "story": f"/story/{story.pk}/",
        "running": f"/running/{story.running_id}/",
    }


SURFACES = ("front", "latest", "section", "titles", "search", "search for a title", "article", "story", "running")


def ada():
    return Reader.objects.get(email="ada@example.org")


def does(do, **facts):
    carry_out(reader=ada(), actions=[action(do, at=NOW, **facts)], now=NOW)


def shown(client, address):
    """What the page says, without what is said of it to machines in its head."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", SURFACES)
def test_a_blocked_title_is_gone(cast, surfaces, name):
    before = shown(cast["Ada"], surfaces[name])
    assert GONE in before
    does("block", title=Title.objects.get(name=GONE).pk)
    after = shown(cast["Ada"], surfaces[name])
    assert GONE not in after and "northern-ledger" not in after
    assert shown(cast["Bo"], surfaces[name]) == before.replace("ada@", "bo@"), "another reader's page is as it was"


@pytest.mark.parametrize("name", [*sorted(set(SURFACES) - {"titles", "search for a title"}), "title"])
def test_a_muted_word_is_gone(cast, surfaces, name):
    assert WORD in shown(cast["Ada"], surfaces[name])
    does("mute", word=WORD)
    assert WORD not in shown(cast["Ada"], surfaces[name])
    assert WORD in shown(cast["Bo"], surfaces[name])


@pytest.mark.parametrize("name", sorted(set(SURFACES) - {"titles", "search for a title"}))
def test_only_what_can_be_opened(cast, surfaces, name, settings):
    settings.ACCESS = "members"
    Terms.objects.filter(title__name=GONE).update(readable="headline")
    assert GONE in shown(cast["Ada"], surfaces[name])
    prefer(reader=ada(), only_open=True)
    assert GONE not in shown(cast["Ada"], surfaces[name])


def test_to_a_reader_who_may_open_members_texts_these_are_shown_and_to_another_not(cast, told, settings):
    settings.ACCESS = "members"
    Terms.objects.filter(title__name=GONE).update(readable="everyone")
    for name in ("Ada", "Cy"):
        prefer(reader=Reader.objects.get(email=f"{name.lower()}@example.org"), only_open=True)
    assert "Meridian on" in shown(cast["Ada"], "/latest/")
    assert "Meridian on" not in shown(cast["Cy"], "/latest/")
    assert GONE in shown(cast["Cy"], "/latest/")


def test_where_the_leads_title_is_blocked_another_account_leads_the_story(cast, told):
    lead = "Northern Ledger on event 0"
    front = shown(cast["Ada"], "/")
    assert lead in front
    cards = front.count('<article class="card')
    does("block", title=Title.objects.get(name=GONE).pk)
    after = shown(cast["Ada"], "/")
    assert "Harbour Courier on event 0" in after or "Meridian on event 0" in after
    assert after.count('class="card lead') == 1
    assert after.count('<article class="card') > cards * 0.7, "no grey hole"


def test_what_is_counted_leaves_out_what_is_hidden(cast, told, surfaces):
    assert "3 titles" in shown(cast["Ada"], surfaces["story"])
    assert "also in 2 other titles" in shown(cast["Ada"], "/section/world/")
    does("block", title=Title.objects.get(name=GONE).pk)
    assert "2 titles" in shown(cast["Ada"], surfaces["story"])
    section = shown(cast["Ada"], "/section/world/")
    assert "also in 1 other title" in section and "also in 2" not in section
    does("block", title=Title.objects.get(name="Harbour Courier").pk)
    assert "also in" not in shown(cast["Ada"], "/section/world/")


def test_search_counts_and_narrows_by_what_is_left(cast, surfaces):
    before = shown(cast["Ada"], surfaces["search"])
    does("block", title=Title.objects.get(name=GONE).pk)
    after = shown(cast["Ada"], surfaces["search"])
    assert "21 articles" in before and "14 articles" in after


def test_a_title_says_that_it_is_blocked_and_shows_nothing(cast, told):
    does("block", title=Title.objects.get(name=GONE).pk)
    page = shown(cast["Ada"], "/title/northern-ledger/")
    assert "You blocked this title" in page and "Unblock" in page
    assert "on event" not in page


def test_a_list_is_full_though_most_of_it_is_hidden(cast, paper):
    """Hiding happens before a page is cut, not after: a page of 25 stays one of 25."""
    print_articles(title("Loud"), *[draft(1000 + n, headline=f"Loud {n}") for n in range(40)])
    does("block", title=Title.objects.get(name="Loud").pk)
    assert shown(cast["Ada"], "/latest/").count('<article class="card') == 25


def test_statements_do_not_grow_with_what_is_hidden(cast, told, django_assert_max_num_queries):
    for word in ("golf", "tea", "rain"):
        does("mute", word=word)
        with django_assert_max_num_queries(14):
            cast["Ada"].get("/")
