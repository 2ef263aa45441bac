"""What the membership page is given: what it costs here, what this reader is to us, what they have paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from inkstand.billing import pause as pausing
from inkstand.billing import withdraw
from inkstand.billing.join import running
from inkstand.billing.models import Contract, Payment
from inkstand.billing.providers import takes_payments
from inkstand.billing.said import gift_said, months_said
from inkstand.kit.money import Money
from inkstand.membership import groups
from inkstand.membership.grant import trial_ends
from inkstand.membership.models import Grant, Group, Seat
from inkstand.membership.plans import Plan, plan_named, plans
from inkstand.membership.trial import days_left, free_until
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader
from inkstand.web.amounts import printed
from inkstand.web.pages.frame import now_of, reader_of, standing
from inkstand.web.places import all_countries


@dataclass(frozen=True, slots=True)
class Offer:
    """One plan as it is offered here: `price` and, for comparison, what that is a month."""

    slug: str
    name: str
    price: str
    every: str
    a_month: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment in the list of them. `gift` says what was given, "" where it was the reader's own membership."""

    number: int
    paid_at: datetime
    gift: str
    covers_from: datetime
    covers_until: datetime
    total: str
    refunded: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause that may be had: `months` long, `until` the next payment."""

    months: int
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    """The contract of this reader. `next_at` is when the next payment is due, `ends_at` when it ends: one of them.

    `paused_until` where they have paused; it `rests` once what was paid is read. `paid`: the first payment is made.
    """

    price: str
    next_at: datetime | None
    ends_at: datetime | None
    failed: bool
    withdraw_token: str
    withdraw_until: datetime
    read_until: datetime
    paused_until: datetime | None = None
    rests: bool = False
    pauses: tuple[Pause, ...] = ()
    paid: bool = True


@dataclass(frozen=True, slots=True)
class MembershipView:
    """`mine` where the reader pays; `trial_ends` where their trial still runs."""

    standing: Standing
    offers: tuple[Offer, ...] = ()
    places: tuple[Place, ...] = ()
    country: str = ""
    trial_days: int = 0
    trial_by_card: bool = False
    free_until: datetime | None = None
    trial_ends: datetime | None = None
    mine: Mine | None = None
    receipts: tuple[Receipt, ...] = ()
    owns_group: bool = False
    seat_of: str = ""
    may_sit_in: str = ""
    reads_until: datetime | None = None
    group: Offer | None = None
    takes_payments: bool = True
    is_till: bool = False


def view_of(request: HttpRequest) -> MembershipView:
    now, reader = now_of(request), reader_of(request)
    contract = running(reader) if reader else None
    trial = trial_ends(reader) if reader else None
    country, by_card = country_of(request), settings.TRIAL == "card"
    offered = offered_to(reader)
    return MembershipView(
        standing=standing(request),
        offers=tuple(offer(plan, country) for plan in offered),
        places=_places(country),
        country=country,
        trial_days=days_left(trial, now),
        trial_ends=trial if trial and trial > now else None,
        trial_by_card=by_card,
        free_until=free_until(reader, now, by_card=by_card) if reader else None,
        receipts=tuple(map(receipt, _payments(request))),
        takes_payments=takes_payments(),
        is_till=settings.BILLING == "till",
        mine=_mine(contract, now) if contract else None,
        group=next((offer(plan, country) for plan in plans(settings.PLANS) if plan.a_seat), None),
        **(_around(reader, now) if reader else {}),
    )


def _around(reader: Reader, now: datetime) -> dict[str, Any]:
    """Seats kept and taken, and until when a gift or a voucher lasts."""
    seat = Seat.objects.select_related("group").filter(reader=reader).first()
    open_to_them = None if seat else groups.group_of_mail(reader.email, now)
    gifted = Grant.objects.filter(reader=reader, kind=Grant.Kind.GIFTED, ends_at__gt=now)
    return {
        "owns_group": Group.objects.filter(groups.running(now), owner=reader).exists(),
        "seat_of": seat.group.name if seat else "",
        "may_sit_in": open_to_them.name if open_to_them else "",
        "reads_until": gifted.aggregate(last=Max("ends_at"))["last"],
    }


def offered_to(reader: Reader | None) -> tuple[Plan, ...]:
    """What one reader may join for: no gifts, no groups, and a student's price where their address says that."""
    for_one = (plan for plan in plans(settings.PLANS) if not plan.gift and not plan.a_seat)
    return tuple(plan for plan in for_one if not plan.domains or (reader and plan.is_for(reader.email)))


