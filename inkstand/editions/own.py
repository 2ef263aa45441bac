"""Readers' own editions: at their hour, of their size, without what they block, have read or were given before."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from inkstand.editions.models import Edition, Errand
from inkstand.editions.pool import Pool, admits, pool, sieves
from inkstand.editions.printing import PATIENCE, Order, earlier, print_orders
from inkstand.editions.public import languages
from inkstand.editions.timetable import Coming, coming, set_forward
from inkstand.editions.values import Half
from inkstand.ranking.gather import WINDOW
from inkstand.ranking.page import EVERY, main
from inkstand.reading import many

# What could not be brought by then is let go: the next edition is nearer.
LATE = timedelta(hours=6)


def print_own(now: datetime) -> int:
    """Makes every edition whose reader's hour has come; how many. One statement where there is none."""
    made, stories = 0, None
    while seen := coming(now):
        if stories is None and any(one.struck for one in seen):
            stories = pool(now)
        made += _see_to(seen, stories, now)
    return made


@transaction.atomic
def _see_to(seen: Sequence[Coming], stories: Pool | None, now: datetime) -> int:
    """Editions, the errands that bring them, and their readers' next hours: all of it or nothing."""
    struck = {(one.reader, one.half): one for one in seen if one.struck}
    drafts = print_orders(_orders(struck.values(), now, stories), stories) if struck and stories else []
    made = list(Edition.objects.filter(reader__in={reader for reader, _ in struck}, made_at=now)) if drafts else []
    coming_of = {row.pk: struck[row.reader_id, Half(row.half)] for row in made if row.reader_id}
    errands = [errand for row in made for errand in _errands(row, coming_of[row.pk], now)]
    Errand.objects.bulk_create(errands, ignore_conflicts=True)
    printed = {(draft.reader_id, draft.half) for draft in drafts}
    early = [one for key, one in struck.items() if key not in printed and _may_wait(one, now)]
    set_forward(seen, now, again=early)
    return len(made)


def _may_wait(one: Coming, now: datetime) -> bool:
    return one.struck is not None and now < one.struck + PATIENCE


def _orders(struck: Collection[Coming], now: datetime, stories: Pool) -> list[Order]:
    """Seven statements, whatever the number of readers."""
    filters = sieves({one.reader for one in struck}, now)
    read = many.opened(filters, now - WINDOW)
    before = earlier(Edition.objects.filter(reader__in=filters), now, "reader")
    spoken = languages()

    def language(one: Coming) -> str:
        wanted = main(one.language or settings.LANGUAGE_CODE)
        return wanted if wanted in spoken else EVERY

    return [
        Order(
            reader=one.reader,
            language=language(one),
            country=one.country,
            zone=one.zone,
            half=one.half,
            strikes_at=one.struck,
            next_at=one.next_of_any(one.struck),
            size=one.size,
            admits=admits(filters[one.reader], stories),
            printed=before.get((one.reader,), {}),
            read=read.get(one.reader, frozenset()),
        )
        for one in struck
        if one.struck is not None
    ]


def _errands(made: Edition, one: Coming, now: datetime) -> list[Errand]:
    until = made.strikes_at + LATE
    ways = [way for way, wanted in ((Errand.Way.MAIL, one.by_mail), (Errand.Way.PUSH, one.by_push)) if wanted]
    return [
        Errand(
            reader_id=one.reader, way=way, kind=Errand.Kind.EDITION, edition=made, made_at=now, until=until, next_at=now
        )
        for way in ways
        if now < until
    ]
