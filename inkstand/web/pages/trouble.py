"""Pages for what went wrong. None of them asks the database: it may be what is wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from inkstand.kit import clock
from inkstand.web.pages.frame import sections
from inkstand.web.values import Frame


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    says = _("There is no page at this address. It may have moved, or a letter of the address may be missing.")
    return _page(404, _("This page is not in the paper"), says, signed_in=_comes_signed_in(request))


def refused(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    says = _("Go back, load the page again and try once more. If you came from a link, the link may have grown old.")
    return _page(403, _("This may not be done from here"), says, signed_in=_comes_signed_in(request))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(400, _("That request could not be read"), _("Go back and try once more."))


def too_many(request: HttpRequest) -> HttpResponse:
    response = _page(429, _("Too many tries"), _("Wait a few minutes, then try once more. Your account is as it was."))
    response["Retry-After"] = "300"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    says = _("The fault is ours and has been written down. Try again in a minute.")
    return _page(500, _("Something broke in the press room"), says)


def closed(request: HttpRequest) -> HttpResponse:
    """While the database is away: upgraded, restored, restarted."""
    response = _page(
        503,
        _("Back in a moment"),
        _("The paper is being put to bed: the database is away just now. Try again in a minute."),
    )
    response["Retry-After"] = "30"
    return response


def _comes_signed_in(request: HttpRequest) -> bool:
    """Whether they bring a session, which visitors never have: whether it still holds, the database would know."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _page(status: int, headline: str, says: str, *, signed_in: bool = False) -> HttpResponse:
    frame = Frame(now=clock.now(), sections=sections(), signed_in=signed_in, selling=settings.ACCESS == "members")
    page = render_to_string("trouble.html", {"frame": frame, "status": status, "headline": headline, "says": says})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
