"""A web server's part towards a WSGI application, for tests."""

import gzip

import brotli
from django.test import RequestFactory


class Server:
    """Asks a WSGI application as a web server would."""

    def __init__(self, application):
        self.application = application

    def __call__(self, path="/", method="GET", cookie="", **headers):
        said = {f"HTTP_{name.upper()}": value for name, value in {"host": "paper.example", **headers}.items()}
        path, _, query = path.partition("?")
        environ = RequestFactory()._base_environ(
            PATH_INFO=path, QUERY_STRING=query, REQUEST_METHOD=method, HTTP_COOKIE=cookie, **said
        )
        answer = Answer()
        body = self.application(environ, answer)
        answer.body = b"".join(body)
        getattr(body, "close", lambda: None)()
        return answer


class Answer:
    def __call__(self, status, headers, _=None):
        self.status, self.headers = int(status[:3]), {name.lower(): value for name, value in headers}

    @property
    def text(self):
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("content-encoding"), bytes)
        return unpack(self.body).decode()


class Clock:
    at = 100.0

    def __call__(self):
        return self.at
