"""What aiohttp's errors mean, in our words. Pure."""

import os

import aiohttp

from inkstand.kit.http.connect import Stopped
from inkstand.kit.http.errors import (
    AddressRefused,
    BadAnswer,
    BadUrl,
    CertificateRefused,
    FetchFailed,
    Stalled,
    Unreachable,
)
from inkstand.kit.http.values import Limits


def failure(error: aiohttp.ClientError, url: str, limits: Limits) -> FetchFailed:
    """The leaf that says what happened."""
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return CertificateRefused(url=url, reason=_certificate_reason(error.certificate_error))
        case aiohttp.ClientConnectorError():
            return _unconnected(error, url)
        case aiohttp.ConnectionTimeoutError():
            return Unreachable(url=url, reason=f"no connection within {limits.connect_s:g} seconds")
        case aiohttp.ServerTimeoutError():
            return Stalled(url=url, limit_s=limits.stall_s)
        case aiohttp.ClientPayloadError():
            return BadAnswer(url=url, reason="its answer broke off")
        case aiohttp.ClientResponseError():
            # aiohttp tells the two apart by the sentence alone.
            too_long = error.message.startswith("Got more than")
            return BadAnswer(url=url, reason="its headers are too large" if too_long else "what it sends is not HTTP")
        case aiohttp.InvalidURL():
            return BadUrl(url=url)
        case _:
            return Unreachable(url=url, reason="it hung up")


def _unconnected(error: aiohttp.ClientConnectorError, url: str) -> FetchFailed:
    cause = error.os_error
    if isinstance(cause, Stopped):
        return AddressRefused(url=url, address=cause.address, reason=cause.reason)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Unreachable(url=url, reason=f"there is no address for the name “{error.host}”")
    if isinstance(error, aiohttp.ClientConnectorSSLError):
        return Unreachable(url=url, reason="no secure connection could be agreed on")
    return Unreachable(url=url, reason=os.strerror(cause.errno).lower() if cause.errno else "no connection")


def _certificate_reason(error: Exception) -> str:
    return str(getattr(error, "verify_message", "") or error)
