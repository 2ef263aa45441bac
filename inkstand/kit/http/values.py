"""What goes into a fetch and what comes out, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass

MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may cost. Sizes in bytes, times in seconds."""

    received: int = 16 * MEBI
    unpacked: int = 16 * MEBI
    total_s: float = 30.0
    connect_s: float = 10.0
    stall_s: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Manners:
    """How many fetches run at once, and how gently one host is treated. Hosts that are allowed by name wait for no-one.

    `large` bodies (over 1 MiB) are read only so many at once, so that a hundred hostile hosts together cannot fill
    the memory which each alone may use.
    """

    at_once: int = 100
    per_host: int = 2
    interval_s: float = 1.0
    large: int = 4


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the status it came with and the address it led to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of any status. `url` is where it came from in the end; `headers` are read whatever their case.

    `body` is unpacked; `took_s` leaves out the time spent waiting for a turn.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[Hop, ...]
    took_s: float
