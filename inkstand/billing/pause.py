"""A reader pauses: what is paid is read to its end, then nothing is charged, nor read, until a payment is due again."""

from datetime import datetime
from itertools import count

from inkstand.billing.errors import CannotPause
from inkstand.billing.follow import follow, post
from inkstand.billing.join import contract_to_change
from inkstand.billing.models import Contract
from inkstand.billing.protocol import Provider
from inkstand.kit.months import months_on
from inkstand.readers.models import Reader

LENGTHS = (1, 2, 3)
"""Months that a pause may last."""


def may_pause(contract: Contract) -> bool:
    """Whoever pays by the month; a year that is paid is not given back by halves."""
    runs = contract.ended_at is None and contract.leaves_at is None and contract.failed_at is None
    return runs and contract.months == 1 and contract.paused_until is None and contract.withdrawn_at is None


def pauses_until(contract: Contract, months: int) -> datetime:
    """The day of the first payment after a pause: some months after the one that would be due next."""
    return months_on(contract.charge_from, _periods(contract, contract.paid_until) + months)


def pause(provider: Provider, reader: Reader, months: int, *, now: datetime) -> Contract:
    """`CannotPause` where the contract does not allow it, or not for so long."""
    contract = contract_to_change(reader)
    if not may_pause(contract) or months not in LENGTHS:
        raise CannotPause(contract_id=contract.pk, most=max(LENGTHS))
    provider.pause(contract.reference, until=pauses_until(contract, months), now=now)
    contract = follow(provider, contract.reference, now=now) or contract
    post("paused", contract)
    return contract


def go_on(provider: Provider, reader: Reader, *, now: datetime) -> Contract:
    """Ends a pause: as if there had been none, or, where it has begun, with the next day that a payment is due."""
    contract = contract_to_change(reader)
    if contract.paused_until is None:
        return contract
    until = months_on(contract.charge_from, _periods(contract, now)) if contract.paid_until <= now else None
    provider.pause(contract.reference, until=until, now=now)
    return follow(provider, contract.reference, now=now) or contract


def _periods(contract: Contract, day: datetime) -> int:
    """How many months after the first payment the first one is due that is not before `day`."""
    return next(months for months in count() if months_on(contract.charge_from, months) >= day)
