"""Ada and Bo, who read; two titles; articles to read."""

from datetime import UTC, datetime, timedelta

import pytest

from inkstand.articles.models import Article, Revision
from inkstand.readers.models import Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.stories.models import Account, Story
from inkstand.titles.models import Publisher, Terms, Title

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ada(db):
    return Reader.objects.create_user("ada@example.org")


@pytest.fixture
def bo(db):
    return Reader.objects.create_user("bo@example.org")


def a_title(name, readable=None):
    publisher = Publisher.objects.get_or_create(name="Press")[0]
    made = Title.objects.create(publisher=publisher, name=name, slug=name.lower().replace(" ", "-"))
    if readable:
        Terms.objects.create(title=made, readable=readable)
    return made


def an_article(title, headline="Ice in the harbour", at=NOW, **said):
    article = Article.objects.create(title=title, received_at=at, published_at=at, shown_from=at)
    article.current = Revision.objects.create(article=article, number=1, headline=headline, received_at=at, **said)
    article.save()
    return article


def a_story(*articles):
    story = Story.objects.create(began_at=NOW, moved_at=NOW, lead=articles[0])
    for article in articles:
        Account.objects.create(article=article, story=story, published_at=article.published_at)
    return story


@pytest.fixture
def courier(db):
    return a_title("Harbour Courier")


@pytest.fixture
def article(courier):
    return an_article(courier)


@pytest.fixture
def does(ada):
    """`does("save", article=7)`: Ada does it, `ago` before now; answers how it was taken."""

    def does(do, *, who=ada, ago=timedelta(), now=NOW, **facts):
        return carry_out(reader=who, actions=[action(do, at=now - ago, **facts)], now=now)[0].answer

    return does
