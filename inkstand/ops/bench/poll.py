"""`inkstand bench poll`: what 1,000 feeds of 20 items cost: asked first, unchanged, with one new item each.

CPU seconds of this process and of every process of the embedded PostgreSQL, from /proc. Placing articles into
stories is a job of its own and is measured by `inkstand bench stories`; here its queue is filled but not worked off.
Reading them into the index of search is a job of its own too, and is measured by itself, after the rounds.
The feeds come from the replay in ../shared/tools on loopback, in a process of its own that is not counted.
"""

import os
import tempfile
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
    figures: dict[str, object] = {}
    with ExitStack() as stack:
        cpu, _ = paper_beside_replay(stack, FEEDS)
        for name in ROUNDS:
            replay.get(f"/clock?mode={'b' if name == 'one_new' else 'a'}")
            _everything_due()
            figures |= (found := a_round(name, cpu))
            say(f"{name}: {found[f'{name}_cpu_s']} CPU s")
        figures["peak_mb"] = cpu.peak_mb()
        figures |= (read := _read_in(cpu))
        say(f"read into the index of search: {read['search_cpu_s']} CPU s")
        return figures | _stored() | {"search_peak_mb": cpu.peak_mb()}


def paper_beside_replay(stack: ExitStack, feeds: int) -> tuple[Cpu, list[int]]:
    """A fresh paper that has subscribed to so many feeds of a replay on loopback; both end with `stack`."""
    home = stack.enter_context(tempfile.TemporaryDirectory(prefix="inkstand-bench-"))
    os.environ.update(INKSTAND_HOME=home, INKSTAND_ALLOW_HOSTS=f"127.0.0.1:{replay.PORT}")
    os.environ.pop("DATABASE_URL", None)
    stack.enter_context(replay.running("2021-09-20T06:00", 0, "--bulk", str(feeds)))
    from inkstand.ops import lifeline

    server = stack.enter_context(lifeline.ready())
    assert server, "the bench runs on the embedded database"
    from inkstand.kit import clock
    from inkstand.titles.enter import Address, Entry
    from inkstand.wire.subscribe import subscribe

    bulk = f"http://127.0.0.1:{replay.PORT}/bulk"
    entries = [Entry(f"Bulk {n}", (Address(f"{bulk}/{n}.xml"),)) for n in range(feeds)]
    return Cpu(server), [feed.pk for feed in subscribe(entries, now=clock.now())]


def a_round(name: str, cpu: Cpu) -> dict[str, object]:
    """Every due feed once."""
    tally, cost = cpu.cost(lambda: uvloop.run(poll_due()))
    rest = {f"{name}_wall_s": round(cost.wall, 2), f"{name}_new": tally.new, f"{name}_failed": tally.failed}
    return cost.figures(name) | rest


def _read_in(cpu: Cpu) -> dict[str, object]:
    """What it costs to let all that came in be found: after the rounds, so that it is in none of them."""
    from inkstand.kit import clock
    from inkstand.search import fill

    articles, cost = cpu.cost(lambda: fill.catch_up(now=clock.now()))
    return cost.figures("search") | {"search_articles_s": round(articles / cost.wall)}


def _everything_due() -> None:
    from inkstand.kit import clock
    from inkstand.wire import leases

    leases.all_due(now=clock.now())


async def poll_due() -> "Tally":
    from inkstand.kit import clock
    from inkstand.wire.poll import Poller

    async with Poller(clock.now) as poller:
        return await poller.once()


def _stored() -> dict[str, object]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) - count(DISTINCT (feed_id, feed_item_id)) FROM articles_article")
        articles, doubles = cursor.fetchone()
    return {"articles": articles, "doubles": doubles}
