"""What benches measure with: CPU seconds and memory of this process and of the database's, from /proc."""

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from inkstand.ops.postgres import Postgres

Done = TypeVar("Done")

_TICK = os.sysconf("SC_CLK_TCK")
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds: of this process's CPU, of PostgreSQL's, and on the wall."""

    own: float
    postgres: float
    wall: float

    def figures(self, name: str) -> dict[str, object]:
        return {
            f"{name}_cpu_s": round(self.own + self.postgres, 2),
            f"{name}_own_cpu_s": round(self.own, 2),
            f"{name}_postgres_cpu_s": round(self.postgres, 2),
        }


class Cpu:
    def __init__(self, server: Postgres) -> None:
        self._postmaster = int((server.data / "postmaster.pid").read_text().split()[0])
        self._peak = 0

    def spent(self) -> tuple[float, float]:
        """(CPU seconds of this process, of PostgreSQL with its backends, those that have ended included)."""
        own = resource.getrusage(resource.RUSAGE_SELF)
        return own.ru_utime + own.ru_stime, sum(_cpu_s(pid) for pid in self._servers())

    def cost(self, work: Callable[[], Done]) -> tuple[Done, Spent]:
        """What `work` gave, and what it cost."""
        before, began = self.spent(), time.perf_counter()
        done = work()
        wall = time.perf_counter() - began
        own, postgres = (after - then for after, then in zip(self.spent(), before, strict=True))
        return done, Spent(own, postgres, wall)

    def peak_mb(self) -> int:
        """The most this process ever held, and what PostgreSQL's processes hold now, shared pages counted once."""
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return round((own + sum(_private(pid) for pid in self._servers())) / _MB)

    def _servers(self) -> list[int]:
        return [self._postmaster, *_children(self._postmaster)]


def tree_cpu_s(pid: int) -> float:
    """CPU seconds of a process and its children that live."""
    return sum(map(_cpu_s, [pid, *_children(pid)]))


def _stat(pid: int) -> list[str]:
    """Fields of /proc/PID/stat after the name, from `state` on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _cpu_s(pid: int) -> float:
    """User and system time, with that of children that were waited for."""
    try:
        return sum(map(int, _stat(pid)[11:15])) / _TICK
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if int(_stat(int(path.name))[1]) == parent:
                found.append(int(path.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _private(pid: int) -> int:
    """Proportional share of memory in bytes."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (OSError, ProcessLookupError):
        return 0
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))
