"""What a contract gives its reader, decided from the contract alone. Whatever way we came to know it, the same."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from inkstand.billing.values import Seen
from inkstand.membership.values import Spell, Standing

GRACE = timedelta(days=14)
"""How long one reads on whose next payment has failed, or has not been heard of."""


def spells(seen: Seen) -> list[Spell]:
    """Each payment gives what it paid for; time before the first is due, and while the next is waited for, too.

    What is waited for ends with the contract. What was paid and not given back does not, whoever ended it.
    """
    return [spell for spell in _all(seen) if spell.ends_at is None or spell.starts_at < spell.ends_at]


def _all(seen: Seen) -> Iterator[Spell]:
    yield Spell(Standing.MEMBER, seen.began_at, _cut(seen.charge_from, seen.ended_at))
    for paid in seen.payments:
        until = _cut(paid.covers_until, seen.ended_at) if paid.refunded else paid.covers_until
        yield Spell(Standing.MEMBER, paid.covers_from, until)
    if seen.leaves_at is None:
        due = max(day for day in (seen.paid_until, seen.paused_until, seen.failed_at) if day)
        yield Spell(Standing.GRACE, due, _cut(due + GRACE, seen.ended_at))


def reach(given: Iterable[Spell], now: datetime) -> datetime | None:
    """Until when one reads without a gap that is yet to come; None: without end. `given` has one spell at least."""
    rising = sorted(given, key=lambda one: one.starts_at)
    until = rising[0].starts_at
    for spell in rising:
        if spell.ends_at is None:
            return None
        if spell.starts_at <= max(until, now):
            until = max(until, spell.ends_at)
    return until


def _cut(ends: datetime, ended: datetime | None) -> datetime:
    return ends if ended is None else min(ends, ended)
