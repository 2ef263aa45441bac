"""What members pay, given back, and paid on to publishers: each event of money booked once, by its reference.

A fee is divided over the months it pays for by their days; of each month's part the operator's share goes off and
the rest into that month's pot, under the member's blinded number of that month. What comes for a month that is
settled already goes into the first that is open.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum

from inkstand.kit.money import Money, share
from inkstand.kit.months import month_of
from inkstand.royalties import ledger
from inkstand.royalties.errors import NotOwed, PaymentRefused, PaymentUnknown, RefundTooLarge
from inkstand.royalties.ledger import Kind, Place
from inkstand.royalties.models import Account, Booking, Entry, MonthsFee
from inkstand.royalties.months import days_by_month
from inkstand.royalties.periods import first_open, reader_numbers
from inkstand.royalties.rules import rules_for
from inkstand.royalties.values import Payment, Refund

_MEMBERS, _TAX, _PROVIDER = Place(Kind.MEMBERS), Place(Kind.TAX), Place(Kind.PROVIDER)
_OPERATOR, _PAID_OUT = Place(Kind.OPERATOR), Place(Kind.PAID_OUT)


def book_payment(payment: Payment, *, now: datetime) -> Booking:
    """Books a member's payment and their fee of every month it covers. The same reference twice is once."""
    if trouble := _trouble(payment):
        raise PaymentRefused(reference=payment.reference, reason=trouble)
    return ledger.once(payment.reference, (_MEMBERS, -payment.gross), lambda: _book_payment(payment, now))


def book_refund(refund: Refund, *, now: datetime) -> Booking:
    """Books money given back: out of the pots still open, the latest month first; what these no longer hold, and the
    provider's fee, is the operator's loss. What publishers were paid for a settled month stays theirs.
    """
    return ledger.once(refund.reference, (_MEMBERS, refund.gross), lambda: _book_refund(refund, now))


def book_pay_out(*, publisher: int, minor: int, currency: str, reference: str, now: datetime) -> Booking:
    """Books that a publisher was paid `minor` of what it is owed; `NotOwed` where that is less. Twice is once."""
    here = Place(Kind.PUBLISHER, publisher)
    return ledger.once(reference, (here, -minor), lambda: _book_pay_out(here, minor, currency, reference, now))


def _trouble(payment: Payment) -> str:
    if payment.gross <= 0:
        return "nothing was paid"
    if min(payment.tax, payment.provider) < 0 or payment.tax + payment.provider > payment.gross:
        return "tax and fees are more than the whole"
    return "" if payment.covers_from < payment.covers_until else "it pays for no day"


def _book_payment(payment: Payment, now: datetime) -> Booking:
    pots, operator = _divided(payment)
    made = ledger.book(
        kind=Booking.Kind.PAYMENT,
        month=_month(now),
        currency=payment.currency,
        reference=payment.reference,
        gains=[
            (_MEMBERS, -payment.gross),
            (_TAX, payment.tax),
            (_PROVIDER, payment.provider),
            (_OPERATOR, operator),
            *((Place(Kind.POT, month=month), minor) for month, minor in pots.items()),
        ],
        now=now,
    )
    numbers = reader_numbers(pots, payment.reader)
    _add_fees(made, {month: (numbers[month], minor) for month, minor in pots.items()})
    return made


def _divided(payment: Payment) -> tuple[Mapping[date, int], int]:
    """(Each open month's part for its pot, the operator's share of them all)."""
    days: Counter[date] = Counter()
    earliest = first_open()
    for month, count in days_by_month(payment.covers_from, payment.covers_until).items():
        days[max(month, earliest)] += count
    parts = share(payment.gross - payment.tax - payment.provider, list(days.values()))
    rules = rules_for(days)
    pots, operator = {}, 0
    for month, part in zip(days, parts, strict=True):
        permille = rules[month].operator_permille
        pots[month], kept = share(part, [1000 - permille, permille])
        operator += kept
    return pots, operator


