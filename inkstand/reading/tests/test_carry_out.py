"""What a reader did is carried out exactly once, whatever comes twice, late or out of order."""

import itertools
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import REMEMBERED, carry_out
from inkstand.reading.mine import Mark, of
from inkstand.reading.models import Done, Highlight, Lever, Saved, Shown
from inkstand.reading.tests.conftest import DAY, HOUR, NOW, a_story, an_article


def answers(reader, *actions, now=NOW):
    return [outcome.answer for outcome in carry_out(reader=reader, actions=actions, now=now)]


def test_a_queue_sent_twice_is_carried_out_once(ada, article):
    queue = [
        action("read", at=NOW - HOUR, article=article.pk, progress=30),
        action("more", at=NOW - HOUR, kind="title", key=str(article.title_id)),
        action("save", at=NOW, article=article.pk),
    ]
    assert answers(ada, *queue) == ["done"] * 3
    assert answers(ada, *queue) == ["already"] * 3
    assert Lever.objects.count() == 1
    assert of(ada).marks([article.pk]) == {article.pk: Mark(30, saved=True)}


def test_one_action_twice_in_one_queue_is_one(ada, article):
    more = action("more", at=NOW, kind="title", key=str(article.title_id))
    assert answers(ada, more, more) == ["done", "already"]
    assert Lever.objects.count() == 1


def test_of_two_readers_the_same_id_is_two_actions(ada, bo, article):
    save = action("save", at=NOW, article=article.pk)
    assert answers(ada, save) == answers(bo, save) == ["done"]
    assert Saved.objects.count() == 2


def test_a_later_action_stands_though_the_earlier_one_comes_after_it(ada, article, does):
    assert does("unsave", article=article.pk) == "done"
    assert does("save", article=article.pk, ago=HOUR) == "overtaken"
    assert not of(ada).saved().exists()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_three_devices_end_the_same_in_any_order(ada, article, order):
    queue = [
        action("save", at=NOW - 3 * HOUR, article=article.pk),
        action("unsave", at=NOW - 2 * HOUR, article=article.pk),
        action("save", at=NOW - HOUR, article=article.pk),
    ]
    for place in order:
        carry_out(reader=ada, actions=[queue[place]], now=NOW)
    assert of(ada).saved().count() == 1


# Each example erases what it wrote.
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 48)), min_size=1, max_size=6), st.randoms())
def test_reading_ends_the_same_in_any_order(ada, article, looks, random):
    shuffled = random.sample(looks, len(looks))
    for progress, hours in shuffled:
        at = NOW - hours * HOUR
        carry_out(reader=ada, actions=[action("read", at=at, article=article.pk, progress=progress)], now=NOW)
    row = of(ada).history().get()
    assert row.progress == max(progress for progress, _ in looks)
    assert (row.first_at, row.last_at) == (
        NOW - max(hours for _, hours in looks) * HOUR,
        NOW - min(hours for _, hours in looks) * HOUR,
    )
    of(ada).erase()


def test_a_clock_that_runs_ahead_is_held_to_ours(ada, article):
    answers(ada, action("save", at=NOW + 300 * DAY, article=article.pk))
    assert of(ada).saved().get().at == NOW
    assert answers(ada, action("unsave", at=NOW + HOUR, article=article.pk), now=NOW + HOUR) == ["done"]


def test_what_was_done_longer_ago_than_we_remember_is_not_taken(ada, article, does):
    assert does("save", article=article.pk, ago=REMEMBERED + timedelta(seconds=1)) == "too-old"
    assert does("save", article=article.pk, ago=REMEMBERED) == "done"


def test_what_is_not_there_stops_nothing_else(ada, article):
    queue = [
        action("save", at=NOW, article=article.pk + 1),
        action("block", at=NOW, title=article.title_id + 1),
        action("follow", at=NOW, kind="story", key="77"),
        action("save", at=NOW, article=article.pk),
    ]
    assert answers(ada, *queue) == ["unknown", "unknown", "unknown", "done"]


def test_forgetting_reaches_what_a_device_has_not_told_yet(ada, article, does):
    does("read", article=article.pk, ago=2 * HOUR)
    does("forget-all", ago=HOUR)
    assert not of(ada).history().exists()
    does("read", article=article.pk, ago=90 * timedelta(minutes=1))
    assert not of(ada).history().exists()
    does("read", article=article.pk)
    assert of(ada).history().count() == 1


def test_following_and_blocking_a_title_undo_each_other(ada, courier, does):
    does("follow", kind="title", key=str(courier.pk), ago=2 * HOUR)
    does("block", title=courier.pk, ago=HOUR)
    assert not of(ada).follows().exists()
    does("follow", kind="title", key=str(courier.pk))
    assert not of(ada).blocks().exists()


def test_never_stands_until_again(ada, does):
    does("never", kind="topic", key="golf", ago=2 * HOUR)
    does("never", kind="topic", key="golf", ago=HOUR)
    assert [str(lever) for lever in of(ada).levers()] == ["never topic:golf"]
    does("again", kind="topic", key="golf")
    assert not of(ada).levers().exists()


def test_shown_is_counted_once_an_action(ada, article, does):
    stories = [a_story(article).pk, a_story(an_article(article.title)).pk]
    does("shown", stories=stories)
    does("shown", stories=stories[:1])
    assert dict(Shown.objects.values_list("story", "times")) == {stories[0]: 2, stories[1]: 1}


def test_a_note_made_offline_follows_its_highlight(ada, article):
    key = str(uuid.uuid4())
    passage = {"article": article.pk, "revision": 1, "quote": "the ropes", "start": 4, "end": 13}
    queue = [
        action("note", at=NOW, key=key, note="Ask the harbour master."),
        action("highlight", at=NOW - HOUR, key=key, **passage),
    ]
    answers(ada, *queue)
    assert Highlight.objects.get().note == "Ask the harbour master."
    answers(ada, action("unhighlight", at=NOW, key=key))
    assert not of(ada).highlights().exists()


def test_a_batch_costs_the_same_however_long(ada, courier, django_assert_max_num_queries):
    articles = [an_article(courier) for _ in range(20)]
    with django_assert_max_num_queries(6 + 3 * 20):
        carry_out(reader=ada, actions=[action("read", at=NOW, article=one.pk) for one in articles], now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_send_one_queue_at_once_do_it_once():
    ada = Reader.objects.create_user("ada@example.org")
    queue = [action("more", at=NOW, kind="topic", key=f"topic-{n}") for n in range(10)]
    start = threading.Barrier(4)
    found = []

    def send():
        start.wait()
        try:
            found.extend(outcome.answer for outcome in carry_out(reader=ada, actions=queue, now=NOW))
        finally:
            connections.close_all()

    tabs = [threading.Thread(target=send) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert sorted(found) == ["already"] * 30 + ["done"] * 10
    assert Lever.objects.count() == Done.objects.count() == 10
