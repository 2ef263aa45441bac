"""The source of what runs here, as it runs here: what the AGPL (section 13) gives everyone who reads over a network.

The very files are handed out, not an address of the project's: whoever changes a line, hands the change out with it.
"""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from inkstand import __version__

PACKAGE: Final = Path(__file__).resolve().parent.parent
NAME: Final = f"inkstand-{__version__}"
# What lies beside the package where it runs from its own folder, and builds, tests and explains it. By name: whatever
# else an operator keeps there is nobody's.
_FILES: Final = ("LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "Makefile", "pyproject.toml", ".importlinter")
_PINS: Final = ("requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt")
_FOLDERS: Final = ("docs", "tests", "tools")


@cache
def archive() -> bytes:
    """A zip, the same bytes every time."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for path in _files():
            entry = ZipInfo(f"{NAME}/{path.relative_to(PACKAGE.parent).as_posix()}")
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, path.stat().st_mode << 16
            packed.writestr(entry, path.read_bytes())
    return out.getvalue()


def _files() -> Iterator[Path]:
    yield from _below(PACKAGE)
    beside = PACKAGE.parent
    if (beside / "pyproject.toml").is_file():
        yield from (beside / name for name in (*_FILES, *_PINS) if (beside / name).is_file())
        for folder in _FOLDERS:
            yield from _below(beside / folder)


def _below(folder: Path) -> Iterator[Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return (path for path in found if "__pycache__" not in path.parts and not path.name.startswith("."))
