"""Membership: what it gives and costs, joining, thanks, leaving in two clicks, thinking better of it."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from inkstand.billing import join as joining
from inkstand.billing import leave as leaving
from inkstand.billing import pause as pausing
from inkstand.billing.errors import (
    AlreadyMember,
    BillingOff,
    CannotPause,
    NoContract,
    NoSuchPlan,
    NotForYou,
    ProviderAway,
    ProviderRefused,
)
from inkstand.billing.providers import provider, takes_payments
from inkstand.kit.money import Money
from inkstand.membership.letters import paper
from inkstand.membership.plans import Plan, plan_named
from inkstand.web.headers import POLICY
from inkstand.web.moments import day
from inkstand.web.pages.frame import frame_for, now_of, signed_in_reader
from inkstand.web.pages.membership_view import country_of, plan_name, view_of

MOST_SEATS = 5000
Page = Callable[[HttpRequest], HttpResponse]


def refusals_as_words(page: Page) -> Page:
    """What billing refuses is said on the membership page; the reader loses nothing by it."""

    @wraps(page)
    def spoken(request: HttpRequest) -> HttpResponse:
        try:
            return page(request)
        except AlreadyMember:
            messages.info(request, _("You are a member already. Nothing more was charged."))
        except NoContract:
            messages.info(request, _("There is no membership to change."))
        except NotForYou:
            messages.error(request, _("That price is for students: confirm an address of your university first."))
        except CannotPause:
            messages.error(request, _("This membership cannot be paused now. You can leave, and come back any day."))
        except (NoSuchPlan, BillingOff):
            messages.error(request, _("That cannot be had here at present."))
        except (ProviderAway, ProviderRefused):
            messages.error(request, _("The payment provider does not answer. Nothing was charged; try again soon."))
        return redirect("membership")

    return spoken


@require_safe
def membership(request: HttpRequest) -> HttpResponse:
    return leads_elsewhere(render(request, "membership/membership.html", {"view": view_of(request)}))


@require_POST
@login_required
@refusals_as_words
def join(request: HttpRequest) -> HttpResponse:
    reader, plan = signed_in_reader(request), plan_named(request.POST.get("plan", ""), settings.PLANS)
    if plan is None or plan.gift or settings.ACCESS == "open":
        raise NoSuchPlan(plan=request.POST.get("plan", ""))
    if not plan.is_for(reader.email):
        raise NotForYou(plan=plan.slug, domains=", ".join(plan.domains))
    if "begin" not in request.POST:
        messages.error(request, _("Please tick that your membership may begin at once."))
        return redirect("membership")
    origin = frame_for(request, now_of(request)).origin
    back = origin + reverse("membership")
    ways = joining.Ways(done=origin + reverse("thanks"), back=back, language=get_language() or "en")
    says = f"{paper()}, {plan_name(plan)}"
    seats = seats_of(plan, request.POST.get("seats", ""))
    price = plan.price_in(country_of(request))
    whole = Money(price.minor * seats, price.currency) if plan.a_seat else price
    wish = joining.Wish(plan, whole, says, seats)
    checkout = joining.join(provider(), reader, wish, ways=ways, now=now_of(request))
    return elsewhere(checkout.address)


def seats_of(plan: Plan, asked: str) -> int:
    """As many seats as are asked for, within what may be had."""
    if not plan.a_seat:
        return plan.seats
    return min(MOST_SEATS, max(plan.seats, int(asked) if asked.isdecimal() and len(asked) < 6 else 0))


@require_GET
@login_required
@refusals_as_words
def thanks(request: HttpRequest) -> HttpResponse:
    """The reader is back from the checkout, most often before any message: so we look."""
    reader, now = signed_in_reader(request), now_of(request)
    joining.bring_in_open_order(provider(), reader, now=now)
    view = view_of(request)
    if not view.mine and not joining.awaits(reader):
        return redirect("membership")
    return render(request, "membership/thanks.html", {"view": view})


@require_POST
@login_required
@refusals_as_words
def card(request: HttpRequest) -> HttpResponse:
    contract = joining.contract_to_change(signed_in_reader(request))
    back = frame_for(request, now_of(request)).origin + reverse("membership")
    return elsewhere(provider().open_portal(contract.customer, back=back))


@login_required
@refusals_as_words
def leave(request: HttpRequest) -> HttpResponse:
    """The first click shows what will happen and when; the second does it."""
    reader = signed_in_reader(request)
    if request.method != "POST":
        view = view_of(request)
        return render(request, "membership/leave.html", {"view": view}) if view.mine else redirect("membership")
    contract = leaving.leave(provider(), reader, now=now_of(request))
    said = _("You have left. Everything stays open to you until %(day)s; a confirmation is on its way by mail.")
    at_once = _("You have left. A confirmation is on its way by mail.")
    messages.success(request, said % {"day": day(contract.leaves_at)} if contract.leaves_at else at_once)
    return redirect("membership")


@require_POST
@login_required
@refusals_as_words
def stay(request: HttpRequest) -> HttpResponse:
    leaving.stay(provider(), signed_in_reader(request), now=now_of(request))
    messages.success(request, _("Good that you stay. Everything goes on as it was."))
    return redirect("membership")


@login_required
@refusals_as_words
def pause(request: HttpRequest) -> HttpResponse:
    """The first click asks for how long; the second does it."""
    reader = signed_in_reader(request)
    if request.method != "POST":
        view = view_of(request)
        may = view.mine and view.mine.pauses
        return render(request, "membership/pause.html", {"view": view}) if may else redirect("membership")
    asked = request.POST.get("months", "")
    contract = pausing.pause(provider(), reader, int(asked) if asked in ("1", "2", "3") else 0, now=now_of(request))
    said = _("Paused: you read until %(day)s, and the next payment is due on %(next)s.")
    until = contract.paused_until or contract.paid_until
    messages.success(request, said % {"day": day(contract.paid_until), "next": day(until)})
    return redirect("membership")


@require_POST
@login_required
@refusals_as_words
def go_on(request: HttpRequest) -> HttpResponse:
    contract = pausing.go_on(provider(), signed_in_reader(request), now=now_of(request))
    due = contract.paused_until or contract.paid_until
    messages.success(request, _("It goes on: the next payment is due on %(day)s.") % {"day": day(due)})
    return redirect("membership")


def elsewhere(address: str) -> HttpResponse:
    """See-other, so that the browser asks for the provider's page rather than posting to it."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def leads_elsewhere(response: HttpResponse) -> HttpResponse:
    """A form here leads on to the provider's own page, which our policy must name or the browser stays put."""
    hosts = provider().hosts if takes_payments() else ()
    response["Content-Security-Policy"] = POLICY.replace("form-action 'self'", " ".join(["form-action 'self'", *hosts]))
    return response
