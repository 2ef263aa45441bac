"""From documents to articles: once each, whatever comes twice, changes, or lacks what it should have."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkstand.articles.models import Article, Placements, Revision
from inkstand.titles.enter import Address, Entry
from inkstand.wire.parse.values import Document
from inkstand.wire.subscribe import subscribe
from inkstand.wire.take_in import Source, take_in
from inkstand.wire.tests.factory import NOON, a_feed, deliver, item

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=10)


def headlines():
    return sorted(Article.objects.values_list("current__headline", flat=True))


def test_new_items_are_articles_with_all_they_said():
    source = a_feed(language="en")
    deliver(source, item(1, authors=("By Ada Reed and Bo Lind",), section="World", tags=("rivers",)))
    article = Article.objects.get()
    assert (article.title_id, article.feed_id, article.feed_item_id) == (source.title, source.feed, "id-1")
    assert (article.url, article.section, article.language) == ("https://gazette.example/1", "World", "en")
    assert article.current.byline == ["Ada Reed", "Bo Lind"]
    assert article.current.tags == ["rivers"]


def test_the_same_twice_is_once():
    source = a_feed()
    for now in (NOON, LATER):
        deliver(source, item(1), item(2), now=now)
    assert (Article.objects.count(), Revision.objects.count()) == (2, 2)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(1, 6), max_size=6), max_size=5))
def test_however_often_items_come_each_is_in_the_paper_once(rounds):
    source = a_feed(url=f"https://gazette.example/{id(rounds)}/{len(rounds)}", name=f"Gazette {id(rounds)}")
    for numbers in rounds:
        deliver(source, *(item(number, url="") for number in numbers))
    wanted = {f"id-{number}" for numbers in rounds for number in numbers}
    found = list(Article.objects.filter(feed_id=source.feed).values_list("feed_item_id", flat=True))
    assert sorted(found) == sorted(wanted)


def test_a_changed_item_is_one_more_revision_and_what_it_said_stays():
    source = a_feed()
    deliver(source, item(1, headline="Bridge may close"))
    deliver(source, item(1, headline="Bridge closes"), now=LATER)
    article = Article.objects.get()
    assert [r.headline for r in article.revisions.order_by("number")] == ["Bridge may close", "Bridge closes"]
    assert article.current.headline == "Bridge closes"
    assert article.received_at == NOON


def test_a_touched_clock_alone_changes_nothing():
    source = a_feed()
    deliver(source, item(1))
    deliver(source, item(1, updated=LATER), now=LATER)
    assert Revision.objects.count() == 1


def test_two_feeds_of_one_title_bring_one_article_and_only_the_first_revises_it():
    world, front = (
        Source(feed.pk, feed.title_id)
        for feed in subscribe(
            [Entry("The Gazette", (Address("https://g.example/world"), Address("https://g.example/front")))], now=NOON
        )
    )
    deliver(world, item(1, summary="As the world desk has it"))
    deliver(front, item(1, id="other", summary="As the front has it"))
    deliver(front, item(1, id="other", summary="As the front has it now"), now=LATER)
    assert Article.objects.count() == 1
    assert Article.objects.get().current.standfirst == "As the world desk has it"
    assert Placements.objects.filter(feed_id=front.feed).get().articles == [Article.objects.get().pk]


def test_one_batch_may_hold_both_feeds():
    feeds = subscribe(
        [Entry("The Gazette", (Address("https://g.example/a"), Address("https://g.example/b")))], now=NOON
    )
    papers = [(Source(feed.pk, feed.title_id), Document(items=(item(1, id=feed.url),))) for feed in feeds]
    take_in(papers, now=NOON)
    assert Article.objects.count() == 1


def test_items_that_share_an_address_are_told_apart_by_their_ids():
    deliver(a_feed(), item(1, url="https://g.example/"), item(2, url="https://g.example/"))
    assert headlines() == ["Headline 1", "Headline 2"]


def test_a_new_address_for_a_known_id_is_the_same_piece():
    source = a_feed()
    deliver(source, item(1))
    deliver(source, item(1, url="https://gazette.example/a-better-address"), now=LATER)
    assert Article.objects.get().url == "https://gazette.example/a-better-address"


def test_tracking_words_in_an_address_do_not_make_another_article():
    source = a_feed()
    deliver(source, item(1, id=""))
    deliver(source, item(1, id="now-with-id", url="https://gazette.example/1?utm_source=rss"), now=LATER)
    assert Article.objects.count() == 1


def test_without_a_date_the_time_received_stands_in_and_is_marked():
    deliver(a_feed(), item(1, published=None))
    article = Article.objects.get()
    assert (article.published_at, article.dated) == (NOON, False)


def test_the_future_is_held_to_the_time_received():
    deliver(a_feed(), item(1, published=NOON + timedelta(days=9000)))
    assert Article.objects.get().published_at == NOON


def test_without_a_headline_the_text_gives_one():
    deliver(a_feed(), item(1, headline="", summary="A short note without a headline"))
    assert headlines() == ["A short note without a headline"]


def test_neither_id_nor_address_is_still_one_article_each():
    source = a_feed()
    for now in (NOON, LATER):
        deliver(source, item(id="", url="", headline="", summary="one"), item(id="", url="", summary="two"), now=now)
    assert Article.objects.count() == 2


def test_the_order_of_a_feed_is_kept_when_it_changes_and_only_then():
    source = a_feed()
    deliver(source, item(1), item(2))
    deliver(source, item(1), item(2), now=LATER)
    deliver(source, item(3), item(1), item(2), now=LATER + timedelta(minutes=1))
    by_id = dict(Article.objects.values_list("pk", "feed_item_id"))
    orders = [[by_id[pk] for pk in look.articles] for look in Placements.objects.order_by("seen_at")]
    assert orders == [["id-1", "id-2"], ["id-3", "id-1", "id-2"]]


def test_an_embargo_keeps_a_piece_out_of_lists_until_it_ends():
    source = a_feed()
    held = Source(source.feed, source.title, embargo=timedelta(hours=2))
    deliver(held, item(1))
    assert not Article.objects.in_the_paper(NOON).exists()
    assert Article.objects.in_the_paper(NOON + timedelta(hours=2)).exists()


def test_script_does_not_get_in():
    deliver(a_feed(), item(1, body="<p>Text</p><script>alert(1)</script><img src=x onerror=alert(1)>"))
    body = Revision.objects.get().body
    assert "<p>Text</p>" in body
    assert "script" not in body
    assert "onerror" not in body


def test_a_withdrawn_piece_leaves_the_lists_and_keeps_its_revisions():
    from inkstand.articles.publish import withdraw

    deliver(a_feed(), item(1))
    withdraw(Article.objects.get().pk, notice="Withdrawn at the publisher's wish.", now=LATER)
    assert not Article.objects.in_the_paper(LATER).exists()
    assert Revision.objects.count() == 1


def test_the_statements_do_not_grow_with_the_items(django_assert_max_num_queries):
    source = a_feed()
    with django_assert_max_num_queries(20):
        deliver(source, *(item(number) for number in range(500)))
