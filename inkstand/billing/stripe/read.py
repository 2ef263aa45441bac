"""Stripe's objects as our values. Pure: dictionaries as the API gives them in, values out."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from inkstand.billing.stripe.units import from_stripe
from inkstand.billing.values import Message, Order, Paid, Seen
from inkstand.kit.money import Money
from inkstand.kit.months import months_on

Object = Mapping[str, Any]

_FAILING = frozenset({"past_due", "unpaid"})
OVER = frozenset({"canceled", "incomplete_expired"})
KINDS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "invoice.paid",
    "invoice.payment_failed",
    "charge.refunded",
)
"""The messages that mean that a contract may have changed. A webhook at Stripe needs these and no others."""


EARLY = timedelta(hours=1)
"""A pause ends so long before the payment that ends it is due, so that Stripe takes that one."""

_SAID = frozenset({"order", "reader", "plan", "months", "seats", "minor", "currency"})


def metadata_of(order: Order) -> dict[str, str]:
    """What we write on a subscription (or a payment), and read back as `seen` does."""
    said = {"order": order.reference, "reader": order.reader, "plan": order.plan, "months": order.months}
    price = {"minor": order.price.minor, "currency": order.price.currency}
    return {name: str(value) for name, value in {**said, "seats": order.seats, **price}.items()}


def seen(subscription: Object, payments: Iterable[Paid]) -> Seen | None:
    """None for a subscription that was not concluded here."""
    said = subscription["metadata"] or {}
    if not set(said) >= _SAID:
        return None
    item, status = subscription["items"]["data"][0], subscription["status"]
    leaves = subscription["cancel_at"] or (subscription["cancel_at_period_end"] and item["current_period_end"])
    began, resumes = subscription["start_date"], (subscription["pause_collection"] or {}).get("resumes_at")
    return Seen(
        reference=subscription["id"],
        customer=subscription["customer"],
        order=said["order"],
        reader=int(said["reader"]),
        plan=said["plan"],
        months=int(said["months"]),
        price=Money(int(said["minor"]), said["currency"]),
        began_at=_at(began),
        charge_from=_at(subscription["trial_end"] or began),
        leaves_at=_at(leaves) if leaves else None,
        ended_at=_at(subscription["ended_at"] or subscription["canceled_at"]) if status in OVER else None,
        failed_at=_at(item["current_period_start"]) if status in _FAILING else None,
        paused_until=_at(resumes) + EARLY if resumes else None,
        payments=tuple(payments),
        seats=int(said["seats"]),
        card=((subscription["default_payment_method"] or {}).get("card") or {}).get("fingerprint") or "",
    )


def seen_once(intent: Object, tax: int, now: datetime) -> Seen | None:
    """A payment that is a contract of its own. None for one that was not made here, or has not come through."""
    said = intent["metadata"] or {}
    if not set(said) >= _SAID or intent["status"] != "succeeded":
        return None
    charge, price, months = intent["latest_charge"], Money(int(said["minor"]), said["currency"]), int(said["months"])
    began = _at(charge["created"])
    until = months_on(began, months)
    paid = Paid(
        reference=intent["id"],
        total=from_stripe(intent["amount"], said["currency"]),
        paid_at=began,
        covers_from=began,
        covers_until=until,
        tax=from_stripe(tax, said["currency"]).minor,
        kept=from_stripe(_fee(charge), said["currency"]).minor,
        refunded=from_stripe(charge["amount_refunded"], said["currency"]).minor,
    )
    return Seen(
        reference=intent["id"],
        customer=intent["customer"] or "",
        order=said["order"],
        reader=int(said["reader"]),
        plan=said["plan"],
        months=months,
        price=price,
        began_at=began,
        charge_from=began,
        leaves_at=until,
        ended_at=until if until <= now else None,
        payments=(paid,),
        seats=int(said["seats"]),
        once=True,
    )


def intent_of(invoice: Object) -> str | None:
    """The payment intent that paid an invoice; None where nothing was to pay, or it was paid outside Stripe."""
    paid = [row["payment"] for row in invoice["payments"]["data"] if row["status"] == "paid"]
    return next((str(way["payment_intent"]) for way in paid if way["type"] == "payment_intent"), None)


def paid(invoice: Object, intent: Object) -> Paid:
    """`intent` with its latest charge and that charge's balance transaction written out."""
    currency, charge = invoice["currency"], intent["latest_charge"]
    period = max((line["period"] for line in invoice["lines"]["data"]), key=lambda period: int(period["end"]))
    return Paid(
        reference=intent["id"],
        total=from_stripe(invoice["amount_paid"], currency),
        paid_at=_at(invoice["status_transitions"]["paid_at"]),
        covers_from=_at(period["start"]),
        covers_until=_at(period["end"]),
        tax=from_stripe(sum(tax["amount"] for tax in invoice["total_taxes"] or ()), currency).minor,
        kept=from_stripe(_fee(charge), currency).minor,
        refunded=from_stripe(charge["amount_refunded"], currency).minor,
    )


def _fee(charge: Object) -> int:
    """The fee is taken in the account's own currency; its share of the whole is the same in the reader's."""
    moved = charge["balance_transaction"]
    return int(moved["fee"] * charge["amount"] // moved["amount"]) if moved and moved["amount"] else 0


def message(event: Object) -> dict[str, Any] | None:
    """What is kept of an event: what it is about, and nothing of the person. None for what does not concern us."""
    kind, thing = event["type"], event["data"]["object"]
    if kind not in KINDS:
        return None
    kept = {"id": event["id"], "type": kind, "created": event["created"]}
    return {**kept, "about": _subscription(kind, thing) or "", "customer": thing.get("customer") or ""}


def _subscription(kind: str, thing: Object) -> str | None:
    if kind.startswith("customer.subscription"):
        return str(thing["id"])
    if kind.startswith("invoice"):
        details = (thing.get("parent") or {}).get("subscription_details") or {}
        return details.get("subscription")
    return thing.get("subscription") or (thing.get("payment_intent") if kind.startswith("checkout") else None)


def told(kept: Mapping[str, Any], body: str) -> Message:
    return Message(kept["id"], kept["type"], _at(kept["created"]), kept["about"], kept["customer"], body)


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
