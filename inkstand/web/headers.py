"""Headers that every page carries: whatever slipped into a page, the browser runs nothing and asks nobody."""

import base64
import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from inkstand.membership.values import READS_ALL
from inkstand.web.pages.frame import reader_of, standing

# The one script in a page itself: the reader's chosen colours and text must stand before the first paint.
FIRST_SCRIPT = (
    'document.documentElement.classList.add("js");'
    'try{for(let n of["theme","size","width","face"]){let v=localStorage.getItem(n);'
    "if(v)document.documentElement.dataset[n]=v}}catch{}"
)
_FIRST_HASH = base64.b64encode(hashlib.sha256(FIRST_SCRIPT.encode()).digest()).decode()

POLICY = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'self'",
        f"script-src 'self' 'sha256-{_FIRST_HASH}'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


# To the worker on a reader's device: that this page is a signed-in reader's, and whether they may read all ("all") or
# not ("some"); for how many seconds the page may lie on the device, whose clock may be wrong.
READER, LASTS = "Inkstand-Reader", "Inkstand-Lasts"


class SafeHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # What a signed-in reader sees is theirs: no cache between us, nor the worker on their device, may keep it.
            # Codes, devices and settings leave no copy even in the browser, where the next one to sit down finds it.
            kept = "no-store" if request.path.startswith(("/account/", "/settings/")) else "private, no-cache"
            response.headers.setdefault("Cache-Control", kept)
            _tell(request, response)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response


def _tell(request: HttpRequest, response: HttpResponse) -> None:
    """Tells the device who reads, and wipes it when a reader signs out."""
    ended = response.cookies.get(settings.SESSION_COOKIE_NAME)
    if request.method == "POST" and ended is not None and ended["max-age"] == 0:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    elif response.headers.get("Content-Type", "").startswith("text/html") and response.status_code < 500:
        who = reader_of(request) if hasattr(request, "user") else None
        if who is not None:
            response.headers[READER] = reads(request)


def reads(request: HttpRequest) -> str:
    """`all` where this reader may open every text that the publishers allow, else `some`."""
    return "all" if settings.ACCESS == "open" or standing(request) in READS_ALL else "some"
