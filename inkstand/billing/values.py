"""What is said between us and a payment provider: plain values. Amounts are whole minor units, times are in UTC."""

from dataclasses import dataclass
from datetime import datetime

from inkstand.kit.money import Money


@dataclass(frozen=True, slots=True)
class Order:
    """What a reader wants to join for. `reference` is ours, and the key under which a provider does it once.

    Every `months` from `charge_from` `price` is due; before it nothing is (a trial not yet over). `done` is where the
    provider sends the reader who has paid, `back` where it sends one who has not. `seats`: how many may read for it.
    `once`: it is due a single time, and nothing after it.
    """

    reference: str
    reader: int
    email: str
    plan: str
    says: str
    months: int
    price: Money
    charge_from: datetime
    done: str
    back: str
    language: str = "en"
    seats: int = 1
    once: bool = False


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where a provider takes the money for one order: its own reference, and the address to send the reader to."""

    reference: str
    address: str


@dataclass(frozen=True, slots=True)
class Paid:
    """One charge that went through. `total` holds `tax` and `kept` (the provider's fee); `refunded` of it went back.

    It pays for the time from `covers_from` to `covers_until`.
    """

    reference: str
    total: Money
    paid_at: datetime
    covers_from: datetime
    covers_until: datetime
    tax: int = 0
    kept: int = 0
    refunded: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A contract as its provider has it at this moment, with every payment made under it.

    `order`, `reader`, `plan` and `months` are what we said when it was concluded. `leaves_at`: it was cancelled and
    runs until then. `ended_at`: it is over. `failed_at`: since when a payment due has not come through.
    `paused_until`: before that day, on which a payment is due, nothing is charged. `card`: what tells one card from
    another, "" where the provider does not say.
    """

    reference: str
    customer: str
    order: str
    reader: int
    plan: str
    months: int
    price: Money
    began_at: datetime
    charge_from: datetime
    leaves_at: datetime | None = None
    ended_at: datetime | None = None
    failed_at: datetime | None = None
    paused_until: datetime | None = None
    payments: tuple[Paid, ...] = ()
    seats: int = 1
    once: bool = False
    card: str = ""

    @property
    def runs(self) -> bool:
        return self.ended_at is None

    @property
    def paid_until(self) -> datetime:
        """Up to when nothing more is owed."""
        return max((paid.covers_until for paid in self.payments), default=self.charge_from)


@dataclass(frozen=True, slots=True)
class Message:
    """That something happened at the provider. `about` is whatever tells the contract: its reference, or "" where
    only the `customer` is known. `body` is what came, kept to be played again."""

    reference: str
    kind: str
    at: datetime
    about: str
    customer: str
    body: str
