"""While the database is away, a page that says so, instead of one that says that something broke."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from inkstand.web.pages.trouble import closed


class Away:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return closed(request) if isinstance(exception, (OperationalError, InterfaceError)) else None