def _add_fees(paid: Booking, fees: Mapping[date, tuple[int, int]]) -> None:
    """`fees`: by month, the blinded reader and what went into (or out of) the pot."""
    MonthsFee.objects.bulk_create(
        MonthsFee(period_id=month, reader=reader, currency=paid.currency, minor=minor, booking=paid)
        for month, (reader, minor) in fees.items()
        if minor
    )


def _book_refund(refund: Refund, now: datetime) -> Booking:
    # Locked, so that two refunds of one payment are counted against it one after the other.
    paid = Booking.objects.select_for_update().filter(reference=refund.payment, kind=Booking.Kind.PAYMENT).first()
    if paid is None:
        raise PaymentUnknown(reference=refund.payment)
    _refuse_too_much(refund, paid)
    back = _from_pots(paid, refund.gross - refund.tax)
    pots = sum(minor for _, minor in back.values())
    made = ledger.book(
        kind=Booking.Kind.REFUND,
        month=_month(now),
        currency=paid.currency,
        reference=refund.reference,
        gains=[
            (_MEMBERS, refund.gross),
            (_TAX, -refund.tax),
            (_OPERATOR, refund.tax - refund.gross - pots),
            *((Place(Kind.POT, month=month), minor) for month, (_, minor) in back.items()),
        ],
        now=now,
        of=paid,
    )
    _add_fees(paid, back)
    return made


def _refuse_too_much(refund: Refund, paid: Booking) -> None:
    """All refunds of a payment together give back neither more than was paid nor more tax than was in it."""
    both = Entry.objects.filter(Q(booking=paid) | Q(booking__of=paid))
    left, tax = -_sum(both.filter(account__kind=Kind.MEMBERS)), _sum(both.filter(account__kind=Kind.TAX))
    if not (0 < refund.gross <= left and 0 <= refund.tax <= min(tax, refund.gross)):
        raise RefundTooLarge(reference=refund.reference, payment=refund.payment, left=left, tax=tax)


def _from_pots(paid: Booking, net: int) -> dict[date, tuple[int, int]]:
    """What of a refund of `net` comes out of each open month's pot: (blinded reader, minor units below zero)."""
    paid_net = -(_gained(paid, Kind.MEMBERS) + _gained(paid, Kind.TAX))
    whole = _gained(paid, Kind.POT) * net // paid_net if paid_net else 0
    held = (
        MonthsFee.objects.filter(booking=paid, period__settled_at=None)
        .values_list("period_id", "reader")
        .annotate(minor=Sum("minor"))
        .order_by("-period_id")
    )
    back = {}
    for month, reader, minor in held:
        if taken := min(whole, minor):
            back[month] = (reader, -taken)
            whole -= taken
    return back


def _book_pay_out(here: Place, minor: int, currency: str, reference: str, now: datetime) -> Booking:
    # The account is locked, so that two pay-outs at once cannot both see the same money.
    list(Account.objects.select_for_update().filter(kind=here.kind, publisher=here.publisher, currency=currency))
    owed = ledger.balances(here).get(currency, 0)
    if not 0 < minor <= owed:
        raise NotOwed(publisher=here.publisher, owed=Money(owed, currency), asked=Money(minor, currency))
    return ledger.book(
        kind=Booking.Kind.PAY_OUT,
        month=_month(now),
        currency=currency,
        reference=reference,
        gains=[(here, -minor), (_PAID_OUT, minor)],
        now=now,
    )


def _gained(booking: Booking, kind: str) -> int:
    return _sum(Entry.objects.filter(booking=booking, account__kind=kind))


def _sum(entries: QuerySet[Entry]) -> int:
    return entries.aggregate(minor=Sum("minor"))["minor"] or 0


def _month(now: datetime) -> date:
    """The month an event is booked in. Months are settled only once they are over, so today's is open."""
    return max(month_of(now), first_open())
