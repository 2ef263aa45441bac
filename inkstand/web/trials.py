"""When a reader's fourteen days begin: with their first sign-in or at their first wall, and never in an open paper."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings

from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.standing import standing_of
from inkstand.membership.trial import start_trial
from inkstand.membership.values import Standing
from inkstand.readers.models import Reader


def begin_trial(reader: Reader, now: datetime) -> bool:
    """Whether it began just now. Only a confirmed address has one: nobody uses up another's in their name."""
    if settings.ACCESS == "open" or settings.TRIAL == "card" or standing_of(reader, now) is not Standing.REGISTERED:
        return False
    if not EmailAddress.objects.filter(user=reader, verified=True).exists():
        return False
    try:
        start_trial(reader=reader, now=now)
    except TrialAlreadyUsed:
        return False
    return True
