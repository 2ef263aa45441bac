"""When a reader's fourteen days begin: with their first sign-in or at their first wall, and never in an open paper."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.standing import standing_of
from inkstand.membership.trial import start_trial
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader
from inkstand.web.moments import day


def begin_trial(request: HttpRequest, reader: Reader, now: datetime) -> bool:
    """Whether it began just now, which the next page says. Only a confirmed address has one: nobody uses up another's
    in their name."""
    if settings.ACCESS == "open" or settings.TRIAL == "card" or standing_of(reader, now) is not Standing.REGISTERED:
        return False
    if not EmailAddress.objects.filter(user=reader, verified=True).exists():
        return False
    try:
        begun = start_trial(reader=reader, now=now)
    except TrialAlreadyUsed:
        return False
    if begun.ends_at:
        said = _(
            "Your fourteen free days have begun. You read what members read until %(day)s, and nothing is charged."
        )
        messages.success(request, said % {"day": day(begun.ends_at)})
    return True
