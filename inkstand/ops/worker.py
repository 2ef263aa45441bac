"""The worker: asks due feeds, and does the jobs that wait in PostgreSQL, until told to stop.

When the database goes away both wait for it and go on; what was leased is leased again when its lease runs out.
"""

import asyncio
import logging
import resource
import signal
from collections.abc import Awaitable, Callable

import uvloop
from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import ConnectorException

from inkstand.kit import clock
from inkstand.ops.demo import load
from inkstand.ops.say import say
from inkstand.wire.poll import Poller

RETRY_S = 2
DEMO_S = 5
# A worker tells that it lives every ten seconds.
STALLED_S = 30
_LOST = (OperationalError, InterfaceError, ConnectorException)


def work() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # One file a connection: two hundred feeds at once, and the pictures and pages of their articles.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    uvloop.run(_work())


async def _work() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    tasks = {asyncio.create_task(_keep(part, stop)) for part in (_polling, _jobs, _stalled_jobs, _demo_edition)}
    stopped = asyncio.create_task(stop.wait())
    # A part that fails in a way we did not foresee ends the worker: whoever supervises it starts it afresh.
    done, left = await asyncio.wait({stopped, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    for task in done - {stopped}:
        task.result()


async def _keep(part: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await part()
        except _LOST as error:
            say(f"worker       the database is away ({type(error).__name__}); trying again")
            await asyncio.to_thread(close_old_connections)
            await asyncio.sleep(RETRY_S)


async def _polling() -> None:
    async with Poller(clock.now) as poller:
        await poller.forever()


async def _demo_edition() -> None:
    """Where no publisher can be reached, the demo edition stands in, until the first real article is in."""
    while True:
        await asyncio.to_thread(_stand_in)
        await asyncio.sleep(DEMO_S)


def _stand_in() -> None:
    if load.is_wanted():
        load.load(now=clock.now())
    elif load.is_over():
        load.unload()


async def _jobs() -> None:
    worker = jobs.with_connector(jobs.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker.open_async():
        await worker.run_worker_async(install_signal_handlers=False, concurrency=2)


async def _stalled_jobs() -> None:
    """What a worker was doing when it was killed is done again: every job of ours may be done twice."""
    worker = jobs.with_connector(jobs.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker.open_async():
        while True:
            for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
                await worker.job_manager.retry_job(job)
            await asyncio.sleep(STALLED_S / 3)


def poll_once(*, every_feed: bool) -> None:
    """Every due feed once (or every feed), then whatever jobs that made."""
    uvloop.run(_poll_once(every_feed))


async def _poll_once(every_feed: bool) -> None:
    async with Poller(clock.now) as poller:
        if every_feed:
            await poller.make_all_due()
        tally = await poller.once()
    say(
        f"{tally.asked} feeds asked: {tally.unchanged} unchanged, {tally.failed} failed; "
        f"{tally.new} new articles, {tally.changed} changed"
    )
    worker = jobs.with_connector(jobs.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker.open_async():
        await worker.run_worker_async(wait=False, install_signal_handlers=False, concurrency=1)
