"""Which addresses a guarded fetch may connect to. Pure.

The lists are IANA's special-purpose registries (RFC 6890 and what followed), written out because what the standard
library calls global has changed between patch releases of one Python.
"""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_REFUSED_V4 = [
    (IPv4Network(block), reason)
    for block, reason in [
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a carrier's internal address"),
        ("127.0.0.0/8", "this machine itself"),
        ("169.254.0.0/16", "a link-local address, where clouds keep their metadata"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.31.196.0/24", "a reserved address"),
        ("192.52.193.0/24", "a reserved address"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private address"),
        ("192.175.48.0/24", "a reserved address"),
        ("198.18.0.0/15", "an address for network tests"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    ]
]
# Azure's and Alibaba's metadata services stand at addresses that look like any other.
_REFUSED_HOSTS = {
    IPv4Address("168.63.129.16"): "a cloud's metadata",
    IPv4Address("100.100.100.200"): "a cloud's metadata",
}

_GLOBAL_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = [
    (IPv6Network(block), reason)
    for block, reason in [
        ("::/128", "an unspecified address"),
        ("::1/128", "this machine itself"),
        ("::ffff:0:0/96", "an IPv4 address in IPv6 dress"),
        ("::/96", "an IPv4 address in IPv6 dress"),
        ("64:ff9b::/96", "an IPv4 address in IPv6 dress"),
        ("64:ff9b:1::/48", "an IPv4 address in IPv6 dress"),
        ("2001::/32", "an IPv4 address in IPv6 dress"),
        ("2002::/16", "an IPv4 address in IPv6 dress"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for documentation"),
        ("2620:4f:8000::/48", "a reserved address"),
        ("3fff::/20", "an address for documentation"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("ff00::/8", "a multicast address"),
    ]
]

# What the C library reads as an IPv4 address without its being four plain numbers: 2130706433, 0x7f.1, 0177.0.0.1.
_NUMERIC_LABEL = re.compile(r"(0x[0-9a-f]*|[0-9]+)\Z", re.IGNORECASE)


def refusal(address: str) -> str | None:
    """Why this IP address may not be connected to, for a person; None where it may."""
    found = ip_address(address)
    return _refusal_v4(found) if isinstance(found, IPv4Address) else _refusal_v6(found)


def _refusal_v4(address: IPv4Address) -> str | None:
    if reason := _REFUSED_HOSTS.get(address):
        return reason
    return next((reason for block, reason in _REFUSED_V4 if address in block), None)


def _refusal_v6(address: IPv6Address) -> str | None:
    if reason := next((reason for block, reason in _REFUSED_V6 if address in block), None):
        return reason
    return None if address in _GLOBAL_V6 else "a reserved address"


def disguise(host: str) -> str | None:
    """Why this host name may not even be looked up: it is a number that stands for an address; None where it may."""
    last = host.rstrip(".").rpartition(".")[2]
    return "an address in disguise" if _NUMERIC_LABEL.match(last) else None


def is_literal(host: str) -> bool:
    """Whether the host is an address itself, in its one plain form (four decimal numbers, or IPv6)."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
