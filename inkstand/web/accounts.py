"""What happens around an account that django-allauth does not know of: a new reader's trial begins."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from inkstand.kit import clock
from inkstand.membership.trial import start_trial
from inkstand.readers.models import Reader


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def save_user(self, request: HttpRequest, user: Reader, form: object, commit: bool = True) -> Reader:
        reader: Reader = super().save_user(request, user, form, commit)
        if commit:
            start_trial(reader=reader, now=clock.now())
        return reader
