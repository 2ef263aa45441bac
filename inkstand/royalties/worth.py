"""Tells the front page what readers called not worth it: sums of articles alone, never who said so."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from inkstand.ranking.worth import ENOUGH, Said, tell
from inkstand.royalties.models import Reading

RECENT = timedelta(days=3)
"""The front page looks back for two."""


def tell_ranking(*, now: datetime) -> None:
    said = Count("pk", filter=Q(not_worth_it=True))
    disappointing = (
        Reading.objects.filter(not_worth_it=True, article__published_at__gt=now - RECENT)
        .values("article")
        .annotate(said=said)
        .filter(said__gte=ENOUGH)
        .values_list("article", flat=True)
    )
    rows = (
        Reading.objects.filter(article__in=list(disappointing)).values("article").annotate(all=Count("pk"), said=said)
    )
    tell({row["article"]: Said(row["all"], row["said"]) for row in rows})
