"""Which web addresses a guarded fetch may ask, before a name is looked up. Pure."""

from collections.abc import Callable
from typing import TypeAlias

from yarl import URL

from inkstand.kit.http.address import disguise, is_literal
from inkstand.kit.http.errors import AddressRefused, BadAllowEntry, BadUrl, PortRefused, SchemeRefused

PORTS = frozenset({80, 443, 8080, 8443})

# The host:port pairs an operator lets through whatever they lead to.
Allow: TypeAlias = frozenset[tuple[str, int]]
Refusal: TypeAlias = Callable[[str], str | None]


def parse_allow(text: str) -> Allow:
    """Reads "host:port,host:port". Raises BadAllowEntry on the first entry that is neither empty nor host:port."""
    return frozenset(_pair(entry.strip()) for entry in text.split(",") if entry.strip())


def _pair(entry: str) -> tuple[str, int]:
    try:
        url = URL(f"//{entry}")
    except ValueError:
        raise BadAllowEntry(entry=entry) from None
    if not url.host or url.explicit_port is None or url.raw_path not in ("", "/") or url.user:
        raise BadAllowEntry(entry=entry)
    return url.raw_host or "", url.explicit_port


def read_url(text: str) -> URL:
    """Raises BadUrl where no host can be read from it, SchemeRefused where it is not http or https."""
    try:
        return web(URL(text.strip()))
    except ValueError:
        raise BadUrl(url=text) from None


def web(url: URL) -> URL:
    """The address as it is asked for, without its fragment. Raises SchemeRefused, BadUrl."""
    if url.scheme and url.scheme not in ("http", "https"):
        raise SchemeRefused(url=str(url), scheme=url.scheme)
    if not url.scheme or not url.raw_host:
        raise BadUrl(url=str(url))
    return url.with_fragment(None)


def shown(url: URL) -> str:
    """The address as people and logs may see it: without the name and password that some carry."""
    return str(url.with_user(None)) if url.raw_user or url.raw_password else str(url)


def is_allowed(url: URL, allow: Allow) -> bool:
    return (url.raw_host, url.port) in allow


def vet(url: URL, refusal: Refusal) -> None:
    """Raises AddressRefused or PortRefused where the address alone shows that it may not be asked.

    A name passes here whatever it leads to: only the address that is connected to can tell, see `connect.py`.
    """
    host = url.raw_host or ""
    if reason := refusal(host) if is_literal(host) else disguise(host):
        raise AddressRefused(url=shown(url), address=host, reason=reason)
    if url.port not in PORTS:
        raise PortRefused(url=shown(url), host=host, port=url.port)