def _mine(contract: Contract, now: datetime) -> Mine:
    return Mine(
        price=f"{printed(contract.price)} {every(contract.months)}",
        next_at=None if contract.leaves_at else contract.paused_until or contract.paid_until,
        ends_at=contract.leaves_at,
        failed=contract.failed_at is not None,
        withdraw_token=withdraw.token(contract) if withdraw.may_withdraw(contract, now) else "",
        withdraw_until=withdraw.until(contract),
        read_until=contract.paid_until,
        paused_until=contract.paused_until,
        rests=contract.paused_until is not None and contract.paid_until <= now,
        pauses=_pauses(contract),
        paid=contract.payments.exists(),
    )


def _pauses(contract: Contract) -> tuple[Pause, ...]:
    lengths = pausing.LENGTHS if pausing.may_pause(contract) else ()
    return tuple(Pause(months, months_said(months), pausing.pauses_until(contract, months)) for months in lengths)


def country_of(request: HttpRequest) -> str:
    """The country the reader chose, else the one their browser's first language names, else none."""
    chosen = request.POST.get("country") or request.GET.get("country")
    if chosen is not None:
        return chosen.upper() if len(chosen) == 2 and chosen.isalpha() else ""
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0]
    region = first.replace("_", "-").rpartition("-")[2]
    return region.upper() if "-" in first and len(region) == 2 and region.isalpha() else ""


def offer(plan: Plan, country: str) -> Offer:
    price = plan.price_in(country)
    if plan.gift:
        return Offer(plan.slug, plan_name(plan), printed(price), _("once"))
    month = Money(-(-price.minor // plan.months), price.currency)
    a_month = _("%(price)s a month") % {"price": printed(month)} if plan.months > 1 else ""
    return Offer(plan.slug, plan_name(plan), printed(price), every(plan.months), a_month)


def name_of(contract: Contract) -> str:
    """The plan's name, also of one that is no longer offered."""
    known = plan_named(contract.plan, settings.PLANS)
    return plan_name(known) if known else months_said(contract.months)


def plan_name(plan: Plan) -> str:
    named = {"family": _("Family, up to six"), "student": _("For students"), "group": _("For groups, a seat")}
    known = {1: _("Monthly"), 12: _("Yearly")}
    if plan.slug in named:
        return named[plan.slug]
    return months_said(plan.months) if plan.gift else known.get(plan.months) or months_said(plan.months)


def every(months: int) -> str:
    known = {1: _("a month"), 12: _("a year")}
    return known.get(months) or ngettext("every month", "every %(num)s months", months) % {"num": months}


def receipt(payment: Payment) -> Receipt:
    return Receipt(
        number=payment.number,
        paid_at=payment.paid_at,
        gift=gift_said(payment.contract.months) if payment.contract.once else "",
        covers_from=payment.covers_from,
        covers_until=payment.covers_until,
        total=printed(payment.total),
        refunded=printed(Money(payment.refunded, payment.currency)) if payment.refunded else "",
    )


def _payments(request: HttpRequest) -> Iterable[Payment]:
    reader = reader_of(request)
    own = Payment.objects.select_related("contract").filter(contract__reader=reader)
    return own.order_by("-paid_at") if reader else ()


def _places(country: str) -> tuple[Place, ...]:
    """Every country there is: the price for everywhere is a price, too."""
    return tuple(Place(code, name, code == country) for code, name in all_countries(get_language() or "en"))
