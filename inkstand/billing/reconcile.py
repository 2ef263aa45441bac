"""The nightly round: what should have reached us and did not is fetched, and what was broken off is taken up again.

What the provider refuses for one contract is logged and left: the others are not to wait for it.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Q

from inkstand.billing import models
from inkstand.billing.errors import ProviderRefused, RefundRefused
from inkstand.billing.models import Contract, Order
from inkstand.billing.protocol import Provider
from inkstand.billing.receive import act_on, bring_in, store
from inkstand.billing.withdraw import carry_out

_log = logging.getLogger(__name__)
_Thing = TypeVar("_Thing")
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
    return _each(undone.order_by("at"), lambda row: act_on(provider, row.pk, now=now))


def _bring_in_orders(provider: Provider, now: datetime) -> int:
    still_open = Order.objects.filter(provider=provider.name, closed_at=None)
    return _each(still_open, lambda order: _bring_in_order(provider, order, now))


def _bring_in_order(provider: Provider, order: Order, now: datetime) -> bool:
    """Whether a checkout still open with us was paid. One that nobody paid in two days is closed."""
    if reference := provider.concluded(order.checkout, now=now):
        return bring_in(provider, reference, now=now) is not None
    if now > order.made_at + ORDERS:
        provider.close_checkout(order.checkout, now=now)
        Order.objects.filter(pk=order.pk).update(closed_at=now)
    return False


def _follow_stale(provider: Provider, now: datetime) -> int:
    wanted = Q(paid_until__lte=now) | Q(leaves_at__lte=now) | Q(looked_at__lte=now - STALE)
    stale = Contract.objects.filter(wanted, provider=provider.name, ended_at=None)
    return _each(stale, lambda contract: bring_in(provider, contract.reference, now=now))


def _finish_withdrawals(provider: Provider, now: datetime) -> int:
    started = Contract.objects.filter(provider=provider.name, withdrawal_done_at=None).exclude(withdrawn_at=None)
    return _each(started, lambda contract: carry_out(provider, contract, now=now))


def _each(found: Iterable[_Thing], deed: Callable[[_Thing], object]) -> int:
    """For how many it was done: those where `deed` did not say that there was nothing to do."""
    done = 0
    for thing in list(found):
        try:
            done += deed(thing) is not False
        except (ProviderRefused, RefundRefused) as refusal:
            _log.error("%s: %s", thing, refusal.for_log())
    return done
