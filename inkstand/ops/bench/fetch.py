"""What the guard and the caps cost: CPU of the guarded client against bare aiohttp, in the same run.

A server in another process answers over kept connections: 304 to all, or a feed of 70 kB packed by gzip. The two
clients take turns; figures are medians, in milliseconds of this process's CPU a request. `guarded_floor_ms` is
aiohttp with its own extras off (cookies, proxies, unpacking), which is what ours is built on.
"""

import asyncio
import gzip
import multiprocessing
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import uvloop

from inkstand.kit.http import Client, Manners, parse_allow

REQUESTS, AT_ONCE, ROUNDS = 2_000, 100, 7
_CONDITIONS = {"If-None-Match": '"1"', "If-Modified-Since": "Mon, 20 Sep 2021 00:00:00 GMT"}
_FEED = gzip.compress(b"<item><title>one</title><description>%s</description></item>" % (b"news " * 600) * 23, 1)
_HEADERS = b'ETag: "1"\r\nLast-Modified: Mon, 20 Sep 2021 00:00:00 GMT\r\nContent-Type: application/rss+xml\r\n'
_ANSWERS = {
    b"unchanged": b"HTTP/1.1 304 Not Modified\r\n" + _HEADERS + b"\r\n",
    b"changed": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n" % len(_FEED)
    + _HEADERS
    + b"\r\n"
    + _FEED,
}
Ask = Callable[[str], Awaitable[object]]


class _Answering(asyncio.Protocol):
    """A server as cheap as Python allows, so that it does not starve what is measured."""

    def connection_made(self, transport: Any) -> None:
        self._transport, self._read = transport, b""

    def data_received(self, data: bytes) -> None:
        *whole, self._read = (self._read + data).split(b"\r\n\r\n")
        for head in whole:
            self._transport.write(_ANSWERS[head.split(b" ", 2)[1].strip(b"/").split(b"/")[0]])


def _serve(parent: Connection) -> None:
    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(_Answering, "127.0.0.1", 0, backlog=1_000)
        parent.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(forever())


def run(data: Path, say: Callable[[str], None]) -> dict[str, object]:
    """Needs no data."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    server.start()
    try:
        return uvloop.run(_measure(here.recv(), say))
    finally:
        server.terminate()
        server.join()


async def _measure(port: int, say: Callable[[str], None]) -> dict[str, object]:
    pair = f"127.0.0.1:{port}"
    manners = Manners(at_once=AT_ONCE)
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as bare,
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=AT_ONCE),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(),
        ) as floor,
        Client(user_agent="Inkstand bench", allow=parse_allow(pair), manners=manners) as client,
    ):
        asks = {"aiohttp": _bare(bare), "floor": _bare(floor), "guarded": _guarded(client)}
        return {f"{kind}_ms": await _compare(asks, f"http://{pair}/{kind}/", say) for kind in ("unchanged", "changed")}


def _bare(session: aiohttp.ClientSession) -> Ask:
    async def ask(url: str) -> None:
        async with session.get(url, headers=_CONDITIONS) as answer:
            await answer.read()

    return ask


def _guarded(client: Client) -> Ask:
    return lambda url: client.get(url, headers=_CONDITIONS)


async def _compare(asks: dict[str, Ask], url: str, say: Callable[[str], None]) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in asks}
    for turn in range(ROUNDS + 1):
        for name, ask in asks.items():
            cost = await _cost(ask, url)
            # The first turn opens the connections.
            if turn:
                spent[name].append(cost)
    found = {name: median(costs) for name, costs in spent.items()}
    say(f"{url}: {found}")
    return found


async def _cost(ask: Ask, url: str) -> float:
    numbers = iter(range(REQUESTS))

    async def work() -> None:
        for number in numbers:
            await ask(f"{url}{number}")

    begun = time.process_time()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return (time.process_time() - begun) / REQUESTS * 1_000
