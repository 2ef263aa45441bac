"""The key that signs cookies and addresses: made once, kept in the data folder, readable by its owner alone."""

import secrets
from pathlib import Path

from inkstand.kit.once import kept


def secret_key(home: Path) -> str:
    return kept(home / "secret-key", lambda: secrets.token_urlsafe(48).encode()).decode("ascii")
