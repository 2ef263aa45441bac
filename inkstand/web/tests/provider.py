"""A small OpenID provider on loopback: discovery, authorisation with PKCE, token, userinfo. It signs with RS256."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


class Provider:
    """`person` is who is signed in there. `asked` keeps each authorisation request."""

    client, secret = "paper", "between us"

    def __init__(self, **person):
        self.person = {
            "sub": "number-7",
            "name": "Ada Quay",
            "email": "ada@example.org",
            "email_verified": True,
            **person,
        }
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes, self.tokens, self.asked = {}, {}, []
        self.audience = self.client

    def __enter__(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.get(self)

            def do_POST(self):
                provider.post(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def get(self, to):
        parts = urlsplit(to.path)
        if parts.path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "authorise", "token_endpoint": "token", "jwks_uri": "keys"}
            found = {name: f"{self.issuer}/{place}" for name, place in places.items()}
            answer(to, {"issuer": self.issuer, "userinfo_endpoint": f"{self.issuer}/who", **found})
        elif parts.path == "/authorise":
            self.authorise(to, {name: value[0] for name, value in parse_qs(parts.query).items()})
        elif parts.path == "/who":
            known = self.tokens.get(to.headers["Authorization"].removeprefix("Bearer "))
            answer(to, known or {}, 200 if known else 401)
        else:
            answer(to, {}, 404)

    def authorise(self, to, asked):
        self.asked.append(asked)
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        to.send_response(302)
        to.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        to.end_headers()

    def post(self, to):
        body = to.rfile.read(int(to.headers["Content-Length"])).decode()
        said = {name: value[0] for name, value in parse_qs(body).items()}
        asked = self.codes.pop(said.get("code"), None)
        if asked is None or (said.get("client_id"), said.get("client_secret")) != (self.client, self.secret):
            return answer(to, {"error": "invalid_grant"}, 400)
        proof = base64.urlsafe_b64encode(hashlib.sha256(said["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if proof != asked["code_challenge"]:
            return answer(to, {"error": "invalid_grant"}, 400)
        token = secrets.token_urlsafe()
        self.tokens[token] = self.person
        claims = {**self.person, "iss": self.issuer, "aud": self.audience, "exp": int(time.time()) + 60}
        signed = jwt.encode(claims, self.key, "RS256", headers={"kid": "1"})
        return answer(to, {"access_token": token, "token_type": "Bearer", "id_token": signed, "expires_in": 60})


def answer(to, body, status=200):
    sent = json.dumps(body).encode()
    to.send_response(status)
    to.send_header("Content-Type", "application/json")
    to.send_header("Content-Length", str(len(sent)))
    to.end_headers()
    to.wfile.write(sent)
