"""A reader joins: an order, a checkout at the provider, and once they have paid, a contract."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from inkstand.billing.errors import AlreadyMember, NoContract
from inkstand.billing.models import Contract, Order
from inkstand.billing.protocol import Provider
from inkstand.billing.receive import bring_in
from inkstand.billing.values import Checkout
from inkstand.billing.values import Order as Wanted
from inkstand.kit.money import Money
from inkstand.membership.plans import Plan
from inkstand.membership.trial import free_until
from inkstand.readers.models import Reader

# A checkout that lay about for longer is closed and a fresh one made: providers let theirs run out after a day.
KEPT = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the provider sends the reader: `done` when they have paid, `back` when they have not."""

    done: str
    back: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Wish:
    """A plan at the price that it is offered for; `says` stands on the provider's page. `seats`: how many may read."""

    plan: Plan
    price: Money
    says: str
    seats: int = 1


def running(reader: Reader) -> Contract | None:
    """The contract under which this reader pays, cancelled for a later day or not."""
    return Contract.objects.running(reader.pk).first()


def contract_to_change(reader: Reader) -> Contract:
    """The one that runs; `NoContract` where none does."""
    if contract := running(reader):
        return contract
    raise NoContract(reader_id=reader.pk)


def join(provider: Provider, reader: Reader, wish: Wish, *, ways: Ways, now: datetime) -> Checkout:
    """Where to send the reader. Asked again for the same, the same checkout; `AlreadyMember` where they pay already.

    Before another checkout is opened the last one is looked at, and closed: at most one can be paid at any time.
    """
    bring_in_open_order(provider, reader, now=now)
    with transaction.atomic():
        # Two windows of one reader wait for each other here.
        Reader.objects.select_for_update().get(pk=reader.pk)
        if contract := running(reader):
            raise AlreadyMember(reader_id=reader.pk, contract_id=contract.pk)
        last = Order.objects.filter(reader=reader, closed_at=None).first()
        if last and _serves(provider, last, wish, now):
            return Checkout(last.checkout, last.address)
        return open_order(provider, reader, wish, ways=ways, now=now)[1]


def _serves(provider: Provider, last: Order, wish: Wish, now: datetime) -> bool:
    asked = (provider.name, wish.plan.slug, wish.price)
    return asked == (last.provider, last.plan, Money(last.minor, last.currency)) and now < last.made_at + KEPT


def bring_in_open_order(provider: Provider, reader: Reader, *, now: datetime) -> Contract | None:
    """The contract of a checkout that was paid, whether or not we have been told of it."""
    order = Order.objects.filter(reader=reader, closed_at=None, provider=provider.name).first()
    reference = provider.concluded(order.checkout, now=now) if order else ""
    return bring_in(provider, reference, now=now) if reference else None


def awaits(reader: Reader) -> bool:
    """Whether a checkout of this reader's is open, so that its payment may be on the way."""
    return Order.objects.filter(reader=reader, closed_at=None).exists()


def open_order(provider: Provider, reader: Reader, wish: Wish, *, ways: Ways, now: datetime) -> tuple[Order, Checkout]:
    """A fresh order and its checkout; the last one is closed. In a transaction that holds the reader's row."""
    if last := Order.objects.filter(reader=reader, closed_at=None).first():
        _close(provider, last, now)
    wanted = _wanted(reader, wish, ways, now)
    checkout = provider.offer_checkout(wanted, now=now)
    order = Order.objects.create(
        key=wanted.reference,
        reader=reader,
        provider=provider.name,
        plan=wanted.plan,
        currency=wanted.price.currency,
        minor=wanted.price.minor,
        charge_from=wanted.charge_from,
        checkout=checkout.reference,
        address=checkout.address,
        made_at=now,
    )
    return order, checkout


def _wanted(reader: Reader, wish: Wish, ways: Ways, now: datetime) -> Wanted:
    return Wanted(
        reference=str(uuid4()),
        reader=reader.pk,
        email=reader.email,
        plan=wish.plan.slug,
        says=wish.says,
        months=wish.plan.months,
        price=wish.price,
        charge_from=now if wish.plan.gift else free_until(reader, now, by_card=settings.TRIAL == "card"),
        done=ways.done,
        back=ways.back,
        language=ways.language,
        seats=wish.seats,
        once=wish.plan.gift,
    )


def _close(provider: Provider, order: Order, now: datetime) -> None:
    if order.provider == provider.name:
        provider.close_checkout(order.checkout, now=now)
    order.closed_at = now
    order.save(update_fields=["closed_at"])
