"""What For You learned of a reader, forgotten: of one thing, or all of it.

History is not touched: it is the reader's own to keep, and reads before now teach nothing any more.
"""

from datetime import datetime

from django.db import transaction

from inkstand.ranking.models import Forgotten
from inkstand.ranking.profile import EVERYTHING
from inkstand.readers.models import Reader
from inkstand.reading import mine
from inkstand.reading.models import Lever


def forget(*, reader: Reader, key: str, now: datetime) -> None:
    """Reads and levers up to now say nothing of this key any more."""
    Forgotten.objects.update_or_create(reader=reader, key=key, defaults={"at": now})


@transaction.atomic
def erase(*, reader: Reader, now: datetime) -> None:
    """All that was learned. What the reader said outright stays: to follow, and never to see."""
    theirs = mine.of(reader)
    theirs.levers().exclude(say=Lever.Say.NEVER).delete()
    theirs.shown().delete()
    Forgotten.objects.filter(reader=reader).delete()
    Forgotten.objects.create(reader=reader, key=EVERYTHING, at=now)
