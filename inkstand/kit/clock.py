"""What time it is for the paper. Deeds and decisions take `now` as an argument; only the outermost rooms ask here.

A demo or a test may run on another clock: INKSTAND_CLOCK="2021-09-20T06:00:00+00:00 60 1700000000" is that morning,
sixty times as fast, begun at that Unix time, the same in every process.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time in UTC, aware."""
    if setting := os.environ.get("INKSTAND_CLOCK"):
        start, speed, begun = setting.split()
        return datetime.fromisoformat(start) + timedelta(seconds=(time.time() - float(begun)) * float(speed))
    return datetime.now(UTC)


def speed() -> float:
    """Seconds of the paper's time in one on the wall: 1 but in a demo."""
    setting = os.environ.get("INKSTAND_CLOCK")
    return float(setting.split()[1]) if setting else 1.0
