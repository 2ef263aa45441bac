"""One paper a home: whoever runs `inkstand up` in it holds a lock there, which the kernel drops even after kill -9."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from inkstand.ops.errors import AlreadyRuns, HomeUnusable

NAME = "up.running"


@contextmanager
def alone(home: Path, address: str) -> Iterator[None]:
    """Within, this process is the one that runs the paper of `home`; AlreadyRuns where another does."""
    with _opened(home) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid, _, where = file.read().strip().partition(" ")
            raise AlreadyRuns(home=home, address=where, pid=pid) from None
        _write(file, f"{os.getpid()} {address}")
        yield


def _opened(home: Path) -> TextIO:
    try:
        home.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(home / NAME, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    except OSError as error:
        raise HomeUnusable(path=home, reason=error.strerror) from error


def _write(file: TextIO, said: str) -> None:
    """In the file before anybody can ask: what one reads who is refused."""
    file.truncate(0)
    file.write(f"{said}\n")
    file.flush()
