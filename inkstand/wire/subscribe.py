"""New titles in, with their feeds due at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from inkstand.titles.enter import Entry, enter
from inkstand.titles.models import Feed
from inkstand.wire.models import Poll


@transaction.atomic
def subscribe(entries: Iterable[Entry], *, now: datetime) -> list[Feed]:
    """The feeds that are new, each due now."""
    fresh = enter(entries)
    Poll.objects.bulk_create([Poll(feed=feed, due_at=now) for feed in fresh])
    return fresh
