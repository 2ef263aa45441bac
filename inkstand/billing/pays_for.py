"""Whose reading a payment pays for, and when: what royalties divide it by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inkstand.billing.models import Gift, Payment
from inkstand.billing.source import source_of
from inkstand.membership.models import Seat


@dataclass(frozen=True, slots=True)
class Reads:
    """`reader` is 0 for one whose row was erased."""

    reader: int
    since: datetime
    until: datetime


def pays_for(payment: Payment, now: datetime) -> Sequence[Reads]:
    """The reader who pays, and with them whoever has a seat of theirs; of a gift, who took it. Nobody yet, while a gift
    may still be taken.
    """
    gift = Gift.objects.filter(contract=payment.contract_id).first()
    if gift and gift.taken_from and gift.taken_until:
        return [Reads(gift.taken_by_id or 0, gift.taken_from, gift.taken_until)]
    if gift and now < payment.covers_until and payment.refunded < payment.minor:
        return ()
    seats = Seat.objects.filter(group__source=source_of(payment.contract)).order_by("pk")
    readers = [payment.contract.reader_id or 0, *seats.values_list("reader", flat=True)]
    return [Reads(reader, payment.covers_from, payment.covers_until) for reader in readers]
