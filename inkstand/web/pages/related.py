"""Related stories: what other titles say of the same event, then the other events of its running story, and then, of
what the same section has printed lately, what shares the rarest words with this headline.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q

from inkstand.articles.models import Article
from inkstand.reading.filters import NONE, Filters, without
from inkstand.stories.models import Account, Story

LATELY = timedelta(days=7)
POOL, SHOWN = 250, 4
_WORD = re.compile(r"[^\W\d_]{3,}")


def alike(article: Article, now: datetime, filters: Filters = NONE) -> Sequence[int]:
    """Ids of what shares most with an article's headline and standfirst. One statement."""
    said = article.current
    assert said is not None
    return closest(f"{said.headline} {said.standfirst}", candidates(article, now, filters))


def candidates(article: Article, now: datetime, filters: Filters = NONE) -> dict[int, tuple[str, str]]:
    """Headline and standfirst of the newest other stories of the same section and language, by the article each leads
    with. One statement."""
    near = Article.objects.in_the_paper(now).filter(
        section=article.section, language=article.language, published_at__gt=article.published_at - LATELY
    )
    told: Account | None = getattr(article, "account", None)
    elsewhere = Q(account__story__lead=F("pk")) & ~Q(account__story=told.story_id if told else 0)
    leading = near.filter(Q(account=None) | elsewhere).exclude(pk=article.pk)
    rows = without(leading, filters).newest().values_list("pk", "current__headline", "current__standfirst")[:POOL]
    return {pk: (headline or "", standfirst or "") for pk, headline, standfirst in rows}


def accounts(article: Article, filters: Filters = NONE) -> list[int]:
    """Ids of the newest articles of other titles on the same story. One statement."""
    others = Account.objects.exclude(article__title=article.title_id)
    telling = others.filter(story__telling__article=article.pk, copy_of=None)
    if filters:
        telling = telling.filter(article__in=without(Article.objects.all(), filters))
    return list(telling.order_by("-published_at").values_list("article", flat=True)[:SHOWN])


def events(article: Article, filters: Filters = NONE) -> list[int]:
    """Ids of the articles that lead the newest other events of the same running story. One statement."""
    told: Account | None = getattr(article, "account", None)
    if told is None or told.story.running_id is None:
        return []
    others = Story.objects.filter(running=told.story.running_id, merged_into=None).exclude(pk=told.story_id)
    if filters:
        others = others.filter(lead__in=without(Article.objects.all(), filters))
    return list(others.exclude(lead=None).order_by("-moved_at").values_list("lead", flat=True)[:SHOWN])


def closest(text: str, pool: Mapping[int, tuple[str, str]]) -> Sequence[int]:
    """The ids in `pool` whose texts share most with `text`, words weighted by how few of the pool use them.

    What shares nothing comes last, newest first, so that the page always has somewhere to go on.
    """
    bags = {pk: words(" ".join(texts)) for pk, texts in pool.items()}
    used = Counter(word for bag in bags.values() for word in bag)
    mine = words(text)

    def shared(pk: int) -> float:
        return sum(math.log((len(bags) + 1) / used[word]) for word in mine & bags[pk]) / math.sqrt(len(bags[pk]) + 1)

    return sorted(pool, key=shared, reverse=True)[:SHOWN]  # the sort is stable: newest first among equals


def words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
