"""A message that only one browser can open: RFC 8291 over RFC 8188, in a single record. Pure."""

import os
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# What every push service takes (RFC 8030, 7.2), less the head of 86 bytes, the tag of 16 and the end of the padding.
RECORD = 4096
MOST = RECORD - 86 - 16 - 1


@dataclass(frozen=True, slots=True)
class Keys:
    """A browser's: its point on P-256 (65 bytes) and its 16 bytes of authentication."""

    public: bytes
    secret: bytes


def are_keys(keys: Keys) -> bool:
    """Whether anything could be sealed with them: a point that is not on the curve would give our secrets away."""
    try:
        _point(keys.public)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return len(keys.public) == 65 and len(keys.secret) == 16


def seal(message: bytes, keys: Keys, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None) -> bytes:
    """The body of a push, of content coding aes128gcm. `own` and `salt` are fresh for each; tests name them."""
    own, salt = own or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    mine = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = own.exchange(ec.ECDH(), _point(keys.public))
    joined = _derive(shared, keys.secret, b"WebPush: info\0" + keys.public + mine, 32)
    key = _derive(joined, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(joined, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(mine)]) + mine
    return head + AESGCM(key).encrypt(nonce, message[:MOST] + b"\x02", None)


def _point(public: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
