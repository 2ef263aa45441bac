"""Grants that another room keeps: it says what they should be, and they are made so."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from inkstand.membership.models import Grant
from inkstand.membership.values import Spell
from inkstand.readers.models import Reader


@transaction.atomic
def grant_from(source: str, *, reader: Reader, spells: Iterable[Spell], why: str) -> None:
    """Makes the grants under `source` what `spells` say, no more and no less. Said twice, nothing changes.

    Of one source, one call at a time: the caller holds the lock of whatever `source` names.
    """
    wanted = {(spell.kind.value, spell.starts_at, spell.ends_at) for spell in spells if _lasts(spell)}
    for held in Grant.objects.filter(source=source):
        if held.reader_id == reader.pk and (held.kind, held.starts_at, held.ends_at) in wanted:
            wanted.discard((held.kind, held.starts_at, held.ends_at))
        else:
            held.delete()
    Grant.objects.bulk_create(
        Grant(reader=reader, kind=kind, starts_at=starts, ends_at=ends, why=why, source=source)
        for kind, starts, ends in sorted(wanted, key=lambda row: row[1])
    )


def _lasts(spell: Spell) -> bool:
    return spell.ends_at is None or spell.starts_at < spell.ends_at


def trial_ends(reader: Reader) -> datetime | None:
    """When this reader's trial ends or ended; None where they have had none."""
    return Grant.objects.filter(reader=reader, kind=Grant.Kind.TRIAL).values_list("ends_at", flat=True).first()
