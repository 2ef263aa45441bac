"""The till's own pages: a checkout and a card to change, as a provider would have them. No money moves."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from inkstand.billing.till import books, deliver
from inkstand.billing.till.rows import TillCheckout, TillContract
from inkstand.kit.money import Money
from inkstand.web.amounts import printed
from inkstand.web.pages.frame import now_of, signed_in_reader
from inkstand.web.pages.membership_view import every

_CARDS: dict[str, books.Card] = {"good": "good", "empty": "empty"}


@login_required
def till(request: HttpRequest, reference: str) -> HttpResponse:
    _open_for_trying_out()
    checkout = get_object_or_404(TillCheckout, reference=reference, order__reader=signed_in_reader(request).pk)
    said = _order(checkout.order)
    if request.method == "POST":
        card = _CARDS.get(request.POST.get("card", ""), "empty")
        if books.pay(reference, card, now=now_of(request)):
            deliver.run(now=now_of(request))
            return redirect(checkout.order["done"])
        said["refused"] = _("The card was refused. Nothing was charged; try another.")
    return render(request, "membership/till.html", {**said, "closed": checkout.closed_at is not None})


@login_required
def portal(request: HttpRequest, reference: str) -> HttpResponse:
    _open_for_trying_out()
    contract = get_object_or_404(TillContract, reference=reference, order__reader=signed_in_reader(request).pk)
    if request.method == "POST":
        books.change_card(reference, _CARDS.get(request.POST.get("card", ""), "empty"), now=now_of(request))
        deliver.run(now=now_of(request))
        return redirect("membership")
    return render(request, "membership/till_card.html", {**_order(contract.order), "held": contract.card})


def _open_for_trying_out() -> None:
    if settings.BILLING != "till":
        raise Http404


def _order(order: dict[str, object]) -> dict[str, object]:
    money = Money(int(str(order["minor"])), str(order["currency"]))
    return {
        "says": order["says"],
        "back": order["back"],
        "price": printed(money),
        "every": _("once") if order.get("once") else every(int(str(order["months"]))),
        "charge_from": datetime.fromisoformat(str(order["charge_from"])),
    }
