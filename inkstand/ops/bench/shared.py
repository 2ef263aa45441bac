"""Where the real data lie that benches and some tests read: beside the project, never in it."""

import os
from pathlib import Path

NO_SHARED = "needs the real data in ../shared, which is not here"


def shared_dir() -> Path | None:
    """The `shared` folder beside the project (or INKSTAND_SHARED); None where there is none."""
    beside = Path(__file__).resolve().parents[4] / "shared"
    path = Path(os.environ.get("INKSTAND_SHARED", beside))
    return path if path.is_dir() else None


def data_dir() -> Path | None:
    shared = shared_dir()
    return shared / "data" if shared and (shared / "data").is_dir() else None
