"""What readers called not worth it reaches the front page as sums of articles: from ten on, of the last days alone."""

from datetime import timedelta

import pytest

from inkstand.ranking.models import Worth
from inkstand.royalties.models import Reading
from inkstand.royalties.periods import period
from inkstand.royalties.tests.town import MARCH, NOW, a_title, an_article
from inkstand.royalties.worth import tell_ranking

pytestmark = pytest.mark.django_db


def read(article, *, content, disappointed):
    Reading.objects.bulk_create(
        Reading(
            period=period(MARCH), reader=number, article=article, title=article.title, limit_s=60, not_worth_it=said
        )
        for number, said in enumerate([False] * content + [True] * disappointed)
    )


@pytest.mark.parametrize(("content", "disappointed", "factor"), [(40, 9, None), (40, 10, 50 / 60), (0, 10, 0.5)])
def test_ten_or_more(content, disappointed, factor):
    read(an_article(a_title()), content=content, disappointed=disappointed)
    tell_ranking(now=NOW)
    assert list(Worth.objects.values_list("factor", flat=True)) == ([pytest.approx(factor)] if factor else [])


def test_taken_back_it_is_forgotten_and_so_is_what_is_old():
    article = an_article(a_title())
    read(article, content=5, disappointed=12)
    tell_ranking(now=NOW)
    assert Worth.objects.count() == 1
    tell_ranking(now=article.published_at + timedelta(days=4))
    assert not Worth.objects.exists()
