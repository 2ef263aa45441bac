"""The till behind our verbs. Its messages are signed, so that a forged one is as bad at the till as anywhere."""

import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from inkstand.billing.errors import MessageForged, RefundRefused
from inkstand.billing.till import books
from inkstand.billing.till.rows import TillCheckout, TillContract, TillMessage, TillPayment
from inkstand.billing.values import Checkout, Message, Order, Paid, Seen
from inkstand.kit.money import Money

SIGNATURE = "Till-Signature"


class Till:
    name: ClassVar[str] = "till"
    hosts: ClassVar[tuple[str, ...]] = ()

    def offer_checkout(self, order: Order, *, now: datetime) -> Checkout:
        said = {
            "reference": order.reference,
            "reader": order.reader,
            "email": order.email,
            "plan": order.plan,
            "says": order.says,
            "months": order.months,
            "minor": order.price.minor,
            "currency": order.price.currency,
            "charge_from": order.charge_from.isoformat(),
            "done": order.done,
            "back": order.back,
            "seats": order.seats,
            "once": order.once,
        }
        made, _ = TillCheckout.objects.get_or_create(
            key=order.reference, defaults={"reference": books.name("checkout"), "order": said, "made_at": now}
        )
        return Checkout(made.reference, reverse("till", args=[made.reference]))

    def close_checkout(self, reference: str, *, now: datetime) -> None:
        TillCheckout.objects.filter(reference=reference, closed_at=None).update(closed_at=now)

    def concluded(self, reference: str, *, now: datetime) -> str:
        found = TillCheckout.objects.filter(reference=reference).values_list("contract__reference", flat=True).first()
        return found or ""

    def open_portal(self, customer: str, *, back: str) -> str:
        running = TillContract.objects.filter(customer=customer).latest("began_at")
        return reverse("till-portal", args=[running.reference])

    @transaction.atomic
    def cancel(self, contract: str, *, at_once: bool, now: datetime) -> None:
        held = TillContract.objects.select_for_update().get(reference=contract)
        if held.ended_at or held.order["once"]:
            return
        if at_once or held.failed_at:
            books.end(held, now)
        elif held.leaves_at is None:
            # A contract's next charge is due where what is paid ends.
            held.leaves_at = held.due_at
            held.save(update_fields=["leaves_at"])
            books.tell("contract.cancelled", held, now)

    @transaction.atomic
    def resume(self, contract: str, *, now: datetime) -> None:
        held = TillContract.objects.select_for_update().get(reference=contract)
        if held.leaves_at and not held.ended_at and not held.order["once"]:
            held.leaves_at = None
            held.save(update_fields=["leaves_at"])
            books.tell("contract.resumed", held, now)

    @transaction.atomic
    def pause(self, contract: str, *, until: datetime | None, now: datetime) -> None:
        held = TillContract.objects.select_for_update().get(reference=contract)
        if held.ended_at or held.order["once"]:
            return
        held.paused_until = until
        held.save(update_fields=["paused_until"])
        books.tell("contract.paused" if until else "contract.resumed", held, now)

    @transaction.atomic
    def refund(self, payment: str, amount: Money, *, key: str, now: datetime) -> None:
        held = TillPayment.objects.select_for_update().select_related("contract").filter(reference=payment).first()
        if held is None:
            raise RefundRefused(payment=payment, amount=amount, reason="there is no such payment")
        if key in held.refunds:
            return
        left = held.minor - sum(held.refunds.values())
        if not 0 < amount.minor <= left:
            raise RefundRefused(payment=payment, amount=amount, reason=f"{left} minor units are left of it")
        held.refunds[key] = amount.minor
        held.save(update_fields=["refunds"])
        books.tell("payment.refunded", held.contract, now)

    def receive(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Message | None:
        if not hmac.compare_digest(headers.get(SIGNATURE, "").encode(), signature(body).encode()):
            raise MessageForged(provider=self.name, reason="the signature is not the till's")
        return self.replay(body.decode())

    def replay(self, body: str) -> Message | None:
        said = json.loads(body)
        at = datetime.fromisoformat(said["at"])
        return Message(said["reference"], said["kind"], at, about=said["contract"], customer="", body=body)

    def messages_since(self, since: datetime, *, now: datetime) -> Iterable[Message]:
        for row in TillMessage.objects.filter(at__gte=since).order_by("at", "pk"):
            if message := self.replay(written(row)):
                yield message

    def look_up(self, contract: str, *, now: datetime) -> Seen | None:
        found = TillContract.objects.filter(reference=contract).prefetch_related("payments").first()
        return _seen(found) if found else None

    def contracts_of(self, customer: str, *, now: datetime) -> Iterable[str]:
        return TillContract.objects.filter(customer=customer).values_list("reference", flat=True)


def written(row: TillMessage) -> str:
    return json.dumps(
        {"reference": row.reference, "kind": row.kind, "contract": row.contract, "at": row.at.isoformat()}
    )


def signature(body: bytes) -> str:
    return salted_hmac("inkstand.billing.till", body, algorithm="sha256").hexdigest()


def _seen(found: TillContract) -> Seen:
    order = found.order
    return Seen(
        reference=found.reference,
        customer=found.customer,
        order=order["reference"],
        reader=order["reader"],
        plan=order["plan"],
        months=order["months"],
        price=Money(order["minor"], order["currency"]),
        began_at=found.began_at,
        charge_from=found.charge_from,
        leaves_at=found.leaves_at,
        ended_at=found.ended_at,
        failed_at=found.failed_at,
        paused_until=found.paused_until,
        seats=order["seats"],
        once=order["once"],
        payments=tuple(_paid(row, order["currency"]) for row in found.payments.order_by("number")),
    )


def _paid(row: TillPayment, currency: str) -> Paid:
    return Paid(
        reference=row.reference,
        total=Money(row.minor, currency),
        paid_at=row.paid_at,
        covers_from=row.covers_from,
        covers_until=row.covers_until,
        refunded=sum(row.refunds.values()),
    )
