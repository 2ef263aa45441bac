"""The demo edition in the paper: each of its events is a story of its own, however young the paper is."""

from collections import defaultdict

import pytest

from inkstand.articles.models import Article
from inkstand.editions.models import Edition
from inkstand.editions.printing import print_public
from inkstand.kit import clock
from inkstand.ops.demo.load import is_over, load, unload
from inkstand.ops.demo.read import edition
from inkstand.ranking.page import print_fronts
from inkstand.stories.look_again import look_again
from inkstand.stories.models import Account, RunningStory, Story
from inkstand.stories.tests.paper import NOW, draft, print_articles, title
from inkstand.titles.models import Title

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Story → what its accounts are of; an article of no event is one of its own."""
    load(now=clock.now())
    events = {article.headline: article.story or article.key for article in edition().articles}

    def told():
        stories = defaultdict(list)
        for article in Article.objects.select_related("account", "current"):
            stories[article.account.story_id].append(events[article.current.headline])
        return list(stories.values())

    return told


def test_no_story_is_of_two_events(told):
    assert [story for story in told() if len(set(story)) > 1] == []


def test_an_event_of_several_titles_is_one_story(told):
    together = {story[0]: len(story) for story in told() if len(story) > 1}
    assert {"flood", "budget", "probe", "yard", "train", "chess", "cup", "quota"} <= set(together)
    assert together["flood"] >= 4


def test_a_second_look_changes_nothing_of_that(told):
    before = sorted(map(sorted, told()))
    look_again(now=clock.now())
    assert sorted(map(sorted, told())) == before


def test_it_goes_without_a_trace_once_there_is_real_news(told):
    look_again(now=clock.now())
    ended, lives = Story.objects.filter(titles=1)[:2]
    thread = RunningStory.objects.create(began_at=NOW, moved_at=NOW, merged_into=lives.running)
    Story.objects.create(began_at=NOW, moved_at=NOW, merged_into=ended, running=thread)
    print_fronts(now=clock.now())
    assert print_public(clock.now())
    (real,) = print_articles(title(), draft())
    assert is_over()
    unload()
    assert not Edition.objects.exists()
    assert list(Article.objects.all()) == [real] and not Title.objects.filter(is_demo=True).exists()
    assert list(Story.objects.all()) == [real.account.story]
    assert set(RunningStory.objects.all()) <= {real.account.story.running}


def test_a_story_of_it_that_a_real_article_has_joined_is_that_articles_then(told):
    (real,) = print_articles(title(), draft())
    joined = Article.objects.filter(title__is_demo=True).first().account.story
    Account.objects.filter(article=real).update(story=joined)
    unload()
    joined.refresh_from_db()
    assert (joined.lead, joined.first, joined.accounts) == (real, real, 1)
