"""What we ask of whoever takes the money, in our own verbs. The till and Stripe pass one suite of tests."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar, Protocol

from inkstand.billing.values import Checkout, Message, Order, Seen
from inkstand.kit.money import Money


class Provider(Protocol):
    """Every verb may raise `ProviderAway`: nothing is known to have happened, and the same call may be made again.

    A verb with a `key` is done once for each key, however often it is called.
    """

    name: ClassVar[str]
    hosts: ClassVar[tuple[str, ...]]
    """Origins that a reader is sent to, for the page's policy; none where it is our own."""

    def offer_checkout(self, order: Order, *, now: datetime) -> Checkout:
        """A page that takes the money for `order`; for the same order, the same page."""
        ...

    def close_checkout(self, reference: str, *, now: datetime) -> None:
        """Takes no more money there. One that is closed or paid stays as it is."""
        ...

    def concluded(self, reference: str, *, now: datetime) -> str:
        """The reference of the contract concluded at a checkout, "" where there is none yet."""
        ...

    def open_portal(self, customer: str, *, back: str) -> str:
        """The address where a reader changes how they pay."""
        ...

    def cancel(self, contract: str, *, at_once: bool, now: datetime) -> None:
        """Charges nothing more; ends at the end of what is paid for, or `at_once`. Done already, or paid once: it
        changes nothing."""
        ...

    def resume(self, contract: str, *, now: datetime) -> None:
        """Takes back a cancelling whose day has not come. Nothing cancelled, or ended: it changes nothing."""
        ...

    def pause(self, contract: str, *, until: datetime | None, now: datetime) -> None:
        """Charges nothing before `until`, a day on which a payment is due; None: every payment is taken again. Over,
        or paid once: it changes nothing."""
        ...

    def refund(self, payment: str, amount: Money, *, key: str, now: datetime) -> None:
        """Gives back `amount` of a payment; `RefundRefused` where it holds less."""
        ...

    def receive(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Message | None:
        """A message as it was delivered; None where it is of no concern. `MessageForged` where it is not theirs."""
        ...

    def replay(self, body: str) -> Message | None:
        """A message that was kept, told again."""
        ...

    def messages_since(self, since: datetime, *, now: datetime) -> Iterable[Message]:
        """What the provider has said from `since` on, whether or not it reached us."""
        ...

    def look_up(self, contract: str, *, now: datetime) -> Seen | None:
        """The contract as it is now; None where there is no such contract."""
        ...

    def contracts_of(self, customer: str, *, now: datetime) -> Iterable[str]:
        """The references of a customer's contracts, ended ones too."""
        ...
