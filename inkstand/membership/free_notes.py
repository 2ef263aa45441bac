"""A reader's free articles of the month, where they are signed in and no member: the note a visitor carries, kept here.

So it is the same on every device of theirs; it is thrown away when its month is over.
"""

from datetime import datetime

from django.db import transaction

from inkstand.membership import meter
from inkstand.membership.models import FreeNote
from inkstand.readers.models import Reader


def note_of(reader: Reader) -> str:
    return FreeNote.objects.filter(reader=reader).values_list("note", flat=True).first() or ""


@transaction.atomic
def spend(reader: Reader, article: int, now: datetime) -> None:
    """Two devices at the same moment each write on what the other wrote."""
    FreeNote.objects.get_or_create(reader=reader)
    held = FreeNote.objects.select_for_update().get(reader=reader)
    held.note = meter.spend(held.note, article, now)
    held.save(update_fields=["note"])


def forget(*, now: datetime) -> None:
    """Throws away the notes of other months."""
    FreeNote.objects.exclude(note__startswith=f"{now:%Y-%m}:").delete()
