"""What a person at the terminal is told while something runs: one line a step, on stderr."""

import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sized
from pathlib import Path
from typing import TypeVar

Thing = TypeVar("Thing")
_BAR = 30
_EVERY_S = 0.1


_COMMAND = re.compile("`inkstand(?= )")


def say(line: str) -> None:
    print(as_typed(line), file=sys.stderr, flush=True)


def counted(number: int, thing: str) -> str:
    """`1 title`, `2 titles`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def as_typed(line: str) -> str:
    """`line` with the commands it names in backticks as they are typed here: after `make run`, `.venv/bin/inkstand …`,
    which the shell does not find by its name alone."""
    return _COMMAND.sub(lambda _: f"`{_own_name()}", line)


def _own_name() -> str:
    script, found = Path(sys.executable).with_name("inkstand"), shutil.which("inkstand")
    if not script.exists() or (found and script.samefile(found)):
        return "inkstand"
    return str(script.relative_to(Path.cwd()) if script.is_relative_to(Path.cwd()) else script)


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
