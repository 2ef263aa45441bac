"""The note on which a visitor carries their count of free articles: signed, so that only we write on it."""

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

FREE = "free"
_TWO_MONTHS_S = 62 * 86400


def note_of(cookie: str) -> str:
    """What the visitor's cookie says; a forged or spoilt one says nothing."""
    try:
        return str(signing.loads(cookie, salt=FREE))
    except signing.BadSignature:
        return ""


def give_note(response: HttpResponse, note: str) -> None:
    secure, signed = settings.SESSION_COOKIE_SECURE, signing.dumps(note, salt=FREE)
    response.set_cookie(FREE, signed, max_age=_TWO_MONTHS_S, httponly=True, samesite="Lax", secure=secure)
