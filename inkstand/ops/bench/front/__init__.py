"""Is our front page what the world's editors would print? Two tests on what editors did.

`stream` replays a month of headlines beside what a large news app had on top at each minute; `day` leaves one
newsroom out of a news day and compares our order with that newsroom's own. Nothing is fitted on either, but the few
round weights of `ranking.significance` were chosen by hand while looking at both: each half of the month has its row.
"""

from collections.abc import Callable
from pathlib import Path

from inkstand.ops.bench.front import day, stream


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    return stream.run(data, say) | day.run(data, say)
