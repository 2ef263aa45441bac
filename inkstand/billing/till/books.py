"""What the till does by itself: takes a card, charges when a period begins, tries again, gives up."""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction
from django.db.models import QuerySet

from inkstand.billing.till.rows import TillCheckout, TillContract, TillMessage, TillPayment
from inkstand.kit.months import months_on

AGAIN = (timedelta(days=3), timedelta(days=5), timedelta(days=7))
"""After a failed charge the card is tried again so long after the first failure; then the contract ends."""

Card = Literal["good", "empty"]


def name(kind: str) -> str:
    return f"{kind}_{secrets.token_hex(12)}"


@transaction.atomic
def pay(reference: str, card: Card, *, now: datetime) -> TillContract | None:
    """The reader pays at a checkout: the contract, with its first charge where that is due today. None where the card
    is refused. A checkout that is paid gives the contract it gave; pressed twice, the button charges once.
    """
    checkout = TillCheckout.objects.select_for_update().get(reference=reference)
    if checkout.contract or checkout.closed_at or card == "empty":
        return checkout.contract
    charge_from = max(datetime.fromisoformat(checkout.order["charge_from"]), now)
    contract = TillContract.objects.create(
        reference=name("contract"),
        customer=f"customer_{checkout.order['reader']}",
        order=checkout.order,
        began_at=now,
        charge_from=charge_from,
        due_at=charge_from,
        card=card,
        leaves_at=months_on(charge_from, checkout.order["months"]) if checkout.order["once"] else None,
    )
    checkout.contract, checkout.closed_at = contract, now
    checkout.save(update_fields=["contract", "closed_at"])
    tell("contract.begun", contract, now)
    _charge(contract, now)
    return contract


def change_card(reference: str, card: Card, *, now: datetime) -> None:
    """A new card is tried at once where a charge is owed."""
    with transaction.atomic():
        contract = _held().get(reference=reference)
        contract.card = card
        if contract.failed_at:
            contract.due_at = now
        contract.save(update_fields=["card", "due_at"])
        _charge(contract, now)


def run(*, now: datetime) -> int:
    """Every charge and end that is due; how many contracts it touched. Each by itself, so that one kill loses one."""
    due = list(TillContract.objects.filter(ended_at=None, due_at__lte=now).values_list("reference", flat=True))
    for reference in due:
        with transaction.atomic():
            _charge(_held().get(reference=reference), now)
    return len(due)


def _held() -> "QuerySet[TillContract]":
    return TillContract.objects.select_for_update()


def _charge(contract: TillContract, now: datetime) -> None:
    """Period after period up to `now`. A worker that slept for months finds every one of them."""
    while contract.ended_at is None and contract.due_at is not None and contract.due_at <= now:
        at = contract.due_at
        if contract.leaves_at is not None and contract.leaves_at <= at:
            end(contract, contract.leaves_at)
        elif contract.paused_until is not None and at < contract.paused_until:
            _passed_over(contract)
        elif contract.card == "good":
            _charged(contract, at)
        else:
            _refused(contract, at)


def _passed_over(contract: TillContract) -> None:
    """A period that nobody pays for, nor reads in."""
    contract.charges += 1
    contract.due_at = months_on(contract.charge_from, contract.order["months"] * contract.charges)
    contract.save(update_fields=["charges", "due_at"])


def _charged(contract: TillContract, at: datetime) -> None:
    months, number = contract.order["months"], contract.charges
    paid_to = months_on(contract.charge_from, months * (number + 1))
    TillPayment.objects.create(
        contract=contract,
        reference=name("payment"),
        number=number,
        minor=contract.order["minor"],
        paid_at=at,
        covers_from=months_on(contract.charge_from, months * number),
        covers_until=paid_to,
    )
    contract.charges, contract.failed_at, contract.due_at = number + 1, None, paid_to
    if contract.paused_until is not None and contract.paused_until <= at:
        contract.paused_until = None
    contract.save(update_fields=["charges", "failed_at", "paused_until", "due_at"])
    tell("payment.made", contract, at)


def _refused(contract: TillContract, at: datetime) -> None:
    contract.failed_at = contract.failed_at or at
    later = [contract.failed_at + wait for wait in AGAIN if contract.failed_at + wait > at]
    if not later:
        end(contract, at)
        return
    contract.due_at = later[0]
    contract.save(update_fields=["failed_at", "due_at"])
    tell("payment.failed", contract, at)


def end(contract: TillContract, at: datetime) -> None:
    contract.ended_at, contract.due_at = at, None
    contract.save(update_fields=["ended_at", "due_at", "failed_at"])
    tell("contract.ended", contract, at)


def tell(kind: str, contract: TillContract, at: datetime) -> None:
    TillMessage.objects.create(reference=name("message"), kind=kind, contract=contract.reference, at=at)
