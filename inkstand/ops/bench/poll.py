"""`inkstand bench poll`: what 1,000 feeds of 20 items cost: asked first, unchanged, with one new item each.

CPU seconds of this process and of every process of the embedded PostgreSQL, from /proc. Placing articles into
stories is a job of its own and is measured by `inkstand bench stories`; here its queue is filled but not worked off.
The feeds come from the replay in ../shared/tools on loopback, in a process of its own that is not counted.
"""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from inkstand.ops import replay
from inkstand.ops.bench.measure import Cpu

if TYPE_CHECKING:
    from inkstand.wire.settle import Tally

FEEDS = 1000
ROUNDS = ("first", "unchanged", "one_new")


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inkstand-bench-")))
        os.environ.update(INKSTAND_HOME=str(home), INKSTAND_ALLOW_HOSTS=f"127.0.0.1:{replay.PORT}")
        os.environ.pop("DATABASE_URL", None)
        stack.enter_context(replay.running("2021-09-20T06:00", 0, "--bulk", str(FEEDS)))
        from inkstand.ops import lifeline

        server = stack.enter_context(lifeline.ready())
        assert server, "the bench runs on the embedded database"
        return _rounds(Cpu(server), say)


def _rounds(cpu: Cpu, say: Callable[[str], None]) -> dict[str, object]:
    from inkstand.kit import clock
    from inkstand.titles.enter import Address, Entry
    from inkstand.wire.subscribe import subscribe

    here = f"http://127.0.0.1:{replay.PORT}"
    subscribe([Entry(f"Bulk {n}", (Address(f"{here}/bulk/{n}.xml"),)) for n in range(FEEDS)], now=clock.now())
    figures: dict[str, object] = {}
    for name in ROUNDS:
        replay.get(f"/clock?mode={'b' if name == 'one_new' else 'a'}")
        before, began = cpu.spent(), time.perf_counter()
        tally = uvloop.run(_poll_all())
        ours, theirs = (now - then for now, then in zip(cpu.spent(), before, strict=True))
        figures |= {
            f"{name}_cpu_s": round(ours + theirs, 2),
            f"{name}_own_cpu_s": round(ours, 2),
            f"{name}_postgres_cpu_s": round(theirs, 2),
            f"{name}_wall_s": round(time.perf_counter() - began, 2),
            f"{name}_new": tally.new,
        }
        say(f"{name}: {figures[f'{name}_cpu_s']} CPU s ({tally})")
    return figures | _stored() | {"peak_mb": cpu.peak_mb()}


async def _poll_all() -> "Tally":
    from inkstand.kit import clock
    from inkstand.wire.poll import Poller

    async with Poller(clock.now) as poller:
        await poller.make_all_due()
        return await poller.once()


def _stored() -> dict[str, object]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) - count(DISTINCT (feed_id, feed_item_id)) FROM articles_article")
        articles, doubles = cursor.fetchone()
    return {"articles": articles, "doubles": doubles}
