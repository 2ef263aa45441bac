"""A push service and browsers of ours on loopback: takes what it is sent, opens it as a browser would, checks who sent.

The opening is written from RFC 8291 and 8188 on its own, so that an error in the sealing cannot hide in it.
"""

import hashlib
import hmac
import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inkstand.editions.push.keys import coded, decoded


class Browser:
    def __init__(self, endpoint):
        self.endpoint, self.key, self.secret = endpoint, ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def said(self):
        """As a page sends it when its reader switches notices on."""
        return {"endpoint": self.endpoint, "public": coded(self.public), "secret": coded(self.secret)}

    def open(self, body):
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size <= 4096
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        joined = expand(extract(self.secret, shared), b"WebPush: info\0" + self.public + sender, 32)
        base = extract(salt, joined)
        key, nonce = expand(base, b"Content-Encoding: aes128gcm\0", 16), expand(base, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\x02")


def extract(salt, secret):
    return hmac.digest(salt, secret, hashlib.sha256)


def expand(key, info, length):
    return hmac.digest(key, info + b"\x01", hashlib.sha256)[:length]


class PushService:
    """`status`: what it answers, by browser's name. `got`: by name, what came, opened."""

    def __enter__(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                status = service.take(self.path, self.headers, self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(status)
                if status in (301, 302, 307, 308):
                    self.send_header("Location", service.sends_on_to)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()
        self.browsers, self.status, self.got, self.heads, self.sends_on_to = {}, {}, {}, {}, ""
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def host(self):
        return f"127.0.0.1:{self.server.server_port}"

    def browser(self, name):
        self.browsers[name] = Browser(f"http://{self.host}/{name}")
        return self.browsers[name]

    def take(self, path, headers, body):
        name = path.strip("/")
        status = self.status.get(name, 201)
        if status == 201:
            self.check(headers)
            self.got.setdefault(name, []).append(json.loads(self.browsers[name].open(body)))
            self.heads[name] = headers
        return status

    def check(self, headers):
        """RFC 8292: a token for this service alone, signed by the key that it names, not for longer than a day."""
        token, key = (part.partition("=")[2] for part in headers["Authorization"].removeprefix("vapid ").split(", "))
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
        claims = jwt.decode(
            token, public, algorithms=["ES256"], audience=f"http://{self.host}", options={"verify_exp": False}
        )
        assert claims["sub"].startswith(("https://", "mailto:"))
        assert headers["Content-Encoding"] == "aes128gcm"
        assert int(headers["TTL"]) >= 0
        assert len(headers["Topic"]) <= 32
