"""Withdrawing from the contract, in two steps, by whoever holds the link from a letter: no needless sign-in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from inkstand.billing import withdraw as withdrawing
from inkstand.billing.errors import WithdrawalTooLate
from inkstand.billing.follow import post
from inkstand.billing.join import running
from inkstand.billing.models import Contract
from inkstand.kit.money import Money
from inkstand.web.amounts import printed
from inkstand.web.pages import mail_address
from inkstand.web.pages.frame import now_of, reader_of


def ask(request: HttpRequest) -> HttpResponse:
    """The way in with no link at hand: a signed-in reader is led on; another gives the address, and gets the link."""
    reader = reader_of(request)
    if reader and (contract := running(reader)):
        return redirect("withdraw", withdrawing.token(contract))
    if request.method == "POST":
        email = mail_address.typed(request)
        for contract in Contract.objects.filter(reader__email=email, ended_at=None):
            post("link", contract)
        return render(request, "membership/withdraw_sent.html")
    return render(request, "membership/withdraw_ask.html")


def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    contract = withdrawing.contract_of(token)
    if contract is None:
        raise Http404
    if request.method == "POST":
        try:
            contract = withdrawing.declare(contract, now=now_of(request))
        except WithdrawalTooLate:
            messages.error(request, _("The fourteen days are over. You can leave at any time instead."))
            return redirect("membership")
        app.configure_task("billing.withdraw", queue="billing").defer(contract=contract.pk)
        return redirect("withdraw", token)
    stated = contract.withdrawn_at or now_of(request)
    back = [printed(Money(due, paid.currency)) for paid, due in withdrawing.refunds(contract, stated) if due]
    said = {
        "contract": contract,
        "token": token,
        "back": back,
        "until": withdrawing.until(contract),
        "may": withdrawing.may_withdraw(contract, now_of(request)),
        "price": printed(contract.price),
    }
    return render(request, "membership/withdraw.html", said)
