"""One fetch from one server on loopback, in one line of a test."""

import asyncio
from contextlib import asynccontextmanager

from inkstand.kit.http import Client, Limits, Response, parse_allow
from inkstand.kit.tests.loopback import Answer, Loopback, serving

LIMITS = Limits()


@asynccontextmanager
async def client_for(*servers: Loopback, **options):
    pairs = ",".join(server.pair for server in servers)
    async with Client(user_agent="Inkstand", allow=parse_allow(pairs), **options) as client:
        yield client


def fetch(give: Answer | bytes, limits: Limits = LIMITS, **options) -> Response:
    async def run() -> Response:
        async with serving(give) as server, client_for(server, limits=limits) as client:
            return await client.get(server.url("/feed"), **options)

    return asyncio.run(run())
