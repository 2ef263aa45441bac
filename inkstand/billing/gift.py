"""A membership for somebody else: bought, sent on its day, taken once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from inkstand.billing.errors import GiftRefused
from inkstand.billing.follow import post
from inkstand.billing.join import Ways, Wish, bring_in_open_order, open_order
from inkstand.billing.make_so import give
from inkstand.billing.models import Gift
from inkstand.billing.protocol import Provider
from inkstand.billing.values import Checkout
from inkstand.kit import codes
from inkstand.kit.months import months_on
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader


@dataclass(frozen=True, slots=True)
class Card:
    """What goes with a gift. `email` "": the giver hands the code over."""

    email: str
    says: str
    send_at: datetime


def buy(provider: Provider, giver: Reader, wish: Wish, card: Card, *, ways: Ways, now: datetime) -> Checkout:
    """Where to send the giver to pay. Whatever checkout they had open is closed."""
    bring_in_open_order(provider, giver, now=now)
    with transaction.atomic():
        Reader.objects.select_for_update().get(pk=giver.pk)
        order, checkout = open_order(provider, giver, wish, ways=ways, now=now)
        Gift.objects.create(
            order=order,
            giver=giver,
            months=wish.plan.months,
            code=codes.fresh(16),
            email=card.email,
            says=card.says,
            send_at=max(card.send_at, now),
        )
    return checkout


def find(code: str) -> Gift | None:
    """A gift that was paid for."""
    paid = Gift.objects.select_related("contract", "giver").exclude(contract=None)
    return paid.filter(code=codes.plain(code)).first()


@transaction.atomic
def take(code: str, reader: Reader, *, now: datetime) -> Gift:
    """The gift, from now on `reader`'s: from today, or when what they have ends. `GiftRefused` says why not."""
    found = find(code)
    if found is None:
        raise GiftRefused(reason="is not known here")
    gift = Gift.objects.select_for_update(of=("self",)).select_related("contract").get(pk=found.pk)
    if gift.taken_from:
        if gift.taken_by_id == reader.pk:
            return gift
        raise GiftRefused(reason="was taken already")
    if _was_given_back(gift):
        raise GiftRefused(reason="was given back by its giver")
    starts = _free_from(reader, now)
    gift.taken_by, gift.taken_from, gift.taken_until = reader, starts, months_on(starts, gift.months)
    gift.save(update_fields=["taken_by", "taken_from", "taken_until"])
    give(gift)
    return gift


def send_due(*, now: datetime) -> int:
    """Gives the letters of gifts whose day has come to the queue, each once."""
    due = Gift.objects.filter(sent_at=None, send_at__lte=now).exclude(contract=None)
    count = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            if gift := due.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first():
                gift.sent_at = now
                gift.save(update_fields=["sent_at"])
                assert gift.contract is not None
                post("gift", gift.contract)
                count += 1
    return count


def _was_given_back(gift: Gift) -> bool:
    assert gift.contract is not None
    paid = list(gift.contract.payments.all())
    return gift.contract.withdrawn_at is not None or all(row.refunded == row.minor for row in paid)


def _free_from(reader: Reader, now: datetime) -> datetime:
    """When everything else that opens the paper to them ends; what has no end is not waited for."""
    last = Grant.objects.filter(reader=reader, ends_at__gt=now).aggregate(last=Max("ends_at"))["last"]
    return max(now, last) if last else now
