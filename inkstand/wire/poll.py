"""Asks every feed that is due, for as long as it is told to.

Fetching runs on the event loop, many feeds at once; what has come in is settled in batches in a thread of its own,
so that a slow publisher holds up nobody and one transaction serves many feeds.
"""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from inkstand.kit.clock import Clock, speed
from inkstand.wire import leases
from inkstand.wire.ask import Asked, ask
from inkstand.wire.outside import AT_ONCE, client
from inkstand.wire.settle import Tally, settle

IDLE_S = 1.0
# Once an answer is in, wait this long for others, so that they share a transaction.
GATHER_S = 0.05

Result = TypeVar("Result")


class Poller:
    """`async with Poller(clock) as poller: await poller.forever()`, or `.once()` for what is due now."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._name = socket.gethostname()[:100]
        self._client = client()
        # Django keeps a database connection a thread: all our statements run in this one.
        self._database = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wire")
        self._asking: set[asyncio.Task[Asked]] = set()

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._asking:
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)
        await self._client.__aexit__(kind, error, trace)
        self._database.shutdown()

    async def forever(self) -> None:
        await self._in_database(lambda: leases.release(holder=self._name))
        while True:
            if not (await self._round()).asked and not self._asking:
                await asyncio.sleep(min(IDLE_S, max(IDLE_S / speed(), 0.1)))

    async def once(self) -> Tally:
        """Every feed that is due, once."""
        total = Tally()
        while True:
            total += (tally := await self._round())
            if not tally.asked and not self._asking:
                return total

    async def make_all_due(self) -> None:
        await self._in_database(lambda: leases.all_due(now=self._clock()))

    async def _round(self) -> Tally:
        """Fills up with due feeds, waits for some answers, settles them."""
        if (room := AT_ONCE - len(self._asking)) >= AT_ONCE // 4:
            for due in await self._in_database(lambda: leases.lease(room, holder=self._name, now=self._clock())):
                self._asking.add(asyncio.create_task(ask(self._client, due)))
        if not self._asking:
            return Tally()
        await asyncio.wait(self._asking, return_when=asyncio.FIRST_COMPLETED, timeout=IDLE_S)
        await asyncio.sleep(GATHER_S)
        done = {task for task in self._asking if task.done()}
        self._asking -= done
        if not done:
            return Tally()
        batch = [task.result() for task in done]
        return await self._in_database(lambda: settle(batch, now=self._clock()))

    async def _in_database(self, deed: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._database, deed)
