"""What the gate decides on and what it answers: plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Standing(StrEnum):
    """What a reader is to us now. Of several, the one that stands lower here is the one they have."""

    VISITOR = "visitor"
    REGISTERED = "registered"
    LAPSED = "lapsed"
    TRIAL = "trial"
    GRACE = "grace"
    """Has paid, and the next payment has failed or is not heard of yet: reads on for a while."""
    COMPED = "comped"
    GIFTED = "gifted"
    SEAT = "seat"
    """Reads on the account of a family, an office, a library."""
    MEMBER = "member"
    EDITOR = "editor"


READS_ALL = frozenset(list(Standing)[3:])
"""Who opens every article that its publisher lets members read."""

METERED = frozenset(list(Standing)[:3])
"""Who opens so many articles a month."""

Readable = Literal["everyone", "members", "headline"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A standing from one time to another: what a contract gives its reader. `ends_at` None: until withdrawn."""

    kind: Standing
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms of one article's title, as the gate needs them. `shown_until` is None where the text never expires."""

    readable: Readable
    shown_from: datetime
    shown_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """Free articles: how many a month, how many are used, and whether this very article is among them.

    `crowded`: the address range the visitor comes from has opened all the free articles it gets today.
    `given`: a member has given this very article to whoever holds the link that was followed.
    """

    free: int
    used: int
    has_this: bool = False
    crowded: bool = False
    given: bool = False


class Reason(StrEnum):
    """Why only a teaser: the page words it, programs read it."""

    SIGN_UP = "sign-up"
    JOIN = "join"
    PUBLISHER = "publisher"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    EMBARGO = "embargo"


@dataclass(frozen=True, slots=True)
class Open:
    """The text may be read. `metered`: it costs the visitor one of their free articles."""

    body: str
    metered: bool = False


@dataclass(frozen=True, slots=True)
class Teaser:
    """Only the lead may be shown; the body is not in this object at all."""

    lead: str
    reason: Reason
