"""A file made once and kept: of two processes that start together, one wins and both use what it made."""

import os
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """What `path` holds; where it is not there, what `make` gives, readable by its owner alone from then on."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return _made(path, make())


def _made(path: Path, content: bytes) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written apart and linked into place, so that nobody ever reads half of it.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_bytes()
    finally:
        draft.unlink()
    return content
