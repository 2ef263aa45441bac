"""Who may have a fresh free article: not everyone who has room on their note.

A crawler has none. It is shown what a visitor without any left is shown, the lead and the markup that says so, and
what it indexes is what its readers find. Nobody gains by pretending to be one, so none need be verified.
"""

import ipaddress
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections

from inkstand.membership import crowd

# Set in the environment of a request that stands for all who have no free article left.
SPENT = "inkstand.spent"
_CRAWLER = re.compile(r"bot\b|bot/|crawl|spider|slurp|facebookexternalhit|mediapartners", re.I)


def has_none(environ: Mapping[str, Any], now: datetime) -> bool:
    """Whether whoever sent this request gets no fresh free article, whatever their note says."""
    if SPENT in environ or _CRAWLER.search(environ.get("HTTP_USER_AGENT", "")):
        return True
    address = address_of(environ)
    return bool(address) and crowd.is_full(address, settings.FREE_A_RANGE, now)


def count(environ: Mapping[str, Any], now: datetime) -> None:
    if address := address_of(environ):
        crowd.count(address, now)


def has_none_outside_django(environ: Mapping[str, Any], now: datetime) -> bool:
    """The same, for the pages kept before Django. Where the database is away, nobody is refused for it."""
    close_old_connections()
    try:
        return has_none(environ, now)
    except Error:
        return False


def count_outside_django(environ: Mapping[str, Any], now: datetime) -> None:
    close_old_connections()
    try:
        count(environ, now)
    except Error:
        return


def address_of(environ: Mapping[str, Any]) -> str:
    """The visitor's address; "" where it cannot be told, or is one of our own house.

    Only a proxy of our own, which asks from a private address, is believed what it says of who asked it.
    """
    asks = str(environ.get("REMOTE_ADDR", ""))
    if _is_public(asks):
        return asks
    told = str(environ.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return told if _is_public(told) else ""


def _is_public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        return False
