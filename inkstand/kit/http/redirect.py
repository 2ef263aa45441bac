"""Where an answer sends us on to, and what may be carried there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from yarl import URL

from inkstand.kit.http.errors import BadRedirect
from inkstand.kit.http.target import shown, web

_KEEPS_METHOD = {307, 308}
_REDIRECTS = {301, 302, 303, *_KEEPS_METHOD}
# What tells one host who we are is no business of another.
_PERSONAL = {"authorization", "cookie", "proxy-authorization"}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    url: URL
    headers: Mapping[str, str]
    data: bytes | None = None


def next_request(request: Request, status: int, location: str | None) -> Request | None:
    """The request that follows; None where the answer stands: no redirect, or one that would turn a POST into a GET.

    Raises BadRedirect where the location cannot be read, SchemeRefused where it is not http or https.
    """
    if status not in _REDIRECTS or not location or (request.method != "GET" and status not in _KEEPS_METHOD):
        return None
    url = _join(request.url, location)
    if url.origin() == request.url.origin():
        return replace(request, url=url.with_user(request.url.user).with_password(request.url.password))
    kept = {name: value for name, value in request.headers.items() if name.lower() not in _PERSONAL}
    return replace(request, url=url, headers=kept)


def _join(base: URL, location: str) -> URL:
    try:
        return web(base.join(URL(location.strip())))
    except ValueError:
        raise BadRedirect(url=shown(base), location=location) from None
