"""What Stripe keeps and does by itself. Times are whole seconds since 1970, amounts whole, as Stripe counts them."""

import copy
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import stripe

from inkstand.billing.tests.fake_stripe.shapes import given
from inkstand.kit.months import months_on

Thing = dict[str, Any]
AGAIN = tuple(int(timedelta(days=days).total_seconds()) for days in (3, 5, 7))


class Refused(Exception):
    """What Stripe answers with 400 or 404."""

    def __init__(self, message: str, *, code: str = "", status: int = 400):
        super().__init__(message)
        self.code, self.status = code, status


class Books:
    def __init__(self, now: datetime):
        self.now = now
        self.sessions: dict[str, Thing] = {}
        self.subscriptions: dict[str, Thing] = {}
        self.invoices: dict[str, Thing] = {}
        self.intents: dict[str, Thing] = {}
        self.events: list[Thing] = []
        self.cards: dict[str, str] = {}
        self.fingerprint = ""
        self.orders: dict[str, Thing] = {}
        self._tried: dict[str, int] = {}
        self._numbers = count(1)

    def name(self, kind: str) -> str:
        return f"{kind}_test_{next(self._numbers):06d}"

    @property
    def seconds(self) -> int:
        return int(self.now.timestamp())

    def find(self, shelf: dict[str, Thing], name: str) -> Thing:
        if name not in shelf:
            raise Refused(f"No such object: '{name}'", code="resource_missing", status=404)
        return shelf[name]

    # A checkout

    def open_session(self, params: Thing, address: str) -> Thing:
        name, price = self.name("cs"), params["line_items"][0]["price_data"]
        trial = int(params.get("subscription_data", {}).get("trial_end", 0))
        if trial and trial < self.seconds + 48 * 3600:
            raise Refused("The `trial_end` date has to be at least 2 days in the future.")
        self.orders[name] = params
        self.sessions[name] = given(
            {
                "id": name,
                "object": "checkout.session",
                "mode": params["mode"],
                "status": "open",
                "payment_status": "unpaid",
                "url": f"{address}/pay/{name}",
                "client_reference_id": params["client_reference_id"],
                "customer": None,
                "customer_email": params["customer_email"],
                "subscription": None,
                "payment_intent": None,
                "currency": price["currency"],
                "amount_total": int(price["unit_amount"]),
                "success_url": params["success_url"],
                "cancel_url": params["cancel_url"],
                "created": self.seconds,
                "expires_at": self.seconds + 86400,
                "livemode": False,
                "metadata": {},
            },
            stripe.checkout.Session,
        )
        return self.sessions[name]

    def expire_session(self, name: str) -> Thing:
        session = self.find(self.sessions, name)
        if session["status"] != "open":
            raise Refused("Only Checkout Sessions with a status in `open` can be expired.")
        session.update(status="expired", url=None)
        return session

    def pay(self, name: str, card: str) -> bool:
        """The reader pays at the checkout. Pressed twice, it charges once."""
        session = self.find(self.sessions, name)
        if session["status"] != "open" or card != "good":
            return session["status"] == "complete"
        order = self.orders[name]
        if session["mode"] == "payment":
            return self._pay_once(session, order)
        subscription = self._begin(order, session["customer_email"])
        session.update(
            status="complete",
            url=None,
            payment_status="paid",
            customer=subscription["customer"],
            subscription=subscription["id"],
        )
        self.tell("checkout.session.completed", session)
        self.run()
        return True

    def _pay_once(self, session: Thing, order: Thing) -> bool:
        customer, amount = self.name("cus"), session["amount_total"]
        self.cards[customer] = "good"
        bill = {"amount_due": amount, "currency": session["currency"], "customer": customer}
        intent = self._intent(bill, self.seconds, order["payment_intent_data"]["metadata"])
        paid = {"payment_status": "paid", "customer": customer, "payment_intent": intent["id"]}
        session.update(status="complete", url=None, total_details={"amount_tax": amount * 19 // 119}, **paid)
        self.tell("checkout.session.completed", session)
        return True

    # A subscription

    def _begin(self, order: Thing, email: str) -> Thing:
        name, customer = self.name("sub"), self.name("cus")
        price, data = order["line_items"][0]["price_data"], order["subscription_data"]
        trial = int(data["trial_end"]) if "trial_end" in data else None
        self.cards[customer] = "good"
        item = self._item(price, trial or self.seconds)
        self.subscriptions[name] = given(
            {
                "id": name,
                "object": "subscription",
                "customer": customer,
                "status": "trialing" if trial else "active",
                "items": {"object": "list", "data": [item], "has_more": False, "url": "/v1/subscription_items"},
                "metadata": data["metadata"],
                "start_date": self.seconds,
                "created": self.seconds,
                "billing_cycle_anchor": trial or self.seconds,
                "trial_start": self.seconds if trial else None,
                "trial_end": trial,
                "cancel_at": None,
                "cancel_at_period_end": False,
                "canceled_at": None,
                "ended_at": None,
                "pause_collection": None,
                "default_payment_method": given(self._method(customer), stripe.PaymentMethod),
                "livemode": False,
            },
            stripe.Subscription,
        )
        self.tell("customer.subscription.created", self.subscriptions[name])
        if trial:
            # Stripe sends a bill of nothing for the trial.
            self._bill(self.subscriptions[name], 0, self.seconds, trial)
        return self.subscriptions[name]

    def _method(self, customer: str) -> Thing:
        """The reader's one and only card, unless a test says that two share one."""
        return {
            "id": self.name("pm"),
            "object": "payment_method",
            "type": "card",
            "customer": customer,
            "card": {"fingerprint": self.fingerprint or f"card of {customer}"},
        }

    def _item(self, price: Thing, ends: int) -> Thing:
        recurring = {**price["recurring"], "interval_count": int(price["recurring"]["interval_count"])}
        kept = {"currency": price["currency"], "unit_amount": int(price["unit_amount"]), "recurring": recurring}
        item = {
            "id": self.name("si"),
            "object": "subscription_item",
            "current_period_start": self.seconds,
            "current_period_end": ends,
            "price": given({"id": self.name("price"), "object": "price", **kept}, stripe.Price),
        }
        return given(item, stripe.SubscriptionItem)

    def update(self, name: str, params: Thing) -> Thing:
        held = self.find(self.subscriptions, name)
        if held["status"] == "canceled":
            raise Refused("A canceled subscription can only update its cancellation_details and metadata.")
        if "pause_collection" in params:
            self._pause(held, params["pause_collection"])
        if "cancel_at_period_end" in params:
            self._leave(held, params["cancel_at_period_end"] == "true")
        self.tell("customer.subscription.updated", held)
        return held

    def _pause(self, held: Thing, said: Thing | str) -> None:
        if isinstance(said, dict) and int(said["resumes_at"]) <= self.seconds:
            raise Refused("`pause_collection[resumes_at]` must be in the future.")
        held["pause_collection"] = {**said, "resumes_at": int(said["resumes_at"])} if isinstance(said, dict) else None

    def _leave(self, held: Thing, leaves: bool) -> None:
        held["cancel_at_period_end"] = leaves
        held["cancel_at"] = item_of(held)["current_period_end"] if leaves else None
        held["canceled_at"] = self.seconds if leaves else None

    def end(self, name: str, at: int | None = None) -> Thing:
        held = self.find(self.subscriptions, name)
        if held["status"] == "canceled":
            raise Refused(f"No such subscription: '{name}'", code="resource_missing", status=404)
        at = at or self.seconds
        held.update(status="canceled", ended_at=at, canceled_at=held["canceled_at"] or at)
        self.tell("customer.subscription.deleted", held)
        return held

    # Time passes

    def run(self) -> None:
        for held in self.subscriptions.values():
            while held["status"] != "canceled" and self._due(held) <= self.seconds:
                self._step(held, self._due(held))

    def _due(self, held: Thing) -> int:
        end = int(item_of(held)["current_period_end"])
        if held["status"] != "past_due":
            return end
        return int(item_of(held)["current_period_start"]) + (0, *AGAIN)[self._tried[held["id"]]]

    def _step(self, held: Thing, at: int) -> None:
        if held["cancel_at_period_end"]:
            self.end(held["id"], at)
        elif held["status"] == "past_due":
            self._try(held, self._open_invoice(held), at)
        else:
            item = item_of(held)
            start, end = at, self._next(held, at)
            item.update(current_period_start=start, current_period_end=end)
            invoice = self._bill(held, item["price"]["unit_amount"], start, end)
            self._tried[held["id"]] = 0
            if self._is_paused(held, at):
                invoice["status"] = "void"
            else:
                self._try(held, invoice, at)

    def _is_paused(self, held: Thing, at: int) -> bool:
        pause = held["pause_collection"]
        if pause and pause["resumes_at"] <= at:
            held["pause_collection"] = pause = None
            self.tell("customer.subscription.updated", held)
        return bool(pause)

    def _next(self, held: Thing, start: int) -> int:
        anchor = datetime.fromtimestamp(held["billing_cycle_anchor"], UTC)
        months = int(item_of(held)["price"]["recurring"]["interval_count"])
        ends = (int(months_on(anchor, months * number).timestamp()) for number in count(1))
        return next(end for end in ends if end > start)

    def _open_invoice(self, held: Thing) -> Thing:
        return next(one for one in self.invoices.values() if one["status"] == "open" and subject(one) == held["id"])

    def _bill(self, held: Thing, amount: int, start: int, end: int) -> Thing:
        name = self.name("in")
        line = {"id": self.name("il"), "object": "line_item", "period": {"start": start, "end": end}, "amount": amount}
        details = {"subscription": held["id"], "metadata": held["metadata"]}
        self.invoices[name] = given(
            {
                "id": name,
                "object": "invoice",
                "customer": held["customer"],
                "currency": item_of(held)["price"]["currency"],
                "status": "open" if amount else "paid",
                "amount_due": amount,
                "amount_paid": 0,
                "created": start,
                "lines": {"object": "list", "data": [line], "has_more": False, "url": "/v1/invoices/lines"},
                "parent": {"type": "subscription_details", "subscription_details": details, "quote_details": None},
                "payments": {"object": "list", "data": [], "has_more": False, "url": "/v1/invoice_payments"},
                "status_transitions": {"paid_at": None if amount else start, "finalized_at": start},
                "total_taxes": [{"amount": amount * 19 // 119, "tax_behavior": "inclusive"}] if amount else [],
                "livemode": False,
            },
            stripe.Invoice,
        )
        return self.invoices[name]

    def _try(self, held: Thing, invoice: Thing, at: int) -> None:
        if self.cards[held["customer"]] == "good":
            self._paid(held, invoice, at)
            return
        self._tried[held["id"]] += 1
        held["status"] = "past_due"
        self.tell("invoice.payment_failed", invoice)
        self.tell("customer.subscription.updated", held)
        if self._tried[held["id"]] > len(AGAIN):
            self.end(held["id"], at)

    def _paid(self, held: Thing, invoice: Thing, at: int) -> None:
        intent = self._intent(invoice, at)
        way = {"type": "payment_intent", "payment_intent": intent["id"]}
        row = {"id": self.name("inpay"), "object": "invoice_payment", "status": "paid", "payment": way}
        invoice["payments"]["data"].append(given(row, stripe.InvoicePayment))
        invoice["status_transitions"]["paid_at"] = at
        invoice.update(status="paid", amount_paid=invoice["amount_due"])
        held["status"] = "active"
        self.tell("invoice.paid", invoice)
        self.tell("customer.subscription.updated", held)

    def _intent(self, invoice: Thing, at: int, said: Thing | None = None) -> Thing:
        name, amount = self.name("pi"), invoice["amount_due"]
        moved = {
            "id": self.name("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "fee": amount * 15 // 1000 + 25,
        }
        charge = given(
            {
                "id": self.name("ch"),
                "object": "charge",
                "amount": amount,
                "amount_refunded": 0,
                "currency": invoice["currency"],
                "customer": invoice["customer"],
                "payment_intent": name,
                "created": at,
                "refunded": False,
                "balance_transaction": given(moved, stripe.BalanceTransaction),
            },
            stripe.Charge,
        )
        kept = {"status": "succeeded", "metadata": said or {}, "customer": invoice["customer"], "latest_charge": charge}
        self.intents[name] = {"id": name, "object": "payment_intent", "amount": amount, **kept}
        return given(self.intents[name], stripe.PaymentIntent)

    # Money back, and what is told

    def refund(self, params: Thing) -> Thing:
        charge, amount = self.find(self.intents, params["payment_intent"])["latest_charge"], int(params["amount"])
        left = charge["amount"] - charge["amount_refunded"]
        if not 0 < amount <= left:
            raise Refused(f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})")
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        self.tell("charge.refunded", charge)
        made = {
            "id": self.name("re"),
            "object": "refund",
            "amount": amount,
            "charge": charge["id"],
            "status": "succeeded",
        }
        return given(made, stripe.Refund)

    def change_card(self, customer: str, card: str) -> None:
        """A new card pays at once what is owed, as in the customer portal."""
        self.cards[customer] = card
        for held in self.subscriptions.values():
            if held["customer"] == customer and held["status"] == "past_due" and card == "good":
                self._try(held, self._open_invoice(held), self.seconds)

    def tell(self, kind: str, thing: Thing) -> None:
        event = {
            "id": self.name("evt"),
            "object": "event",
            "type": kind,
            "created": self.seconds,
            "data": {"object": copy.deepcopy(thing)},
            "livemode": False,
        }
        self.events.append(given(event, stripe.Event))


def item_of(held: Thing) -> Thing:
    item: Thing = held["items"]["data"][0]
    return item


def subject(invoice: Thing) -> str:
    return str(invoice["parent"]["subscription_details"]["subscription"])
