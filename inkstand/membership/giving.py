"""A member gives an article: a link by which anybody may open it for a while. So many a month, each article once."""

import secrets
from datetime import UTC, datetime, timedelta

from django.db import transaction

from inkstand.articles.models import Article
from inkstand.kit.months import months_on
from inkstand.membership.errors import GiftsUsedUp, OnlyMembersGive
from inkstand.membership.models import GiftLink
from inkstand.membership.standing import standing_of
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader

LASTS = timedelta(days=30)
GIVES = frozenset({Standing.COMPED, Standing.GIFTED, Standing.SEAT, Standing.MEMBER, Standing.EDITOR})
"""A trial would make every address a source of links; grace has enough to do."""


@transaction.atomic
def give(*, giver: Reader, article: Article, bound: int, now: datetime) -> GiftLink:
    """The link for `article`. Given before, it is the same link, lasts anew from now, and costs nothing.

    `OnlyMembersGive`; `GiftsUsedUp` where `bound` others were given this month.
    """
    # Two windows of one giver wait for each other, so that the bound holds.
    Reader.objects.select_for_update().get(pk=giver.pk)
    if standing_of(giver, now) not in GIVES:
        raise OnlyMembersGive(reader_id=giver.pk)
    link = GiftLink.objects.filter(giver=giver, article=article).first()
    if link is None:
        if not left(giver, bound, now):
            raise GiftsUsedUp(reader_id=giver.pk, bound=bound, again=months_on(_month(now), 1).date())
        link = GiftLink(giver=giver, article=article, key=secrets.token_urlsafe(12))
    link.made_at = now
    link.save()
    return link


def left(giver: Reader, bound: int, now: datetime) -> int:
    """How many more articles may be given this month, by the calendar of UTC."""
    return max(0, bound - GiftLink.objects.filter(giver=giver, made_at__gte=_month(now)).count())


def is_given(key: str, article: int, now: datetime) -> bool:
    """Whether `key` opens `article`. One statement, none for a key that cannot be ours."""
    if not 0 < len(key) <= 24:
        return False
    return GiftLink.objects.filter(key=key, article=article, made_at__gt=now - LASTS).exists()


def _month(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
