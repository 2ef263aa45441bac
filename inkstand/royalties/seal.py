"""The paper's own signature on what it publishes of money: Ed25519, its key made once and kept in the data folder.

Anyone checks it with the public key and a tool of their own:
openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in FILE -sigfile FILE.sig
"""

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from inkstand.kit.once import kept

NAME = "royalties-key.pem"


def signature(home: Path, content: bytes) -> bytes:
    """64 bytes that only this paper's key can make of `content`."""
    return _key(home).sign(content)


def public_key(home: Path) -> bytes:
    """As PEM; put it where publishers can find it, and keep it."""
    return _key(home).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _key(home: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(kept(home / NAME, _new), password=None)
    assert isinstance(key, Ed25519PrivateKey), f"{NAME} holds a key of another kind"
    return key


def _new() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
