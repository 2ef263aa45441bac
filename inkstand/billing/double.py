"""A reader who came to have two contracts, by two windows at once, is asked to pay one: the younger is ended and all
that was paid under it given back.
"""

from datetime import datetime

from django.db import transaction

from inkstand.billing.follow import follow, lock_contracts_of, post
from inkstand.billing.models import Contract
from inkstand.billing.protocol import Provider
from inkstand.kit.money import Money


def mend_doubles(provider: Provider, reader: int, *, now: datetime) -> None:
    """Ends every contract of `reader` but the first. Broken off anywhere, it is taken up again by the next call."""
    _note_doubles(reader)
    for contract in Contract.objects.filter(reader=reader, provider=provider.name).exclude(doubles=None):
        if contract.ended_at is None:
            provider.cancel(contract.reference, at_once=True, now=now)
        if _give_back(provider, contract, now) or contract.ended_at is None:
            follow(provider, contract.reference, now=now)


@transaction.atomic
def _note_doubles(reader: int) -> None:
    """Two contracts concluded at once wait for each other here; the later finds both."""
    lock_contracts_of(reader)
    running = list(Contract.objects.running(reader))
    for contract in running[1:]:
        contract.doubles = running[0]
        contract.save(update_fields=["doubles"])
        post("doubled", contract)


def _give_back(provider: Provider, contract: Contract, now: datetime) -> bool:
    owed = [payment for payment in contract.payments.all() if payment.refunded < payment.minor]
    for payment in owed:
        left = Money(payment.minor - payment.refunded, payment.currency)
        provider.refund(payment.reference, left, key=f"double {payment.reference}", now=now)
    return bool(owed)
