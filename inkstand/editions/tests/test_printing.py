"""Editions made from rows: once, for good, without what was printed before."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from inkstand.articles.models import Article
from inkstand.editions.models import Edition
from inkstand.editions.pool import pool
from inkstand.editions.printing import PATIENCE, print_public
from inkstand.editions.tests.conftest import published_earlier
from inkstand.ranking.page import print_fronts
from inkstand.stories.models import Account
from inkstand.stories.tests.paper import NOW, draft, print_articles, title

STRUCK, HOUR = NOW.replace(hour=7, minute=0), timedelta(hours=1)
pytestmark = pytest.mark.django_db


def public():
    return {(row.language, row.country): row for row in Edition.objects.public().order_by("strikes_at")}


def test_an_edition_is_made_for_each_language_and_one_for_all(morning):
    assert set(public()) == {("en", ""), ("", "")}
    assert (morning.half, str(morning.day), len(morning.stories)) == ("morning", "2026-03-14", 10)
    assert morning.next_at.isoformat() == "2026-03-14T18:00:00+00:00"


def test_it_is_made_once(morning):
    assert print_public(NOW + timedelta(minutes=1)) == 0
    assert Edition.objects.count() == 2


def test_nothing_due_costs_three_statements(morning):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        print_public(NOW)
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) == 3


def test_the_database_keeps_it_as_it_was_made(morning):
    with pytest.raises(IntegrityError, match="stays as it was made"), transaction.atomic():
        Edition.objects.filter(pk=morning.pk).update(stories=[1])


def test_the_next_has_none_of_its_stories(morning):
    print_public(NOW + timedelta(hours=9))
    evening = public()["en", ""]
    assert evening.half == "evening"
    assert set(evening.articles).isdisjoint(morning.articles)


def test_no_title_has_more_than_its_share_where_there_are_others(morning):
    titles = list(Article.objects.filter(pk__in=morning.articles).values_list("title", flat=True))
    assert len(set(titles)) == 3


def test_a_withdrawn_article_is_not_printed(paper):
    Article.objects.filter(title__name="Meridian").update(withdrawn_at=NOW)
    print_public(NOW)
    assert not Article.objects.filter(pk__in=public()["en", ""].articles, title__name="Meridian").exists()


def test_a_country_with_titles_enough_has_an_edition_of_its_own_at_its_own_hour(db):
    for number in range(5):
        print_articles(title(f"Town Paper {number}", country="IN"), *(draft(10 * number + n) for n in range(4)))
    published_earlier(9 * HOUR)
    print_fronts(now=NOW)
    print_public(NOW)
    indian = public()["en", "IN"]
    assert (indian.zone, indian.strikes_at.isoformat()) == ("Asia/Kolkata", "2026-03-14T01:30:00+00:00")


def test_a_country_whose_titles_have_printed_nothing_has_none(paper):
    for number in range(5):
        title(f"Town Paper {number}", country="IN")
    print_public(NOW)
    assert {country for _, country in public()} == {""}


def test_a_young_paper_waits_for_its_first_poll(db):
    print_articles(title(), draft(1), draft(2))
    print_fronts(now=NOW)
    just_struck = NOW.replace(hour=7, minute=1)
    Article.objects.update(published_at=STRUCK - HOUR, shown_from=STRUCK - HOUR)
    print_public(just_struck)
    assert public() == {}
    print_public(just_struck + PATIENCE)
    assert len(public()["", ""].stories) == 2


def test_what_came_after_its_hour_is_for_the_next_edition(paper):
    late = Article.objects.order_by("-pk")[:5]
    for article in late:
        Article.objects.filter(pk=article.pk).update(published_at=STRUCK + HOUR, shown_from=STRUCK + HOUR)
    print_public(NOW)
    morning = public()["en", ""]
    assert morning.strikes_at == STRUCK and len(morning.articles) == 10
    assert set(morning.articles).isdisjoint(article.pk for article in late)
    print_public(NOW + 9 * HOUR)
    assert {article.pk for article in late} & set(public()["en", ""].articles)


def test_a_story_is_told_as_it_was_known_at_its_hour(paper):
    early, late = Article.objects.filter(title__name="Meridian")[:2]
    Account.objects.filter(article=late).update(story=early.account.story)
    Article.objects.filter(pk=late.pk).update(published_at=STRUCK + HOUR)
    then, now = pool(NOW).until(STRUCK), pool(NOW)
    story = early.account.story_id
    assert [told.article for told in then.stories[story].accounts] == [early.pk]
    assert then.scores[story].value < now.scores[story].value


def test_an_empty_paper_has_no_edition(db):
    print_public(NOW)
    assert public() == {}
