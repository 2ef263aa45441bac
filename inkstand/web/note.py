"""The note on which a visitor carries their count of free articles: signed, so that only we write on it."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from inkstand.membership import meter

# Set in a request's WSGI environment by the page that costs a free article.
COSTS_ONE = "inkstand.metered"

FREE = "free"
_TWO_MONTHS_S = 62 * 86400


def note_of(cookie: str) -> str:
    """What the visitor's cookie says; a forged or spoilt one says nothing."""
    try:
        return "" if not cookie else str(signing.loads(cookie, salt=FREE))
    except signing.BadSignature:
        return ""


def give_note(response: HttpResponse, note: str) -> None:
    secure, signed = settings.SESSION_COOKIE_SECURE, signing.dumps(note, salt=FREE)
    response.set_cookie(FREE, signed, max_age=_TWO_MONTHS_S, httponly=True, samesite="Lax", secure=secure)


def charged(note: str, article: int, now: datetime) -> tuple[str, str]:
    """The header that writes `article` on a visitor's note."""
    answer = HttpResponse()
    give_note(answer, meter.spend(note, article, now))
    return "Set-Cookie", answer.cookies[FREE].OutputString()
