"""Blinded reader numbers: the same all month, another every month, and of nobody once the month's key is destroyed."""

import hashlib
import hmac
import secrets

_KEY_BYTES = 32


def new_key() -> bytes:
    return secrets.token_bytes(_KEY_BYTES)


def blinded(key: bytes, reader: int) -> int:
    """63 bits of a keyed hash. Among a million readers two share one with a chance of one in 18 million."""
    digest = hmac.digest(key, str(reader).encode(), hashlib.sha256)
    return int.from_bytes(digest[:8]) >> 1
