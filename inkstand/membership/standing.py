"""What a reader is to us now, from the grants they hold."""

from collections.abc import Iterable
from datetime import datetime

from inkstand.membership.models import Grant
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader

_RISING = list(Standing)


def standing_of(reader: Reader | None, now: datetime) -> Standing:
    """One statement for a reader who is signed in, none for a visitor (`reader` is None)."""
    if reader is None:
        return Standing.VISITOR
    if reader.is_staff:
        return Standing.EDITOR
    return decide(Grant.objects.filter(reader=reader, starts_at__lte=now), now)


def decide(grants: Iterable[Grant], now: datetime) -> Standing:
    """The highest of the grants that run at `now`; lapsed where all of them are over."""
    held = [grant for grant in grants if grant.starts_at <= now]
    running = [Standing(grant.kind) for grant in held if grant.ends_at is None or now < grant.ends_at]
    return max(running, key=_RISING.index, default=Standing.LAPSED if held else Standing.REGISTERED)


def standings(readers: Iterable[Reader], now: datetime) -> dict[int, Standing]:
    """The same of many readers, by reader. One statement."""
    wanted = {reader.pk: reader for reader in readers}
    grants: dict[int, list[Grant]] = {pk: [] for pk in wanted}
    for grant in Grant.objects.filter(reader__in=wanted, starts_at__lte=now):
        grants[grant.reader_id].append(grant)
    return {pk: Standing.EDITOR if who.is_staff else decide(grants[pk], now) for pk, who in wanted.items()}
