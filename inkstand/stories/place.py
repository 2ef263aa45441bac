"""Places articles into stories."""

from datetime import datetime

from django.db import transaction

from inkstand.articles.models import Article
from inkstand.stories.models import Account, Story


@transaction.atomic
def place(articles: list[int], *, now: datetime) -> None:
    """Each article that is of no story yet begins one."""
    fresh = list(Article.objects.filter(pk__in=articles, account=None).select_related("title"))
    stories = Story.objects.bulk_create(
        [
            Story(
                began_at=article.published_at,
                moved_at=article.published_at,
                lead=article,
                countries=[article.title.country] if article.title.country else [],
                languages=[article.language] if article.language else [],
            )
            for article in fresh
        ]
    )
    Account.objects.bulk_create(
        [
            Account(article=article, story=story, published_at=article.published_at)
            for article, story in zip(fresh, stories, strict=True)
        ]
    )
