"""A feed's own words on its title."""

import pytest
from django.db.models.functions import Now

from inkstand.titles.enter import Address, Entry, enter, entry_of
from inkstand.titles.fill import Said, fill, mark_fronts
from inkstand.titles.models import Feed, Title

pytestmark = pytest.mark.django_db


def test_a_feed_fills_what_nobody_said_and_nothing_else():
    (feed,) = enter([Entry("The Gazette", (Address("https://g.example/feed"),), language="en-GB")])
    fill([Said(feed.title_id, home="https://g.example/", language="en", about="News of the town.")])
    title = Title.objects.get()
    assert (title.home, title.language, title.about) == ("https://g.example/", "en-GB", "News of the town.")


def test_entering_twice_changes_nothing():
    entries = [Entry("The Gazette", (Address("https://g.example/feed"),))]
    assert len(enter(entries)) == 1
    assert enter(entries) == []
    assert Title.objects.count() == 1


def test_a_title_leaves_as_it_was_entered_but_for_feeds_polled_no_more():
    entry = Entry("The Gazette", (Address("https://g.example/front", "World", front=True),), language="en")
    enter([entry, Entry("The Gazette", (Address("https://g.example/old"),))])
    Feed.objects.filter(url="https://g.example/old").update(retired_at=Now())
    assert entry_of(Title.objects.get()) == entry


def test_two_papers_of_one_name_have_slugs_of_their_own():
    enter([Entry("News", (Address(f"https://{name}.example/"),), home=f"https://{name}.example/") for name in "abc"])
    assert sorted(Title.objects.values_list("slug", flat=True)) == ["news", "news-2", "news-3"]


def test_the_only_feed_of_a_busy_title_is_its_front_and_one_of_two_is_not():
    alone, *two = enter(
        [
            Entry("Alone", (Address("https://a.example/"),)),
            Entry("Two", (Address("https://t.example/1"), Address("https://t.example/2"))),
        ]
    )
    mark_fronts([feed.pk for feed in (alone, *two)])
    assert list(Feed.objects.filter(is_front=True)) == [alone]
