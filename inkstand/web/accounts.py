"""What happens around an account that django-allauth does not know of: a new reader's trial begins."""

from contextlib import suppress

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from inkstand.kit import clock
from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.trial import start_trial


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The trial comes with the confirmed address: nobody can use up another's by signing up in their name."""
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            with suppress(TrialAlreadyUsed):
                start_trial(reader=email_address.user, now=clock.now())
        return confirmed
