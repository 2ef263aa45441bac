"""What the gate decides on and what it answers: plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Standing(StrEnum):
    """What a reader is to us now."""

    VISITOR = "visitor"
    REGISTERED = "registered"
    TRIAL = "trial"
    MEMBER = "member"
    LAPSED = "lapsed"
    EDITOR = "editor"


Readable = Literal["everyone", "members", "headline"]


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms of one article's title, as the gate needs them. `shown_until` is None where the text never expires."""

    readable: Readable
    shown_from: datetime
    shown_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """Free articles: how many a month, how many are used, and whether this very article is among them."""

    free: int
    used: int
    has_this: bool = False


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
