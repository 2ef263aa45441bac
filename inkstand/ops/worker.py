"""The worker: asks due feeds, and does the jobs that wait in PostgreSQL, until told to stop.

When the database goes away both wait for it and go on; what was leased is leased again when its lease runs out.
"""

import asyncio
import logging
import signal

import uvloop
from django.db import InterfaceError, OperationalError, close_old_connections
from procrastinate.contrib.django import app as jobs

from inkstand.kit import clock
from inkstand.ops.say import say
from inkstand.wire.poll import Poller

RETRY_S = 2
_LOST = (OperationalError, InterfaceError)


def work() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    uvloop.run(_work())


async def _work() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    tasks = [asyncio.create_task(_keep(part, stop)) for part in (_polling, _jobs)]
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _keep(part, stop: asyncio.Event) -> None:  # type: ignore[no-untyped-def]
    while not stop.is_set():
        try:
            await part()
        except _LOST as error:
            say(f"worker       the database is away ({str(error).strip().splitlines()[0]}); trying again")
            await asyncio.to_thread(close_old_connections)
            await asyncio.sleep(RETRY_S)


async def _polling() -> None:
    async with Poller(clock.now) as poller:
        await poller.forever()


async def _jobs() -> None:
    worker = jobs.with_connector(jobs.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker.open_async():
        await worker.run_worker_async(install_signal_handlers=False, concurrency=2)


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
