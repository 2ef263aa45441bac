"""How a view says that its page is one for all readers of the same standing."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from inkstand.web.pages.frame import standing

# In the request's WSGI environment, where it cannot leak: a header would be seen outside.
ALIKE = "inkstand.alike"


def alike(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing on the page is this reader's own but for their standing."""

    @wraps(view)
    def said(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        response = view(request, *args, **named)
        # The standing the page was drawn for, not what it was a moment before: that may have ended meanwhile.
        request.META[ALIKE] = str(standing(request))
        return response

    return said
