"""Whose turn it is: so many fetches at once, few for one host, and a pause between two for the same host."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from inkstand.kit.http.values import Manners

_SWEEP_FROM = 1_000


class _Lane:
    """One host's queue. `free_at` is when the next may start, `users` how many wait or run."""

    def __init__(self, width: int) -> None:
        self.gate = asyncio.Semaphore(width)
        self.free_at = 0.0
        self.users = 0


class Turns:
    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._all = asyncio.Semaphore(manners.at_once)
        self._lanes: dict[str, _Lane] = {}
        self._sweep_at = _SWEEP_FROM

    def turn(self, host: str | None) -> AbstractAsyncContextManager[None]:
        """Waits for a turn at the host; None waits only for room among all. Never taken twice by one fetch at once."""
        return self._all if host is None else self._in_lane(host)

    @asynccontextmanager
    async def _in_lane(self, host: str) -> AsyncIterator[None]:
        lane = self._lane(host)
        lane.users += 1
        try:
            # Room among all comes last, so that those who wait for a busy host hold up no other.
            async with lane.gate:
                await self._pause(lane)
                async with self._all:
                    yield
        finally:
            lane.users -= 1

    def _lane(self, host: str) -> _Lane:
        if host not in self._lanes:
            if len(self._lanes) >= self._sweep_at:
                self._sweep()
            self._lanes[host] = _Lane(self._manners.per_host)
        return self._lanes[host]

    def _sweep(self) -> None:
        now = asyncio.get_running_loop().time()
        self._lanes = {host: lane for host, lane in self._lanes.items() if lane.users or lane.free_at > now}
        self._sweep_at = max(_SWEEP_FROM, 2 * len(self._lanes))

    async def _pause(self, lane: _Lane) -> None:
        now = asyncio.get_running_loop().time()
        start = max(now, lane.free_at)
        lane.free_at = start + self._manners.interval_s
        if start > now:
            await asyncio.sleep(start - now)
