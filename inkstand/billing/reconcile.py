"""The nightly round: what should have reached us and did not is fetched, and what was broken off is taken up again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from inkstand.billing import models
from inkstand.billing.models import Contract, Order
from inkstand.billing.protocol import Provider
from inkstand.billing.receive import act_on, bring_in, store
from inkstand.billing.withdraw import carry_out

BACK = timedelta(days=3)
"""How far back messages are asked for: a round that failed twice in a row loses nothing."""
STALE = timedelta(days=7)
ORDERS = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Mended:
    """What a round found: messages that never came, messages never acted on, checkouts paid of which nobody told us,
    contracts whose paid time was over or that were long not looked at, withdrawals to finish."""

    messages: int
    late: int
    orders: int
    contracts: int
    withdrawals: int


def reconcile(provider: Provider, *, now: datetime) -> Mended:
    fresh = (store(provider, message, now=now, mended=True) for message in provider.messages_since(now - BACK, now=now))
    messages = sum(row is not None for row in fresh)
    return Mended(
        messages=messages,
        late=_act_on_all(provider, now),
        orders=_bring_in_orders(provider, now),
        contracts=_follow_stale(provider, now),
        withdrawals=_finish_withdrawals(provider, now),
    )


def _act_on_all(provider: Provider, now: datetime) -> int:
    undone = models.Message.objects.filter(provider=provider.name, done_at=None)
    waiting = list(undone.order_by("at").values_list("pk", flat=True))
    for message in waiting:
        act_on(provider, message, now=now)
    return len(waiting)


def _bring_in_orders(provider: Provider, now: datetime) -> int:
    """Checkouts still open with us. One that nobody paid in two days is closed."""
    count = 0
    for order in Order.objects.filter(provider=provider.name, closed_at=None):
        if reference := provider.concluded(order.checkout, now=now):
            count += bring_in(provider, reference, now=now) is not None
        elif now > order.made_at + ORDERS:
            provider.close_checkout(order.checkout, now=now)
            Order.objects.filter(pk=order.pk).update(closed_at=now)
    return count


def _follow_stale(provider: Provider, now: datetime) -> int:
    wanted = Q(paid_until__lte=now) | Q(leaves_at__lte=now) | Q(looked_at__lte=now - STALE)
    stale = Contract.objects.filter(wanted, provider=provider.name, ended_at=None)
    references = list(stale.values_list("reference", flat=True))
    for reference in references:
        bring_in(provider, reference, now=now)
    return len(references)


def _finish_withdrawals(provider: Provider, now: datetime) -> int:
    started = Contract.objects.filter(provider=provider.name, withdrawal_done_at=None).exclude(withdrawn_at=None)
    found = list(started)
    for contract in found:
        carry_out(provider, contract, now=now)
    return len(found)
