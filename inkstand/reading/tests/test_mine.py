"""One reader's rows are that reader's alone, and go when they say so."""

import pytest
from django.apps import apps

from inkstand.reading.errors import PreferenceRefused
from inkstand.reading.filters import Filters
from inkstand.reading.forget import forget
from inkstand.reading.mine import of
from inkstand.reading.models import Done, Lever, Read
from inkstand.reading.prefer import prefer
from inkstand.reading.tests.conftest import DAY, HOUR, NOW, a_story, an_article
from inkstand.stories.models import Account

READS_ALL = frozenset({"everyone", "members"})


def does_everything(does, who, article):
    told = Account.objects.filter(article=article).first()
    story, title = told.story if told else a_story(article), article.title
    does("read", who=who, article=article.pk)
    does("save", who=who, article=article.pk)
    does("follow", who=who, kind="story", key=str(story.pk), ago=HOUR)
    does("mute", who=who, word="golf")
    does("block", who=who, title=title.pk)
    does("more", who=who, kind="topic", key="rivers")
    does("shown", who=who, stories=[story.pk])
    passage = {"quote": "ice", "start": 0, "end": 3, "key": "0a8f5de2-0f3f-4d3c-9d0b-0d6f6f3c7a11"}
    does("highlight", who=who, article=article.pk, **passage)
    prefer(reader=who, only_open=True)


def test_another_readers_rows_are_out_of_reach(ada, bo, article, does):
    does_everything(does, ada, article)
    mine = of(bo)
    rows = (mine.history(), mine.saved(), mine.follows(), mine.mutes(), mine.blocks(), mine.highlights(), mine.levers())
    assert [row.exists() for row in (*rows, mine.shown())] == [False] * 8
    assert mine.marks([article.pk]) == {}
    assert mine.moved() == []
    assert not mine.filters()
    assert not mine.filters(READS_ALL)


def test_erasing_leaves_no_row_of_the_reader_and_every_row_of_another(ada, bo, article, does):
    does_everything(does, ada, article)
    does_everything(does, bo, article)
    assert min(of(ada).erase().values()) >= 1
    for model in apps.get_app_config("reading").get_models():
        assert not model._default_manager.filter(reader=ada).exists()
        assert model._default_manager.filter(reader=bo).exists()


def test_filters_are_what_the_reader_said(ada, article, does):
    does_everything(does, ada, article)
    assert of(ada).filters()
    assert of(ada).filters(READS_ALL) == Filters(frozenset({article.title_id}), ("golf",), READS_ALL)


@pytest.mark.parametrize(("do", "facts"), [("mute", {"word": "golf"}), ("block", {"title": 0})])
def test_either_alone_makes_pages_ones_own(ada, courier, does, do, facts):
    does(do, **({"title": courier.pk} if do == "block" else facts))
    assert of(ada).filters()


def test_only_what_i_can_open_makes_pages_ones_own(ada):
    prefer(reader=ada, only_open=True)
    assert of(ada).filters()


def test_a_followed_story_has_moved_until_it_is_seen(ada, article, does):
    story = a_story(article)
    does("follow", kind="story", key=str(story.pk))
    assert of(ada).moved() == []
    story.moved_at = NOW + HOUR
    story.save()
    assert [(one.story, one.moved_at) for one in of(ada).moved()] == [(story.pk, NOW + HOUR)]
    does("seen", story=story.pk, now=NOW + 2 * HOUR)
    assert of(ada).moved() == []


def test_a_story_that_ended_in_another_moves_with_it(ada, article, does):
    old, into = a_story(article), a_story(an_article(article.title))
    does("follow", kind="story", key=str(old.pk))
    into.moved_at, old.merged_into = NOW + HOUR, into
    into.save()
    old.save()
    assert [one.story for one in of(ada).moved()] == [into.pk]


def test_history_is_kept_by_each_readers_own_days(ada, bo, article, does):
    old = an_article(article.title)
    for who in (ada, bo):
        does("read", who=who, article=article.pk, ago=20 * DAY)
        does("read", who=who, article=old.pk, ago=50 * DAY)
    prefer(reader=bo, history_days=30)
    assert forget(now=NOW)["read"] == 1
    assert of(ada).history().count() == 2
    assert [row.article_id for row in of(bo).history()] == [article.pk]
    prefer(reader=bo, history_days=None)
    forget(now=NOW + 5000 * DAY)
    assert not of(ada).history().exists()
    assert of(bo).history().exists()


def test_history_that_is_off_is_not_written_and_what_was_goes_at_once(ada, article, does):
    does("read", article=article.pk)
    prefer(reader=ada, history_days=0)
    assert not Read.objects.exists()
    does("read", article=article.pk)
    assert not Read.objects.exists()


def test_what_time_takes_away(ada, article, does):
    does("never", kind="topic", key="golf")
    does("more", kind="topic", key="rivers")
    does("shown", stories=[a_story(article).pk])
    assert sum(forget(now=NOW + 20 * DAY).values()) == 0
    forget(now=NOW + 400 * DAY)
    assert [lever.say for lever in Lever.objects.all()] == ["never"]
    assert not of(ada).shown().exists()
    assert not Done.objects.exists()


@pytest.mark.parametrize(
    "wish", [{"text_size": 1000}, {"theme": "plaid"}, {"time_zone": "Mars/Olympus"}, {"edition_size": 7}]
)
def test_a_wish_that_cannot_be_is_refused_in_words(ada, wish):
    with pytest.raises(PreferenceRefused, match=next(iter(wish))):
        prefer(reader=ada, **wish)
    assert of(ada).preferences().text_size == 100


def test_a_wish_leaves_the_others_alone(ada):
    prefer(reader=ada, text_size=120)
    prefer(reader=ada, theme="dark", time_zone="Asia/Kolkata")
    kept = of(ada).preferences()
    assert (kept.text_size, kept.theme, kept.time_zone, kept.history_days) == (120, "dark", "Asia/Kolkata", 90)
