"""How many free articles an address range opens in a day, without keeping an address.

A visitor who throws their note away begins a fresh month; what bounds that is the range their address is in (a /24, or
a /48 of IPv6). It is counted under a mark that only today's salt can make: HMAC-SHA256 of the range. The salt is
random, made for the day and thrown away with the counts when it is over, and then nobody can say what was counted.
"""

import hmac
import ipaddress
import secrets
from datetime import UTC, date, datetime

from django.db import connection

from inkstand.membership.models import RangeCount, RangeSalt

_COUNT = """
    INSERT INTO membership_rangecount (salt_id, mark, opened) VALUES (%s, %s, 1)
    ON CONFLICT (salt_id, mark) DO UPDATE SET opened = membership_rangecount.opened + 1
"""


def is_full(address: str, bound: int, now: datetime) -> bool:
    """Whether the range of `address` has opened `bound` free articles today. An address that is none counts as one."""
    found = RangeCount.objects.filter(salt=_day(now), mark=_mark(address, now)).values_list("opened", flat=True)
    return (found.first() or 0) >= bound


def count(address: str, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_day(now), _mark(address, now)])


def forget(*, now: datetime) -> None:
    """Throws away every day's salt but today's, and its counts with it."""
    RangeSalt.objects.exclude(day=_day(now)).delete()


def range_of(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))


def _mark(address: str, now: datetime) -> str:
    return hmac.digest(_salt(_day(now)), range_of(address).encode(), "sha256")[:16].hex()


def _salt(day: date) -> bytes:
    row, _ = RangeSalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_bytes(32)})
    return bytes(row.salt)


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()
