"""A paper of thirty articles in three titles, at half past nine in the morning."""

from datetime import timedelta

import pytest
from django.db.models import F

from inkstand.articles.models import Article
from inkstand.editions.models import Edition
from inkstand.editions.printing import print_public
from inkstand.ranking.page import print_fronts
from inkstand.stories.models import Account
from inkstand.stories.tests.paper import NOW, print_paper


def published_earlier(by):
    """All that was printed, as if each had been published so much before: in time for the morning's hour."""
    Article.objects.update(published_at=F("published_at") - by, shown_from=F("shown_from") - by)
    Account.objects.update(published_at=F("published_at") - by)


@pytest.fixture
def paper(db):
    print_paper()
    published_earlier(timedelta(hours=3))
    print_fronts(now=NOW)


@pytest.fixture
def morning(paper):
    """Everyone's edition in English."""
    print_public(NOW)
    return Edition.objects.public().get(language="en", country="")
