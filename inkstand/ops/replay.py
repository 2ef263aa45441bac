"""`make demo`: the product beside a replay of a real news day, on the replay's own clock."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from inkstand.kit import clock
from inkstand.ops import up
from inkstand.ops.bench.shared import NO_SHARED, shared_dir
from inkstand.ops.errors import NoReplay, ReplayDidNotStart
from inkstand.ops.say import say

PORT = 8800
START_S = 30


def replay(*, at: str, speed: float, home: Path | None = None) -> None:
    """A fresh paper in a folder of its own that morning; it is thrown away at the end unless `home` names one."""
    with contextlib.ExitStack() as stack:
        folder = home or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inkstand-replay-")))
        os.environ.update(
            INKSTAND_HOME=str(folder), INKSTAND_CATALOGUE="none", INKSTAND_ALLOW_HOSTS=f"127.0.0.1:{PORT}"
        )
        os.environ.pop("DATABASE_URL", None)
        stack.enter_context(running(at, speed))
        os.environ["INKSTAND_CLOCK"] = f"{_aware(at).isoformat()} {speed} {time.time()}"
        up.up(fill=_subscribe)


def _subscribe() -> None:
    from inkstand.titles import opml
    from inkstand.wire.subscribe import subscribe

    entries = opml.read(get("/opml"), name="the replay's OPML")
    say(f"titles       {len(subscribe(entries, now=clock.now()))} feeds of that morning")


@contextlib.contextmanager
def running(at: str, speed: float, *more: str) -> Iterator[None]:
    """The replay, listening; stopped at the end."""
    shared = shared_dir()
    if shared is None or not (shared / "tools" / "replay.py").is_file():
        raise NoReplay(reason=NO_SHARED)
    script = str(shared / "tools" / "replay.py")
    command = [sys.executable, script, "--port", str(PORT), "--at", at, "--speed", str(speed), *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    try:
        assert process.stdout
        if not process.stdout.readline():
            raise ReplayDidNotStart(port=PORT)
        say(f"replay       on port {PORT}, from {at} UTC, {speed:g} times as fast")
        yield
    finally:
        process.terminate()
        process.wait()


def get(path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=START_S) as answer:
        body: bytes = answer.read()
        return body


def _aware(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=UTC)
