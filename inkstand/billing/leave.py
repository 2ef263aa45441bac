"""A reader leaves, and may think better of it until the day."""

from datetime import datetime

from inkstand.billing.follow import follow, post
from inkstand.billing.join import contract_to_change
from inkstand.billing.models import Contract
from inkstand.billing.protocol import Provider
from inkstand.readers.models import Reader


def leave(provider: Provider, reader: Reader, *, now: datetime) -> Contract:
    """Nothing more is charged; the membership runs to the end of what is paid. The receipt goes out by mail, once."""
    contract = contract_to_change(reader)
    was_leaving = contract.leaves_at
    is_resting = contract.paused_until is not None and contract.paid_until <= now
    provider.cancel(contract.reference, at_once=is_resting, now=now)
    contract = follow(provider, contract.reference, now=now) or contract
    if not was_leaving:
        post("left", contract)
    return contract


def stay(provider: Provider, reader: Reader, *, now: datetime) -> Contract:
    contract = contract_to_change(reader)
    provider.resume(contract.reference, now=now)
    return follow(provider, contract.reference, now=now) or contract
