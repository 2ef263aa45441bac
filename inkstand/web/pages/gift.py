"""A membership for somebody else: bought here, and taken here with its code."""

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from inkstand.billing import gift as gifts
from inkstand.billing.errors import GiftRefused, NoSuchPlan
from inkstand.billing.join import Ways, Wish, awaits, bring_in_open_order
from inkstand.billing.models import Gift
from inkstand.billing.providers import provider, takes_payments
from inkstand.billing.said import gift_said, months_said
from inkstand.kit.codes import in_fours
from inkstand.membership.errors import VoucherRefused
from inkstand.membership.plans import Plan, plans
from inkstand.membership.vouchers import redeem
from inkstand.web.pages import mail_address
from inkstand.web.pages.frame import frame_for, now_of, reader_of, signed_in_reader
from inkstand.web.pages.membership import elsewhere, leads_elsewhere, refusals_as_words
from inkstand.web.pages.membership_view import country_of, offer


@refusals_as_words
def buy(request: HttpRequest) -> HttpResponse:
    offered = [plan for plan in plans(settings.PLANS) if plan.gift] if settings.ACCESS == "members" else []
    if request.method == "POST":
        return _bought(request, offered)
    country, reader = country_of(request), reader_of(request)
    own = Gift.objects.filter(giver=reader).exclude(contract=None).order_by("-pk") if reader else ()
    said = {
        "offers": [offer(plan, country) for plan in offered],
        "country": country,
        "gifts": [{"gift": gift, "code": in_fours(gift.code)} for gift in own],
        "takes_payments": takes_payments() and bool(offered),
        "today": now_of(request).date().isoformat(),
    }
    return leads_elsewhere(render(request, "membership/gift_buy.html", said))


@login_required
def _bought(request: HttpRequest, offered: list[Plan]) -> HttpResponse:
    giver, now = signed_in_reader(request), now_of(request)
    plan = next((plan for plan in offered if plan.slug == request.POST.get("plan")), None)
    if plan is None:
        raise NoSuchPlan(plan=request.POST.get("plan", ""))
    email = mail_address.typed(request)
    if email and not mail_address.is_one(email, request):
        return redirect("gift-buy")
    origin = frame_for(request, now).origin
    back = origin + reverse("gift-buy")
    ways = Ways(done=origin + reverse("gift-thanks"), back=back, language=get_language() or "en")
    wish = Wish(plan, plan.price_in(country_of(request)), gift_said(plan.months))
    card = gifts.Card(email, request.POST.get("says", "").strip()[:500], _day(request.POST.get("day", ""), now))
    return elsewhere(gifts.buy(provider(), giver, wish, card, ways=ways, now=now).address)


def _day(said: str, now: datetime) -> datetime:
    """The morning of that day; today, at once."""
    try:
        return max(now, datetime.combine(date.fromisoformat(said), time(7), UTC))
    except ValueError:
        return now


@login_required
@refusals_as_words
def thanks(request: HttpRequest) -> HttpResponse:
    reader, now = signed_in_reader(request), now_of(request)
    bring_in_open_order(provider(), reader, now=now)
    gift = Gift.objects.filter(giver=reader).exclude(contract=None).order_by("-pk").first()
    if gift is None and not awaits(reader):
        return redirect("gift-buy")
    address = frame_for(request, now).origin + reverse("gift", args=[gift.code]) if gift else ""
    said = {"gift": gift, "address": address, "code": in_fours(gift.code) if gift else ""}
    return render(request, "membership/gift_thanks.html", said)


def take(request: HttpRequest, code: str) -> HttpResponse:
    gift = gifts.find(code)
    if gift is None:
        raise Http404
    if request.method == "POST" and (reader := reader_of(request)):
        try:
            taken = gifts.take(code, reader, now=now_of(request))
        except GiftRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("gift", code)
        messages.success(request, _("It is yours: %(months)s.") % {"months": months_said(taken.months)})
        return redirect("membership")
    giver = gift.giver.name if gift.giver else ""
    said = {"gift": gift, "giver": giver, "months": months_said(gift.months), "code": in_fours(gift.code)}
    return render(request, "membership/gift_take.html", said)


@login_required
def code(request: HttpRequest) -> HttpResponse:
    """A code somebody has: a gift's leads on to the gift; a voucher's is used at once."""
    if request.method == "POST":
        entered = request.POST.get("code", "")
        if found := gifts.find(entered):
            return redirect("gift", found.code)
        try:
            grant = redeem(entered, signed_in_reader(request), now=now_of(request))
        except VoucherRefused:
            messages.error(request, _("That code is not known here, has run out, or was used already."))
            return redirect("code")
        days = (grant.ends_at - grant.starts_at).days if grant.ends_at else 0
        said = ngettext(
            "The code was taken: %(num)s day of membership, from now.",
            "The code was taken: %(num)s days of membership, from now.",
            days,
        )
        messages.success(request, said % {"num": days})
        return redirect("membership")
    return render(request, "membership/code.html")
