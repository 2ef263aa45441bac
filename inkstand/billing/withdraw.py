"""A reader withdraws from the contract: once declared it is so, whether or not the provider answers."""

from collections.abc import Iterator
from datetime import datetime

from django.core import signing
from django.db import transaction

from inkstand.billing import withdrawal
from inkstand.billing.errors import WithdrawalTooLate
from inkstand.billing.follow import follow, post
from inkstand.billing.models import Contract, Gift, Payment
from inkstand.billing.protocol import Provider
from inkstand.kit.money import Money

_SALT = "inkstand.billing.withdraw"


def until(contract: Contract) -> datetime:
    return withdrawal.until(contract.began_at, contract.charge_from)


def may_withdraw(contract: Contract, now: datetime) -> bool:
    return contract.withdrawn_at is None and contract.doubles_id is None and now < until(contract)


def token(contract: Contract) -> str:
    """What stands in the letters' links: with it nobody need sign in to withdraw."""
    return signing.dumps(contract.pk, salt=_SALT)


def contract_of(token: str) -> Contract | None:
    try:
        return Contract.objects.filter(pk=signing.loads(token, salt=_SALT)).first()
    except signing.BadSignature:
        return None


def declare(contract: Contract, *, now: datetime) -> Contract:
    """Writes down that the reader withdraws. `WithdrawalTooLate` after the time; declared before, nothing changes."""
    with transaction.atomic():
        held = Contract.objects.select_for_update().get(pk=contract.pk)
        if held.withdrawn_at is None:
            if not may_withdraw(held, now):
                raise WithdrawalTooLate(contract_id=held.pk, until=until(held))
            held.withdrawn_at = now
            held.save(update_fields=["withdrawn_at"])
            post("withdrawn", held)
    return held


def carry_out(provider: Provider, contract: Contract, *, now: datetime) -> Contract:
    """Ends the contract and gives back what is due; broken off anywhere and begun again, nothing goes back twice."""
    provider.cancel(contract.reference, at_once=True, now=now)
    held = follow(provider, contract.reference, now=now) or contract
    for payment, left in _still_due(held):
        key = f"withdrawal {payment.reference}"
        provider.refund(payment.reference, Money(left, payment.currency), key=key, now=now)
    held = follow(provider, contract.reference, now=now) or held
    held.withdrawal_done_at = held.withdrawal_done_at or now
    held.save(update_fields=["withdrawal_done_at"])
    return held


def refunds(contract: Contract, stated_at: datetime) -> Iterator[tuple[Payment, int]]:
    """Each payment and what of it goes back to a reader who withdraws at `stated_at`."""
    for payment in contract.payments.order_by("number"):
        since, until = _read_from(contract, payment, stated_at)
        yield payment, withdrawal.refund(payment.minor, since, until, stated_at)


def _read_from(contract: Contract, payment: Payment, stated_at: datetime) -> tuple[datetime, datetime]:
    """From when to when a payment's time is read. That of a gift begins when it is taken: until then all goes back."""
    gift = Gift.objects.filter(contract=contract).first() if contract.once else None
    if gift is None:
        return payment.covers_from, payment.covers_until
    whole = payment.covers_until - payment.covers_from
    starts = gift.taken_from or stated_at
    return starts, gift.taken_until or starts + whole


def _still_due(contract: Contract) -> Iterator[tuple[Payment, int]]:
    assert contract.withdrawn_at is not None
    for payment, due in refunds(contract, contract.withdrawn_at):
        if due > payment.refunded:
            yield payment, due - payment.refunded
