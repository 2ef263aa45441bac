"""Bring what we know of a contract up to what its provider knows, and the reader's grants up to that.

The one way in for everything that happens with money: the reader who comes back from the checkout, a message, the
nightly round and a person at the admin all end here. Done twice it changes nothing; done late it comes to the same.
"""

from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from procrastinate.contrib.django import app

from inkstand.billing.make_so import make_so
from inkstand.billing.models import Contract, Order, Payment
from inkstand.billing.protocol import Provider
from inkstand.billing.values import Paid, Seen
from inkstand.kit.money import Money
from inkstand.membership.person import mark_of_card
from inkstand.readers.models import Reader


def follow(provider: Provider, reference: str, *, now: datetime) -> Contract | None:
    """The contract as we know it now; None where the provider has no such contract of ours.

    It is looked up under a lock: of two at once the later looks after the earlier has written, so that what we know
    never goes back. What the provider has charged stands there, whatever becomes of this process: the next look finds
    it.
    """
    with transaction.atomic():
        seen = _looked_up_alone(provider, reference, now)
        if seen is None:
            return None
        contract = _written(provider.name, seen, now)
        _write_payments(contract, seen)
        make_so(contract, replace(seen, payments=_known(contract)), now=now)
        _close_order(seen, now)
    return contract


def lock_contracts_of(reader: int | None) -> None:
    """Of all who are at this reader's contracts one goes on at a time. Nothing to wait for where there is no reader.

    Taken before any contract's lock, everywhere: two workers who each held one of a reader's contracts, and went on to
    mend both, would wait for each other for ever.
    """
    if reader is not None:
        _lock(f"reader {reader}")


def _looked_up_alone(provider: Provider, reference: str, now: datetime) -> Seen | None:
    """The contract as it is once nobody else is at it. Whose it is, of one that we do not know yet, only the provider
    says: what it says then is good unless somebody wrote the contract down while we waited for the lock."""
    known, first = Contract.objects.filter(provider=provider.name, reference=reference), None
    if row := known.first():
        lock_contracts_of(row.reader_id)
    elif first := provider.look_up(reference, now=now):
        lock_contracts_of(first.reader)
    else:
        return None
    _lock(f"{provider.name} {reference}")
    return first if first and not known.exists() else provider.look_up(reference, now=now)


def _lock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"billing {name}"])


def _written(provider: str, seen: Seen, now: datetime) -> Contract:
    known = Contract.objects.filter(provider=provider, reference=seen.reference).first()
    contract = known or Contract(
        provider=provider,
        reference=seen.reference,
        reader=Reader.objects.filter(pk=seen.reader).first(),
        began_at=seen.began_at,
    )
    failed_anew = seen.failed_at is not None and contract.failed_at is None and seen.runs
    columns = _columns(seen, now)
    for name, value in columns.items():
        setattr(contract, name, value)
    # What others write meanwhile, a withdrawal above all, is theirs to write.
    contract.save(update_fields=columns if known else None)
    if known is None and not seen.once:
        post("joined", contract)
    if failed_anew:
        post("failed", contract)
    return contract


def _columns(seen: Seen, now: datetime) -> dict[str, object]:
    """What the provider decides of a contract's row. A card that it does not tell stays the one that was known."""
    card = {"card": mark_of_card(seen.card)} if seen.card else {}
    return card | {
        "customer": seen.customer,
        "plan": seen.plan,
        "months": seen.months,
        "seats": seen.seats,
        "once": seen.once,
        "minor": seen.price.minor,
        "currency": seen.price.currency,
        "charge_from": seen.charge_from,
        "paid_until": seen.paid_until,
        "leaves_at": seen.leaves_at,
        "ended_at": seen.ended_at,
        "failed_at": seen.failed_at,
        "paused_until": seen.paused_until,
        "looked_at": now,
    }


def _write_payments(contract: Contract, seen: Seen) -> None:
    known = {payment.reference: payment for payment in contract.payments.all()}
    for paid in seen.payments:
        if payment := known.get(paid.reference):
            if (payment.refunded, payment.kept) != (paid.refunded, paid.kept):
                payment.refunded, payment.kept = paid.refunded, paid.kept
                payment.save(update_fields=["refunded", "kept"])
        else:
            _write_payment(contract, paid)


def _write_payment(contract: Contract, paid: Paid) -> None:
    _lock("receipt numbers")
    last = Payment.objects.aggregate(number=Max("number"))["number"] or 0
    payment = Payment.objects.create(
        contract=contract,
        reference=paid.reference,
        number=last + 1,
        currency=paid.total.currency,
        minor=paid.total.minor,
        tax=paid.tax,
        kept=paid.kept,
        refunded=paid.refunded,
        paid_at=paid.paid_at,
        covers_from=paid.covers_from,
        covers_until=paid.covers_until,
    )
    post("receipt", contract, payment)


def _known(contract: Contract) -> tuple[Paid, ...]:
    """Every payment that was ever seen: a provider's list may not reach back for ever."""
    return tuple(
        Paid(
            reference=row.reference,
            total=Money(row.minor, row.currency),
            paid_at=row.paid_at,
            covers_from=row.covers_from,
            covers_until=row.covers_until,
            refunded=row.refunded,
        )
        for row in contract.payments.order_by("covers_from")
    )


def _close_order(seen: Seen, now: datetime) -> None:
    Order.objects.filter(key=seen.order, closed_at=None).update(closed_at=now)


def post(kind: str, contract: Contract, payment: Payment | None = None) -> None:
    """A letter to the reader goes out once this transaction is true, and is tried again until it is out."""
    app.configure_task("billing.post", queue="billing").defer(
        kind=kind, contract=contract.pk, payment=payment.pk if payment else None
    )
