"""What a person at the terminal is told while something runs: one line a step, on stderr."""

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

Thing = TypeVar("Thing")
_BAR = 30
_EVERY_S = 0.1


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def progress(things: Iterable[Thing], label: str) -> Iterator[Thing]:
    """The same things, with a bar drawn as they go by; on a terminal only."""
    total = len(things) if isinstance(things, Sized) else 0
    drawn = 0.0
    shows = sys.stderr.isatty() and total > 0
    for count, thing in enumerate(things, 1):
        yield thing
        if shows and (time.monotonic() - drawn > _EVERY_S or count == total):
            drawn = time.monotonic()
            draw(label, count, total)


def draw(label: str, count: int, total: int) -> None:
    full = _BAR * count // total
    end = "\n" if count == total else ""
    print(f"\r{label} [{'█' * full}{'·' * (_BAR - full)}] {count}/{total}", end=end, file=sys.stderr, flush=True)
