"""Erasing the account: one page that says what goes, one button, and a receipt with a number."""

import logging
from collections.abc import Mapping
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inkstand.billing.errors import ProviderAway, ProviderRefused
from inkstand.billing.join import running
from inkstand.membership.letters import paper
from inkstand.readers.models import Erasure
from inkstand.web.erase import erase
from inkstand.web.letter import as_html
from inkstand.web.moments import full
from inkstand.web.pages.frame import now_of, signed_in_reader

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase_page(request: HttpRequest) -> HttpResponse:
    reader = signed_in_reader(request)
    to = reader.email
    said = {"pays": running(reader), "mail": to, "away": False}
    if request.method != "POST":
        return render(request, "settings/erase.html", said)
    try:
        receipt = erase(reader=reader, now=now_of(request))
    except (ProviderAway, ProviderRefused):
        return render(request, "settings/erase.html", {**said, "away": True}, status=503)
    request.session.flush()
    post_receipt(receipt, to)
    return redirect("erased", number=receipt.number)


@require_safe
def erased(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt. Whoever has its number may see it: it names nobody."""
    receipt = Erasure.objects.filter(number=number).first()
    if receipt is None:
        return redirect("front")
    return render(request, "settings/erased.html", {"receipt": receipt, "rows": told(receipt.rows)})


def told(rows: Mapping[str, int]) -> list[tuple[str, int]]:
    """What went, in words a reader knows; rooms whose rows need no word of their own are one line at the end."""
    names = {
        "account": _("Mail addresses"),
        "mfa": _("Passkeys and authenticator apps"),
        "socialaccount": _("Connected accounts"),
        "sessions": _("Places where you were signed in"),
        "reading": _("What you read, saved, followed, hid and highlighted, and your settings"),
        "ranking": _("What For You was told to forget"),
        "editions": _("Your own editions, and browsers that news was pushed to"),
        "membership": _("Trials and memberships"),
        "billing": _("Orders"),
        "royalties": _("Receipts of where your fees went"),
    }
    known = [(says, rows[room]) for room, says in names.items() if rows.get(room)]
    rest = sum(count for room, count in rows.items() if room not in names)
    return [*known, (_("Your account itself, and what else hung on it"), rest)]


def post_receipt(receipt: Erasure, to: str) -> None:
    """The account is gone whether or not the letter arrives: the page has the number too."""
    lines = "\n\n".join(f"{says}: {count}" for says, count in told(receipt.rows))
    opening = _("Your account at %(paper)s was erased on %(when)s. This is the receipt, number %(number)s.")
    closing = _("Kept, without your name: the books of what was paid, as the law asks. This is our last letter to you.")
    facts = {"paper": paper(), "when": full(receipt.at), "number": receipt.number}
    text = "\n\n".join([opening % facts, lines, closing])
    letter = EmailMultiAlternatives(_("Your account is erased"), text, settings.DEFAULT_FROM_EMAIL, [to])
    letter.attach_alternative(as_html(text), "text/html")
    try:
        letter.send()
    except (OSError, SMTPException) as error:
        log.warning("receipt %s could not be sent: %s", receipt.number, error)
