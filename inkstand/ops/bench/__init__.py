"""`inkstand bench NAME`: what we say of speed and quality, measured again.

Each bench is a module here with `run(data, say) -> dict`: `data` is a folder of real data, `say` prints a line of
progress. What it is compared with runs in the same process tree; figures are medians.
"""

import importlib
import json
from pathlib import Path

from inkstand.kit.errors import InkstandError
from inkstand.ops.bench.shared import data_dir
from inkstand.ops.say import say

BENCHES = (
    "extract", "fetch", "foryou", "front", "growth", "pages", "parse", "poll", "rhythm", "search", "settle",
    "stories", "stories_cost", "stories_restart",
)  # fmt: skip


class NoBenchData(InkstandError):
    code = "no-bench-data"
    message = "The bench reads real data from {path}, which is not there. Name a folder that has it: --data DIR"


class NoSuchBench(InkstandError):
    code = "no-such-bench"
    message = "There is no bench {name}. There are: {names}."


def run(name: str, data: Path | None, *, as_json: bool) -> None:
    if name not in BENCHES:
        raise NoSuchBench(name=name, names=", ".join(BENCHES))
    folder = data or data_dir() or Path("../shared/data")
    if not folder.is_dir():
        raise NoBenchData(path=folder)
    figures = importlib.import_module(f"{__name__}.{name}").run(folder, say)
    print(json.dumps(figures, default=float) if as_json else table(figures))


def table(figures: dict[str, object], indent: str = "") -> str:
    lines = []
    for key, value in figures.items():
        if isinstance(value, dict):
            lines += [f"{indent}{key}", table(value, indent + "  ")]
        else:
            shown = f"{value:,.4g}" if isinstance(value, float) else str(value)
            lines.append(f"{indent}{key:<32} {shown}")
    return "\n".join(lines)
