"""What readers called not worth reading, once enough of them did: such an account says less for its story."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from inkstand.ranking.models import Worth

ENOUGH = 10
"""Readers who said so; fewer neither bury a story nor can be singled out."""


@dataclass(frozen=True, slots=True)
class Said:
    """Of an article: how many read it, and how many of them called it not worth it."""

    readings: int
    not_worth: int


def worth(said: Said) -> float:
    """From 1 down to near 0: by what share was disappointed, as if ENOUGH more had read it and been content."""
    return 1.0 if said.not_worth < ENOUGH else 1.0 - said.not_worth / (said.readings + ENOUGH)


@transaction.atomic
def tell(found: Mapping[int, Said]) -> None:
    """By article, all that is known now; what was known before of others is forgotten."""
    Worth.objects.exclude(article__in=found).delete()
    Worth.objects.bulk_create(
        (Worth(article_id=article, factor=worth(said)) for article, said in found.items()),
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["factor"],
    )
