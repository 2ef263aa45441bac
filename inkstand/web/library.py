"""Who reads without an account because of where they are: a library's own addresses."""

import ipaddress
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import Error

from inkstand.membership import groups
from inkstand.membership.models import Group
from inkstand.web.free import address_of

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# Ranges change once a year; every visitor's request asks.
FRESH_S = 30.0
_known: tuple[float, tuple[Network, ...]] = (float("-inf"), ())


def is_at_one(environ: Mapping[str, Any], now: datetime) -> bool:
    if not (address := address_of(environ)):
        return False
    here = ipaddress.ip_address(address)
    return any(here in one for one in ranges(now) if one.version == here.version)


def ranges(now: datetime) -> tuple[Network, ...]:
    """Of every group that runs; asked of the database at most once in 30 seconds. While it is away, as it was."""
    global _known
    asked, found = _known
    if time.monotonic() - asked > FRESH_S:
        try:
            found = _asked(now)
        except Error:
            return found
        _known = time.monotonic(), found
    return found


def forget() -> None:
    """Asks anew at the next request."""
    global _known
    _known = float("-inf"), ()


def _asked(now: datetime) -> tuple[Network, ...]:
    rows = Group.objects.filter(groups.running(now)).exclude(ranges=[]).values_list("ranges", flat=True)
    return tuple(ipaddress.ip_network(text, strict=False) for row in rows for text in row)
