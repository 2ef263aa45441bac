"""The guard at the moment of connecting: the address that is checked is the one connected to.

A name can be looked up twice and give two answers (DNS rebinding), so checking names proves nothing. aiohttp hands
every final address to its socket factory, whichever resolver, redirect or spelling led there.
"""

import socket
from collections.abc import Callable
from typing import Any, TypeAlias

from inkstand.kit.http.target import Refusal

_AddrInfo: TypeAlias = tuple[Any, Any, int, str, tuple[Any, ...]]


class Stopped(OSError):
    """The guard refused an address.

    An OSError because that is all the connector lets a factory raise; always the same text because the connector
    passes on the first of several errors only where all read alike.
    """

    def __init__(self, address: str, reason: str) -> None:
        super().__init__("refused by the guard")
        self.address, self.reason = address, reason


def guarded_sockets(refusal: Refusal) -> Callable[[_AddrInfo], socket.socket]:
    """A socket factory that raises Stopped for every address that `refusal` gives a reason for."""

    def make(info: _AddrInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if reason := refusal(address[0]):
            raise Stopped(address[0], reason)
        return socket.socket(family, kind, protocol)

    return make
