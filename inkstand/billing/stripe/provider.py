"""Stripe, by its official library and the version of its API that the library was made for.

Plans and prices stay ours: every checkout brings its price along, so nothing has to be set up at Stripe but the key,
the webhook and the customer portal. Library calls that fail for want of an answer are made again under the same key.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar

import stripe
from stripe._http_client import RequestsClient

from inkstand.billing.errors import MessageForged, ProviderAway, ProviderRefused, RefundRefused
from inkstand.billing.stripe import read
from inkstand.billing.stripe.units import to_stripe, to_stripe_at_least
from inkstand.billing.values import Checkout, Message, Order, Paid, Seen
from inkstand.kit.money import Money

TIMEOUT_S = 20
# Stripe's checkout takes no first payment nearer than two days.
SOONEST = timedelta(hours=48, minutes=5)
# Payments further back are known to us, and too old to be given back.
BACK = timedelta(days=400)


class Stripe:
    name: ClassVar[str] = "stripe"
    hosts: ClassVar[tuple[str, ...]] = ("https://checkout.stripe.com", "https://billing.stripe.com")

    def __init__(self, key: str, secret: str, *, tax: bool = False, address: str | None = None, retries: int = 2):
        """`address` is another API server than Stripe's own, for tests."""
        self._secret, self._tax = secret, tax
        self._api = stripe.StripeClient(
            key,
            base_addresses={"api": address} if address else {},
            max_network_retries=retries,
            http_client=RequestsClient(timeout=TIMEOUT_S),
        ).v1

    def offer_checkout(self, order: Order, *, now: datetime) -> Checkout:
        with _asked():
            made = self._api.checkout.sessions.create(
                _checkout(order, self._tax, now),  # type: ignore[arg-type]  # built in parts
                {"idempotency_key": f"checkout {order.reference}"},
            )
        assert made.url
        return Checkout(made.id, made.url)

    def close_checkout(self, reference: str, *, now: datetime) -> None:
        with _asked():
            if self._api.checkout.sessions.retrieve(reference).status == "open":
                self._api.checkout.sessions.expire(reference)

    def concluded(self, reference: str, *, now: datetime) -> str:
        with _asked():
            found = self._api.checkout.sessions.retrieve(reference)
            paid_once = found.payment_intent if found.payment_status == "paid" else None
            return str(found.subscription or paid_once or "")

    def open_portal(self, customer: str, *, back: str) -> str:
        with _asked():
            return self._api.billing_portal.sessions.create({"customer": customer, "return_url": back}).url

    def cancel(self, contract: str, *, at_once: bool, now: datetime) -> None:
        if _is_once(contract):
            return
        with _asked():
            status = self._api.subscriptions.retrieve(contract).status
            if status in read.OVER:
                return
            if at_once or status in ("past_due", "unpaid", "incomplete"):
                self._api.subscriptions.cancel(contract, {"prorate": False, "invoice_now": False})
            else:
                self._api.subscriptions.update(contract, {"cancel_at_period_end": True})

    def resume(self, contract: str, *, now: datetime) -> None:
        if _is_once(contract):
            return
        with _asked():
            found = self._api.subscriptions.retrieve(contract)
            if found.cancel_at and found.status not in read.OVER:
                self._api.subscriptions.update(contract, {"cancel_at_period_end": False})

    def pause(self, contract: str, *, until: datetime | None, now: datetime) -> None:
        if _is_once(contract):
            return
        with _asked():
            if self._api.subscriptions.retrieve(contract).status in read.OVER:
                return
            resumes = until - read.EARLY if until else now
            said = {"behavior": "void", "resumes_at": int(resumes.timestamp())} if resumes > now else ""
            self._api.subscriptions.update(contract, {"pause_collection": said})  # type: ignore[arg-type]

    def refund(self, payment: str, amount: Money, *, key: str, now: datetime) -> None:
        units = to_stripe_at_least(amount)
        try:
            with _asked():
                self._api.refunds.create({"payment_intent": payment, "amount": units}, {"idempotency_key": key})
        except ProviderRefused as refusal:
            raise RefundRefused(payment=payment, amount=amount, reason=refusal.facts["reason"]) from refusal

    def receive(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Message | None:
        try:
            signature = headers.get("Stripe-Signature", "")
            stripe.WebhookSignature.verify_header(body, signature, self._secret, tolerance=300)
            kept = read.message(json.loads(body))
        except (stripe.SignatureVerificationError, ValueError, TypeError) as error:  # TypeError: a sign beyond ASCII
            raise MessageForged(provider=self.name, reason=str(error)) from error
        return read.told(kept, json.dumps(kept)) if kept else None

    def replay(self, body: str) -> Message | None:
        return read.told(json.loads(body), body)

    def messages_since(self, since: datetime, *, now: datetime) -> Iterable[Message]:
        with _asked():
            asked = {"created": {"gte": int(since.timestamp())}, "types": list(read.KINDS), "limit": 100}
            for event in self._api.events.list(asked).auto_paging_iter():  # type: ignore[arg-type]
                if kept := read.message(event.to_dict()):
                    yield read.told(kept, json.dumps(kept))

    def look_up(self, contract: str, *, now: datetime) -> Seen | None:
        with _asked():
            try:
                if _is_once(contract):
                    return read.seen_once(self._intent(contract), self._tax_of(contract), now)
                found = self._api.subscriptions.retrieve(contract, {"expand": ["default_payment_method"]}).to_dict()
            except stripe.InvalidRequestError as error:
                if error.code == "resource_missing":
                    return None
                raise
            return read.seen(found, self._payments(contract, now))

    def contracts_of(self, customer: str, *, now: datetime) -> Iterable[str]:
        with _asked():
            found = self._api.subscriptions.list({"customer": customer, "status": "all", "limit": 100})
            once = self._api.payment_intents.list({"customer": customer, "limit": 100})
            # Each renewal is a payment intent as well; ours carry our words.
            ours = [intent.id for intent in once.auto_paging_iter() if "order" in (intent.metadata or {})]
            return [*(subscription.id for subscription in found.auto_paging_iter()), *ours]

    def _payments(self, contract: str, now: datetime) -> Iterator[Paid]:
        listed = self._api.invoices.list(
            {
                "subscription": contract,
                "status": "paid",
                "created": {"gte": int((now - BACK).timestamp())},
                "limit": 100,
                "expand": ["data.payments"],
            }
        )
        for invoice in (invoice.to_dict() for invoice in listed.auto_paging_iter()):
            if invoice["amount_paid"] and (intent := read.intent_of(invoice)):
                yield read.paid(invoice, self._intent(intent))

    def _tax_of(self, intent: str) -> int:
        """What Stripe Tax worked out at the checkout, where it was asked to."""
        if not self._tax:
            return 0
        found = self._api.checkout.sessions.list({"payment_intent": intent}).data
        return int(found[0].total_details.amount_tax) if found and found[0].total_details else 0

    def _intent(self, reference: str) -> dict[str, Any]:
        whole: dict[str, Any] = self._api.payment_intents.retrieve(
            reference, {"expand": ["latest_charge.balance_transaction"]}
        ).to_dict()
        return whole


def _is_once(contract: str) -> bool:
    """What is paid once is no subscription but its payment."""
    return contract.startswith("pi_")


def _checkout(order: Order, tax: bool, now: datetime) -> dict[str, Any]:
    """One line, its price brought along; the first payment when the trial is over, or at once."""
    price: dict[str, Any] = {
        "currency": order.price.currency.lower(),
        "unit_amount": to_stripe(order.price),
        "product_data": {"name": order.says},
    }
    whole: dict[str, Any] = {
        "client_reference_id": order.reference,
        "customer_email": order.email,
        "locale": order.language,
        "success_url": order.done,
        "cancel_url": order.back,
        "line_items": [{"quantity": 1, "price_data": price}],
    }
    if tax:
        price["tax_behavior"] = "inclusive"
        whole["automatic_tax"] = {"enabled": True}
    said = {"metadata": read.metadata_of(order)}
    if order.once:
        return {**whole, "mode": "payment", "customer_creation": "always", "payment_intent_data": said}
    price["recurring"] = {"interval": "month", "interval_count": order.months}
    contract: dict[str, Any] = dict(said)
    if order.charge_from > now:
        contract["trial_end"] = int(max(order.charge_from, now + SOONEST).timestamp())
    return {**whole, "mode": "subscription", "subscription_data": contract}


@contextmanager
def _asked() -> Iterator[None]:
    """Stripe's own errors as ours: no answer, or one that says no."""
    try:
        yield
    except (stripe.AuthenticationError, stripe.PermissionError, stripe.InvalidRequestError) as error:
        raise ProviderRefused(provider="stripe", reason=error.user_message or str(error)) from error
    except stripe.StripeError as error:
        raise ProviderAway(provider="stripe", reason=type(error).__name__) from error
