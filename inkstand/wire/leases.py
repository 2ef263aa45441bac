"""The queue of feeds: a row's `due_at` and `lease_until` are all of it.

A worker leases a batch in one statement and skips what another holds. What a dead worker held is leased again when
its lease runs out; nothing else has to be put right.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from inkstand.wire.rhythm import FeedState

LEASE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Due:
    """One leased feed: where to ask, what it belongs to, how it has fared."""

    feed: int
    title: int
    url: str
    section: str
    language: str
    embargo_minutes: int
    state: FeedState
