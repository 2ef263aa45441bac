"""A reader goes for good: their contracts end at once, and what was written down of them beside the books goes.

The books stay, as the law of books wants: contracts without their reader, payments, receipts' numbers.
"""

from datetime import datetime

from django.db.models import Q

from inkstand.billing.follow import follow
from inkstand.billing.join import bring_in_open_order
from inkstand.billing.models import Contract, Gift, Message, Order, TillCheckout, TillContract
from inkstand.billing.protocol import Provider
from inkstand.readers.models import Reader


def end_contracts(provider: Provider, reader: Reader, *, now: datetime) -> None:
    """Nothing more is charged, by a checkout that stands open neither; gifts, paid once, are others' to read on.

    `ProviderAway` where that could not be said: then the reader is not to be erased yet.
    """
    _close_checkout(provider, reader, now)
    for contract in Contract.objects.filter(reader=reader, ended_at=None, once=False, provider=provider.name):
        provider.cancel(contract.reference, at_once=True, now=now)
        follow(provider, contract.reference, now=now)


def _close_checkout(provider: Provider, reader: Reader, now: datetime) -> None:
    """First closed, then asked whether it was paid: nobody pays in between, for a contract that nobody would end."""
    for order in Order.objects.filter(reader=reader, closed_at=None, provider=provider.name):
        provider.close_checkout(order.checkout, now=now)
        bring_in_open_order(provider, reader, now=now)
        Order.objects.filter(pk=order.pk, closed_at=None).update(closed_at=now)


def forget(reader: Reader) -> int:
    """Takes what names the reader out of what providers told us. How many rows were changed."""
    customers = {*Contract.objects.filter(reader=reader).values_list("customer", flat=True)} - {""}
    changed = Message.objects.filter(customer__in=customers).exclude(done_at=None).update(body="")
    changed += Gift.objects.filter(giver=reader).update(says="")
    changed += Gift.objects.filter(Q(taken_by=reader) | Q(email__iexact=reader.email)).update(email="")
    for table in (TillCheckout, TillContract):
        for row in table._default_manager.filter(order__reader=reader.pk):
            row.order["email"] = ""
            row.save(update_fields=["order"])
            changed += 1
    return changed
