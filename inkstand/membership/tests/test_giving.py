"""Articles given: so many a month, each once, for a while."""

from datetime import UTC, datetime, timedelta

import pytest

from inkstand.articles.models import Article
from inkstand.membership import giving
from inkstand.membership.errors import GiftsUsedUp, OnlyMembersGive
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader
from inkstand.titles.models import Publisher, Title

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db):
    reader = Reader.objects.create_user("ada@example.org")
    Grant.objects.create(reader=reader, kind="member", starts_at=NOW - timedelta(days=1))
    return reader


@pytest.fixture
def pieces(db):
    title = Title.objects.create(publisher=Publisher.objects.create(name="P"), name="T", slug="t")
    return [Article.objects.create(title=title, received_at=NOW, published_at=NOW, shown_from=NOW) for _ in range(4)]


def test_a_link_opens_its_article_and_no_other_for_thirty_days(ada, pieces):
    link = giving.give(giver=ada, article=pieces[0], bound=2, now=NOW)
    assert giving.is_given(link.key, pieces[0].pk, NOW)
    assert giving.is_given(link.key, pieces[0].pk, NOW + timedelta(days=29))
    assert not giving.is_given(link.key, pieces[0].pk, NOW + timedelta(days=30))
    assert not giving.is_given(link.key, pieces[1].pk, NOW)
    assert not giving.is_given("", pieces[0].pk, NOW) and not giving.is_given("x" * 500, pieces[0].pk, NOW)


def test_the_bound_is_the_months_and_the_same_article_costs_nothing(ada, pieces):
    links = [giving.give(giver=ada, article=piece, bound=2, now=NOW).key for piece in (pieces[0], pieces[1], pieces[0])]
    assert links[0] == links[2] and giving.left(ada, 2, NOW) == 0
    with pytest.raises(GiftsUsedUp, match="2026-04-01"):
        giving.give(giver=ada, article=pieces[2], bound=2, now=NOW)
    giving.give(giver=ada, article=pieces[2], bound=2, now=NOW + timedelta(days=18))


@pytest.mark.parametrize("kind", ["trial", "grace", None])
def test_who_is_no_member_gives_nothing(ada, pieces, kind):
    Grant.objects.filter(reader=ada).delete()
    if kind:
        Grant.objects.create(reader=ada, kind=kind, starts_at=NOW)
    with pytest.raises(OnlyMembersGive):
        giving.give(giver=ada, article=pieces[0], bound=2, now=NOW)
