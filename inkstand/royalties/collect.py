"""What billing has seen paid and given back, booked: the one way from a member's payment into the publishers' pots.

Each payment is divided among the readers it pays for (one, as a rule; the seats of a family or a group), and each of
these parts is a fee of its own. What is given back comes out of the parts in proportion. Broken off anywhere and
begun again, everything is booked once.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from inkstand.billing import models as billing
from inkstand.billing.pays_for import Reads, pays_for
from inkstand.kit.money import share
from inkstand.royalties.errors import PaymentRefused
from inkstand.royalties.models import Collected
from inkstand.royalties.payments import book_payment, book_refund
from inkstand.royalties.values import Payment, Refund

_log = logging.getLogger(__name__)


def collect(*, now: datetime) -> int:
    """How many payments and refunds were booked. One that cannot be is logged; the others do not wait for it."""
    count = 0
    for payment in _fresh():
        if whose := pays_for(payment, now):
            count += _tried(payment, whose, now)
    for payment in _given_back():
        count += _book_given_back(payment, now)
    return count


def _fresh() -> "QuerySet[billing.Payment]":
    booked = Collected.objects.filter(payment=OuterRef("pk"))
    return billing.Payment.objects.filter(~Exists(booked)).select_related("contract").order_by("number")


def _given_back() -> "QuerySet[billing.Payment]":
    booked = billing.Payment.objects.filter(pk__in=Collected.objects.values("payment")).exclude(refunded=0)
    sums = (
        Collected.objects.filter(payment=OuterRef("pk")).values("payment").annotate(back=Sum("refunded")).values("back")
    )
    return booked.annotate(back=sums).filter(refunded__gt=F("back")).order_by("number")


def _tried(payment: billing.Payment, whose: Iterable[Reads], now: datetime) -> int:
    try:
        return _book(payment, list(whose), now)
    except PaymentRefused as refusal:
        _log.error(refusal.for_log())
        return 0


@transaction.atomic
def _book(payment: billing.Payment, whose: list[Reads], now: datetime) -> int:
    # Two rounds at once: the second waits here, and finds it done.
    billing.Payment.objects.select_for_update().get(pk=payment.pk)
    if Collected.objects.filter(payment=payment).exists():
        return 0
    even = [1] * len(whose)
    parts = zip(whose, *(share(sum_, even) for sum_ in (payment.minor, payment.tax, payment.kept)), strict=True)
    for number, (reads, minor, tax, kept) in enumerate(parts):
        Collected.objects.create(payment=payment, part=number, minor=minor, tax=tax)
        fee = Payment(
            reference=_reference(payment, number),
            reader=reads.reader,
            gross=minor,
            tax=tax,
            provider=kept,
            currency=payment.currency,
            covers_from=reads.since.date(),
            covers_until=max(reads.until.date(), reads.since.date() + timedelta(days=1)),
        )
        book_payment(fee, now=now)
    return 1


@transaction.atomic
def _book_given_back(payment: billing.Payment, now: datetime) -> int:
    rows = list(Collected.objects.select_for_update().filter(payment=payment).order_by("part"))
    fresh = payment.refunded - sum(row.refunded for row in rows)
    if fresh <= 0:
        return 0
    for row, minor in zip(rows, share(fresh, [row.minor - row.refunded for row in rows]), strict=True):
        if minor:
            _give_back(payment, row, minor, now)
    return 1


def _give_back(payment: billing.Payment, row: Collected, minor: int, now: datetime) -> None:
    whole = row.refunded + minor
    tax = row.tax * whole // row.minor - row.tax * row.refunded // row.minor
    paid = _reference(payment, row.part)
    book_refund(Refund(f"{paid} refund {whole}", paid, minor, tax), now=now)
    row.refunded = whole
    row.save(update_fields=["refunded"])


def _reference(payment: billing.Payment, part: int) -> str:
    return f"payment {payment.number} part {part}"
