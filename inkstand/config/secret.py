"""The key that signs cookies and addresses: made once, kept in the data folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    path = home / "secret-key"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        return _make(path)


def _make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    # Written apart and linked into place: of two processes that start together, one wins and both use its key.
    draft = path.with_name(f"secret-key.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    finally:
        draft.unlink()
    return key
