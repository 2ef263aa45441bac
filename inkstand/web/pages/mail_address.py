"""A mail address that somebody typed into a form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext as _


def typed(request: HttpRequest) -> str:
    return request.POST.get("email", "").strip().lower()


def is_one(email: str, request: HttpRequest) -> bool:
    """Whether mail can go there; where it cannot, the next page says so."""
    try:
        validate_email(email)
    except ValidationError:
        messages.error(request, _("That is no mail address."))
        return False
    return True
