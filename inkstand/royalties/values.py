"""What royalties decides on: plain values. Amounts are whole minor units, months the date of their first day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

POINTS = 10_000
"""What a member's reading of a month is divided into: a point is a hundredth of a percent of it."""

AT_LEAST = 10
"""Fewer readers than this are never shown by themselves."""


class Pays(StrEnum):
    """The two published rules. Both are computed for every month; one pays."""

    USER_CENTRIC = "user-centric"
    PRO_RATA = "pro-rata"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What an opened article page may have counted. `reader` is the blinded number of that month."""

    month: date
    article: int
    title: int
    reader: int
    limit_s: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Beat:
    """What the article page says every fifteen seconds it is looked at.

    `ticket` as the page was given it; `seen` is the share of the text, 0 to 1, that has been in view so far.
    """

    ticket: str
    visible: bool
    foreground: bool
    seen: float


@dataclass(frozen=True, slots=True)
class Payment:
    """Money a member paid, as billing books it. `reference` is the provider's own and unique.

    `gross` holds `tax` and `provider` (what the payment provider keeps). It pays for the days from `covers_from` to
    before `covers_until`.
    """

    reference: str
    reader: int
    gross: int
    tax: int
    provider: int
    currency: str
    covers_from: date
    covers_until: date


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back of the payment with reference `payment`; `gross` holds the `tax` given back."""

    reference: str
    payment: str
    gross: int
    tax: int


@dataclass(frozen=True, slots=True)
class Fee:
    """What one blinded reader's payments put into one month's pot: after tax, fees and the operator's share."""

    reader: int
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule's version and its numbers, as published."""

    version: int
    pays: str
    operator_permille: int
    copy_permille: int
    min_seconds: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A title as it is listed in what is published of a month."""

    id: int
    name: str
    publisher: str
