"""Pages that are the same for every visitor, kept whole for three seconds.

A front page takes some 20 ms to draw and a hundredth of that to hand out again. Nothing is kept of or for a reader
whom we could tell from another: whoever carries a cookie of ours gets a page drawn for them. Three seconds, so that
what an editor pins or a publisher withdraws is so for everyone within five.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeGuard

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language_from_request

MOST = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    until: float
    body: bytes
    headers: dict[str, str]


class KeepPages:
    """The outermost middleware: what it keeps is what went over the wire, compressed and with all its headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_anyones(request):
            return self.get_response(request)
        key, now = _key(request), time.monotonic()
        found = self._pages.get(key)
        if found and now < found.until:
            return HttpResponse(found.body, headers=found.headers)
        response = self.get_response(request)
        if settings.KEEP_PAGES_S and is_everyones(response):
            self._keep(key, Kept(now + settings.KEEP_PAGES_S, response.content, dict(response.items())))
        return response

    def _keep(self, key: tuple[str, ...], page: Kept) -> None:
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)


def is_anyones(request: HttpRequest) -> bool:
    """Whether nothing in the request tells one visitor from another."""
    return request.method == "GET" and not request.COOKIES and "HTTP_AUTHORIZATION" not in request.META


def is_everyones(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Whether the answer may be handed to the next visitor: a whole page, with nothing in it for this one."""
    mine = response.cookies or "Cache-Control" in response.headers
    return isinstance(response, HttpResponse) and response.status_code == 200 and not mine


def _key(request: HttpRequest) -> tuple[str, ...]:
    gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    secure = request.META.get("HTTP_X_FORWARDED_PROTO", "")
    host = request.META.get("HTTP_HOST", "")
    return request.get_full_path(), get_language_from_request(request), str(gzip), host, secure
