"""Which way a language is written, and which one a reader chose."""

from django.conf import settings
from django.http import HttpResponse

# ISO 639 codes of the languages set from right to left that newspapers are printed in.
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"}


def direction(language: str | None) -> str:
    """`rtl` or `ltr`, for the `dir` of an element; `language` is a tag such as `ar` or `pt-BR`."""
    return "rtl" if (language or "").lower().replace("_", "-").split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def speak(response: HttpResponse, language: str) -> None:
    """Sets, or for "" takes back, the cookie by which Django chooses a language over the browser's."""
    if language:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, 365 * 86400, secure=secure, samesite="Lax")
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
