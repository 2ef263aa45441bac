"""What this room gives a reader to take away: what they agreed to pay, and what they paid."""

from collections.abc import Iterator

from django.db.models import F

from inkstand.billing.models import Contract, Gift, Order, Payment
from inkstand.kit.leaf import Leaf, listed
from inkstand.readers.models import Reader

_AMOUNT = {"minor_units": F("minor")}


def leaves(reader: Reader) -> Iterator[Leaf]:
    orders = Order.objects.filter(reader=reader).order_by("made_at")
    yield listed("membership/orders.json", orders.values("plan", "currency", "made_at", "closed_at", **_AMOUNT))
    agreed = ("plan", "months", "currency", "began_at", "charge_from", "paid_until", "leaves_at", "ended_at")
    contracts = Contract.objects.filter(reader=reader).order_by("began_at")
    yield listed("membership/contracts.json", contracts.values("provider", "reference", *agreed, **_AMOUNT))
    card = ("months", "email", "says", "send_at", "sent_at", "taken_from", "taken_until")
    yield listed("membership/gifts-given.json", Gift.objects.filter(giver=reader).order_by("pk").values("code", *card))
    taken = Gift.objects.filter(taken_by=reader).order_by("pk")
    yield listed("membership/gifts-taken.json", taken.values("months", "says", "taken_from", "taken_until"))
    paid = ("number", "currency", "tax", "refunded", "paid_at", "covers_from", "covers_until")
    payments = Payment.objects.filter(contract__reader=reader).order_by("number")
    yield listed("membership/payments.json", payments.values(*paid, **_AMOUNT))
