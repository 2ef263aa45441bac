"""Which sections have anything in them. Every page names them, so each process remembers for a few seconds."""

from datetime import datetime
from functools import lru_cache

from django.db.models import Value

from inkstand.articles.models import Article
from inkstand.articles.sections import SECTIONS

FRESH_S = 10


def filled(now: datetime) -> frozenset[str]:
    """The slugs of the sections that an article stands in. One statement, at most every FRESH_S seconds."""
    return _filled(now.replace(second=now.second // FRESH_S * FRESH_S, microsecond=0))


@lru_cache(maxsize=1)
def _filled(now: datetime) -> frozenset[str]:
    shown = Article.objects.in_the_paper(now).filter(current__isnull=False)
    first, *others = (
        shown.filter(section__in=section.spellings()).values_list(Value(section.slug))[:1] for section in SECTIONS
    )
    return frozenset(slug for (slug,) in first.union(*others, all=True))


def forget() -> None:
    _filled.cache_clear()
