"""How a view says that its page is one for all readers of the same standing."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from inkstand.web.pages.frame import standing
from inkstand.web.pages.sieve import filters_of

# In the request's WSGI environment, where it cannot leak: a header would be seen outside.
ALIKE = "inkstand.alike"
# Of a page that leaves out what one reader hides: no standing is called so, and nobody else gets it. And the cookie of
# a device that has just changed what its reader hides: it gets no kept page for a moment.
OWN = "own"
# By then other processes have heard of it, too.
_HEARD_S = 10


def kept_no_longer(response: HttpResponse) -> HttpResponse:
    """This device sees what it changed on every page at once, not when kept pages have grown old."""
    response.set_cookie(OWN, "1", max_age=_HEARD_S, httponly=True, samesite="Lax")
    return response


def alike(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing on the page is this reader's own but for their standing, and what they hide."""

    @wraps(view)
    def said(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        response = view(request, *args, **named)
        # What the page was drawn for, not what its reader was a moment before: a standing may have ended meanwhile,
        # or a title been blocked.
        request.META[ALIKE] = OWN if filters_of(request) else str(standing(request))
        return response

    return said
