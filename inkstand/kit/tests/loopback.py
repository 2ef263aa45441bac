"""A small server on loopback that answers as badly as a test wants."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

OK = "200 OK"


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    writer: asyncio.StreamWriter


@dataclass
class Loopback:
    """`asked` is every request, `connections` how many were opened."""

    host: str
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0

    @property
    def pair(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.pair}{path}"


# Gives the whole answer, or writes its own to `asked.writer` and gives None.
Answer = Callable[[Asked], Awaitable[bytes | None]]


def answer(body: bytes = b"", status: str = OK, **headers: str) -> bytes:
    """A well-formed answer; header names with _ for -."""
    rows = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in rows.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(status=status, Location=to)


@asynccontextmanager
async def serving(
    give: Answer | bytes, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Loopback]:
    here = Loopback(host)
    tasks: set[asyncio.Task[None]] = set()

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        here.connections += 1
        task = asyncio.current_task()
        tasks.add(task)
        with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while not writer.is_closing():
                await _one(here, give, reader, writer)
        tasks.discard(task)
        writer.close()

    server = await asyncio.start_server(connection, host, port, ssl=tls)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        server.close()
        for task in [*tasks]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _one(
    here: Loopback, give: Answer | bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    first, *rows = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = first.split()
    headers = {name.lower(): value.strip() for name, _, value in (row.partition(":") for row in rows if row)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    here.asked.append(Asked(method, path, headers, body, writer))
    found = give if isinstance(give, bytes) else await give(here.asked[-1])
    if found is None:
        writer.close()
    else:
        writer.write(found)
    await writer.drain()
