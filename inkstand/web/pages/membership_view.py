"""What the membership page is given: what it costs here, what this reader is to us, what they have paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from babel.numbers import format_currency
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from inkstand.billing import withdraw
from inkstand.billing.join import running
from inkstand.billing.models import Contract, Payment
from inkstand.billing.providers import takes_payments
from inkstand.kit.money import Money, places
from inkstand.membership.grant import trial_ends
from inkstand.membership.plans import Plan, countries, plans
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader
from inkstand.web.pages.frame import now_of, reader_of, standing
from inkstand.web.places import country_name


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
    number: int
    paid_at: datetime
    covers_from: datetime
    covers_until: datetime
    total: str
    refunded: str


@dataclass(frozen=True, slots=True)
class Mine:
    """The contract of this reader. `next_at` is when the next payment is due, `ends_at` when it ends: one of them."""

    price: str
    next_at: datetime | None
    ends_at: datetime | None
    failed: bool
    withdraw_token: str
    withdraw_until: datetime


@dataclass(frozen=True, slots=True)
class MembershipView:
    """`mine` where the reader pays; `trial_ends` where their trial still runs."""

    standing: Standing
    offers: tuple[Offer, ...] = ()
    places: tuple[Place, ...] = ()
    country: str = ""
    trial_days: int = 0
    trial_ends: datetime | None = None
    mine: Mine | None = None
    receipts: tuple[Receipt, ...] = ()
    takes_payments: bool = True
    is_till: bool = False


def view_of(request: HttpRequest) -> MembershipView:
    now, reader = now_of(request), reader_of(request)
    contract = running(reader) if reader else None
    trial = trial_ends(reader) if reader else None
    country = country_of(request)
    offered = offered_to(reader)
    return MembershipView(
        standing=standing(request),
        offers=tuple(offer(plan, country) for plan in offered),
        places=_places(offered, country),
        country=country,
        trial_days=days_left(trial, now),
        trial_ends=trial if trial and trial > now else None,
        receipts=tuple(map(receipt, _payments(request))),
        takes_payments=takes_payments(),
        is_till=settings.BILLING == "till",
        mine=_mine(contract, now) if contract else None,
    )


def offered_to(reader: Reader | None) -> tuple[Plan, ...]:
    """What one reader may join for: no gifts, no groups, and a student's price where their address says that."""
    for_one = (plan for plan in plans(settings.PLANS) if not plan.gift and not plan.a_seat)
    return tuple(plan for plan in for_one if not plan.domains or (reader and plan.is_for(reader.email)))


def _mine(contract: Contract, now: datetime) -> Mine:
    return Mine(
        price=f"{printed(contract.price)} {every(contract.months)}",
        next_at=None if contract.leaves_at else contract.paid_until,
        ends_at=contract.leaves_at,
        failed=contract.failed_at is not None,
        withdraw_token=withdraw.token(contract) if withdraw.may_withdraw(contract, now) else "",
        withdraw_until=withdraw.until(contract),
    )


def days_left(ends: datetime | None, now: datetime) -> int:
    """Days begun count: on the last of them one day is left."""
    return max(0, -((now - ends) // timedelta(days=1))) if ends else 0


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
    month = Money(price.minor // plan.months, price.currency)
    a_month = _("%(price)s a month") % {"price": printed(month)} if plan.months > 1 else ""
    return Offer(plan.slug, plan_name(plan), printed(price), every(plan.months), a_month)


def plan_name(plan: Plan) -> str:
    named = {"family": _("Family, up to six"), "student": _("For students"), "group": _("For groups, a seat")}
    known = {1: _("Monthly"), 12: _("Yearly")}
    if plan.slug in named:
        return named[plan.slug]
    return known.get(plan.months) or ngettext("%(num)s month", "%(num)s months", plan.months) % {"num": plan.months}


def every(months: int) -> str:
    known = {1: _("a month"), 12: _("a year")}
    return known.get(months) or ngettext("every month", "every %(num)s months", months) % {"num": months}


def printed(money: Money) -> str:
    """As the reader's language writes it: `€9.00`, `9,00 €`, `¥1,200`. Whole amounts stay whole."""
    amount = Decimal(money.minor).scaleb(-places(money.currency))
    locale = (get_language() or "en").replace("-", "_")
    return format_currency(amount, money.currency, locale=locale, currency_digits=True)


def receipt(payment: Payment) -> Receipt:
    return Receipt(
        number=payment.number,
        paid_at=payment.paid_at,
        covers_from=payment.covers_from,
        covers_until=payment.covers_until,
        total=printed(payment.total),
        refunded=printed(Money(payment.refunded, payment.currency)) if payment.refunded else "",
    )


def _payments(request: HttpRequest) -> Iterable[Payment]:
    reader = reader_of(request)
    return Payment.objects.filter(contract__reader=reader).order_by("-paid_at") if reader else ()


def _places(offered: tuple[Plan, ...], country: str) -> tuple[Place, ...]:
    codes = countries(offered) | ({country} if country else set())
    named = sorted((country_name(code, get_language() or "en"), code) for code in codes)
    return tuple(Place(code, name, code == country) for name, code in named)
