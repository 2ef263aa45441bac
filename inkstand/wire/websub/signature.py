"""That a delivery came from the hub we gave our secret to. Pure, but for the making of secrets."""

import hmac
import secrets

# All four that the standard names; hubs in the wild still send sha1.
_METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})


def new_secret() -> str:
    """A secret for one subscription: 64 characters, under the standard's 200 bytes."""
    return secrets.token_hex(32)


def signature_ok(secret: str, header: str, body: bytes) -> bool:
    """Whether X-Hub-Signature ("method=hexdigest") was made with this secret over this body; in constant time."""
    method, _, given = header.strip().partition("=")
    method = method.strip().lower()
    if method not in _METHODS:
        return False
    expected = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(expected.encode(), given.strip().lower().encode("utf-8", "replace"))
