"""Web servers for a bench: `inkstand web` as shipped, and the same granian with one fixed page in place of Django."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from inkstand.ops.bench.measure import tree_cpu_s

START_S = 60
PAPER, FIXED = "inkstand.config.wsgi:application", "inkstand.ops.bench.serving:fixed"
_SENT = "INKSTAND_BENCH_PAGE"


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    process: int

    def cpu_s(self) -> float:
        return tree_cpu_s(self.process)

    def get(self, path: str, **headers: str) -> tuple[Mapping[str, str], bytes]:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=said)
        with urllib.request.urlopen(request, timeout=START_S) as answer:  # noqa: S310
            return answer.headers, answer.read()


@contextmanager
def served(application: str = PAPER, **settings: str) -> Iterator[Served]:
    """`application` on a free port, until the end; `settings` are of its environment."""
    port = _free_port()
    environ = os.environ | settings | {"INKSTAND_PORT": str(port)}
    said = f"from inkstand.ops import web; web.serve({application!r})"
    # Its log is not the bench's: standard output is for figures.
    process = subprocess.Popen(
        [sys.executable, "-c", said], env=environ, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        server = Served(port, process.pid)
        _wait(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def same_page(headers: Mapping[str, str], body: bytes) -> Iterator[Served]:
    """granian, answering every request with these headers and this body."""
    page = {"headers": list(headers.items()), "body": base64.b64encode(body).decode()}
    with served(FIXED, **{_SENT: json.dumps(page)}) as server:
        yield server


def _fixed_page() -> tuple[list[tuple[str, str]], list[bytes]]:
    page = json.loads(os.environ.get(_SENT, '{"headers": [], "body": ""}'))
    ours = {"date", "server", "transfer-encoding", "connection"}
    headers = [(name, value) for name, value in page["headers"] if name.lower() not in ours]
    return headers, [base64.b64decode(page["body"])]


_HEADERS, _BODY = _fixed_page()


def fixed(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    start_response("200 OK", _HEADERS)
    return _BODY


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: Served) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            server.get("/")
            return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
