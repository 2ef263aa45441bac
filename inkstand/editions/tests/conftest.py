"""A paper of thirty articles in three titles, at half past nine in the morning."""

import pytest

from inkstand.editions.models import Edition
from inkstand.editions.printing import print_public
from inkstand.ranking.page import print_fronts
from inkstand.stories.tests.paper import NOW, print_paper


@pytest.fixture
def paper(db):
    print_paper()
    print_fronts(now=NOW)


@pytest.fixture
def morning(paper):
    """Everyone's edition in English."""
    print_public(NOW)
    return Edition.objects.public().get(language="en", country="")
