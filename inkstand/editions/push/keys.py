"""Who sends: a key of this paper's own (RFC 8292), made once under INKSTAND_HOME. A browser's subscription is bound to
it; with another key all subscriptions would be void."""

import base64
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from inkstand.kit.once import kept

# RFC 8292 allows a day; half of it leaves room for clocks that differ.
LASTS = timedelta(hours=12)


def push_key(home: Path) -> ec.EllipticCurvePrivateKey:
    found = load_pem_private_key(kept(home / "push-key", _made), None)
    assert isinstance(found, ec.EllipticCurvePrivateKey), "push-key was made by us"
    return found


def _made() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def told(key: ec.EllipticCurvePrivateKey) -> str:
    """The public half, as a browser wants it."""
    return coded(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def coded(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Of base64url, padded or not; ValueError where it is none."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def signature(key: ec.EllipticCurvePrivateKey, endpoint: str, whom_to_ask: str, now: datetime) -> str:
    """The Authorization header for one push service. `whom_to_ask`: an https: or mailto: address of the operator's."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + LASTS).timestamp()), "sub": whom_to_ask}
    return f"vapid t={jwt.encode(claims, key, algorithm='ES256')}, k={told(key)}"
