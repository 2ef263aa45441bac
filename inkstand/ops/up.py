"""`inkstand up`: the database, then web and worker under one supervisor; one line a step; Ctrl-C ends all of it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from inkstand.ops import environment, lifeline
from inkstand.ops.alone import alone
from inkstand.ops.errors import PortTaken
from inkstand.ops.postgres import Postgres
from inkstand.ops.say import say

PARTS = ("web", "worker")
STOP_S = 10
LOOK_S = 0.5


def up(fill: Callable[[], object] = lambda: None) -> None:
    """Everything made ready, then `fill` (what a demo puts in), then served until told to stop."""
    bind, port = environment.read("INKSTAND_BIND"), environment.whole("INKSTAND_PORT", 1, 65535)
    with alone(environment.home(), environment.address()), _stop_signals():
        refuse_taken(bind, port)
        with lifeline.rooms() as server:
            _serve(server, bind, port, fill)


def _serve(server: Postgres | None, bind: str, port: int, fill: Callable[[], object]) -> None:
    say(f"database     {f'PostgreSQL in {server.data}' if server else 'the one DATABASE_URL names'}")
    from inkstand.ops.prepare import prepare

    prepare()
    fill()
    supervise(server, bind, port)


def supervise(server: Postgres | None, bind: str, port: int) -> None:
    parts = [Part(name) for name in PARTS]
    try:
        for part in parts:
            part.start()
        wait_for(bind, port, parts)
        say(f"\nInkstand is at {environment.address()}/\nCtrl-C stops it.")
        while True:
            time.sleep(LOOK_S)
            if server:
                server.mend()
            for part in parts:
                part.mend()
    finally:
        say("\nstopping")
        for part in parts:
            part.ask_to_stop()
        for part in parts:
            part.see_stopped()


@dataclass
class Part:
    """One child process. It lives in a group of its own, so that Ctrl-C reaches it through us, once."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        command = [sys.executable, "-m", "inkstand.ops.command", self.name, "--supervised"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        say(f"{self.name:<12} started")

    def mend(self) -> None:
        """Start it again when it died, waiting longer the more often it does: 1 s, 2 s, … 30 s."""
        if self.process is None or self.process.poll() is None:
            return
        say(f"{self.name:<12} ended with {self.process.returncode}; starting it again")
        self.deaths = [at for at in self.deaths if at > time.monotonic() - 300] + [time.monotonic()]
        time.sleep(min(len(self.deaths), 30))
        self.start()

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def see_stopped(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Stop(BaseException):
    """Asked to stop, by Ctrl-C or by the machine. Like KeyboardInterrupt, nothing on the way may swallow it."""


@contextlib.contextmanager
def _stop_signals() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Stop

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Stop:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def refuse_taken(bind: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise PortTaken(port=port, bind=bind, other=port + 1, reason=error.strerror) from error


def wait_for(bind: str, port: int, parts: list[Part]) -> None:
    """Until the pages answer, for at most 30 s; a web server that dies meanwhile is told of by `mend`."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((_shown(bind), port), timeout=1):
            return
        time.sleep(0.05)


def _shown(bind: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(bind, bind)  # noqa: S104
