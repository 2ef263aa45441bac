"""Addresses of pictures on our pages. A reader's browser asks nobody but us: a publisher's picture comes through
`/picture/WIDTH/SIGNATURE?u=ITS-ADDRESS`, and the signature keeps strangers from fetching through us what no page shows.
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings

from inkstand.web import assets
from inkstand.web.values import Shot

WIDTHS = (320, 640, 960, 1280)
LOGO_WIDTH = 320


def is_ours(url: str) -> bool:
    """A file of ours, such as a drawing of the demo edition: named without a scheme."""
    return "://" not in url and not url.startswith("//")


def address(url: str, width: int = 640) -> str:
    """Where a page finds the picture `url`, at most `width` pixels wide (one of WIDTHS)."""
    if is_ours(url):
        return assets.address(url.removeprefix(settings.STATIC_URL))
    return f"/picture/{width}/{signature(url)}?u={quote(url, safe=':/@!$(),;~*')}"


def sources(shot: Shot) -> str:
    """The `srcset`: every width up to the picture's own; "" for a drawing, which has no width."""
    if is_ours(shot.url):
        return ""
    return ", ".join(f"{address(shot.url, width)} {width}w" for width in WIDTHS if fits(width, shot.width))


def fits(width: int, own: int) -> bool:
    """Whether a copy of `width` is worth making of a picture `own` pixels wide, 0 where not said."""
    return own == 0 or width == WIDTHS[0] or width <= own


@lru_cache(maxsize=8192)
def signature(url: str) -> str:
    made = hmac.digest(settings.SECRET_KEY.encode(), b"picture:" + url.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made[:12]).decode()


def is_signed(url: str, given: str) -> bool:
    return hmac.compare_digest(signature(url).encode(), given.encode())
