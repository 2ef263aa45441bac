"""The one way out to machines that we do not own. Decision 0004 says why aiohttp, and what the guard adds."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from time import perf_counter
from types import TracebackType
from typing import Self, TypeAlias
from urllib.parse import urlencode

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDict, CIMultiDictProxy

from inkstand.kit.http.address import refusal as standard_refusal
from inkstand.kit.http.connect import guarded_sockets
from inkstand.kit.http.errors import FetchFailed, TooManyRedirects, TooSlow
from inkstand.kit.http.failure import failure
from inkstand.kit.http.intake import Intake
from inkstand.kit.http.redirect import Request, next_request
from inkstand.kit.http.target import Allow, Refusal, is_allowed, read_url, shown, vet
from inkstand.kit.http.turns import Turns
from inkstand.kit.http.unpack import ACCEPTED
from inkstand.kit.http.values import MEBI, Hop, Limits, Manners, Response

# From this size on, in bytes, a body waits to be one of the few large ones.
_LARGE = 1 * MEBI
# Status, headers, body, and the seconds it took.
_Answer: TypeAlias = tuple[int, Mapping[str, str], bytes, float]
_LIMITS, _MANNERS = Limits(), Manners()
# Bytes of one header, of which there may be 128: some news sites send content policies of 12 kB.
_LONGEST_HEADER = 32_768
# Long enough for the next feed of the same host. Feeds come back after minutes, and idle sockets are not endless.
_KEEP_S = 2.0
_CONTROLS = dict.fromkeys((*range(9), *range(10, 32), 127))
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Client:
    """Fetches from anywhere that is public, and from the host:port pairs in `allow`; from nowhere else.

    Keeps no cookies, reads no proxy, password or certificate setting from the environment. One for a process: it
    holds the connections and knows which host was asked when. Every method raises leaves of FetchFailed only.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allow: Allow = frozenset(),
        limits: Limits = _LIMITS,
        manners: Manners = _MANNERS,
        resolver: AbstractResolver | None = None,
        refusal: Refusal = standard_refusal,
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": ACCEPTED}
        self._allow, self._limits, self._refusal, self._resolver = allow, limits, refusal, resolver
        self._timeout = _timeout(limits)
        self._turns = Turns(manners)
        self._large = asyncio.Semaphore(manners.large)

    async def __aenter__(self) -> Self:
        self._guarded = self._session(
            aiohttp.TCPConnector(
                limit=0,
                keepalive_timeout=_KEEP_S,
                resolver=self._resolver,
                socket_factory=guarded_sockets(self._refusal),
            )
        )
        # Allowed pairs have a pool of their own, so that no other name can borrow their leave.
        self._allowed = self._session(aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._guarded.close()
        await self._allowed.close()

    def _session(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            max_field_size=_LONGEST_HEADER,
            timeout=self._timeout,
        )

    async def get(
        self, url: str, *, headers: Mapping[str, str] | None = None, limits: Limits | None = None
    ) -> Response:
        """Follows redirects, each as strictly guarded as the first. Any status is an answer, 304 and 500 too."""
        return await self._fetch(Request("GET", read_url(url), headers or {}), limits or self._limits)

    async def post(
        self,
        url: str,
        *,
        data: Mapping[str, str] | bytes,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> Response:
        """Sends bytes, or a form. Only a redirect that keeps the method (307, 308) is followed."""
        if not isinstance(data, bytes):
            data, headers = urlencode(data).encode(), {**_FORM, **(headers or {})}
        return await self._fetch(Request("POST", read_url(url), headers or {}, data), limits or self._limits)

    async def _fetch(self, request: Request, limits: Limits) -> Response:
        try:
            return await self._follow(request, limits)
        except FetchFailed as failed:
            failed.asked_at(shown(request.url))
            raise

    async def _follow(self, request: Request, limits: Limits) -> Response:
        hops: list[Hop] = []
        first, spent_s = request.url, 0.0
        while True:
            status, headers, body, took_s = await self._ask(request, limits, limits.total_s - spent_s)
            spent_s += took_s
            following = next_request(request, status, headers.get("Location"))
            if following is None:
                return Response(status, shown(request.url), headers, body, tuple(hops), spent_s)
            hops.append(Hop(status, str(following.url)))
            # Without cookies, an address that sends us to itself will do so for ever.
            if len(hops) > limits.redirects or following.url == request.url:
                raise TooManyRedirects(url=shown(first), count=len(hops))
            request = following

    async def _ask(self, request: Request, limits: Limits, left_s: float) -> _Answer:
        """One request, one answer. The clock starts when its turn comes."""
        url = request.url
        allowed = is_allowed(url, self._allow)
        if not allowed:
            vet(url, self._refusal)
        async with self._turns.turn(None if allowed else url.raw_host):
            started = perf_counter()
            try:
                async with asyncio.timeout(left_s) as clock:
                    session = self._allowed if allowed else self._guarded
                    status, headers, body = await self._exchange(session, request, limits, clock)
            except aiohttp.ClientError as error:
                raise failure(error, shown(url), limits) from error
            except TimeoutError as error:
                raise TooSlow(url=shown(url), limit_s=limits.total_s) from error
            return status, headers, body, perf_counter() - started

    async def _exchange(
        self, session: aiohttp.ClientSession, request: Request, limits: Limits, clock: asyncio.Timeout
    ) -> tuple[int, Mapping[str, str], bytes]:
        async with session.request(
            request.method,
            request.url,
            headers=request.headers,
            data=request.data,
            allow_redirects=False,
            timeout=self._timeout if limits is self._limits else _timeout(limits),
        ) as answer:
            headers = _clean(answer.headers)
            if answer.content.at_eof():
                return answer.status, headers, b""
            intake = Intake(shown(request.url), headers.get("Content-Encoding", ""), limits)
            await self._read(answer.content, intake, clock)
            return answer.status, headers, intake.body()

    async def _read(self, content: aiohttp.StreamReader, intake: Intake, clock: asyncio.Timeout) -> None:
        async with aclosing(_steps(content, intake)) as steps:
            async for _ in steps:
                if intake.size > _LARGE:
                    break
            else:
                return
            async with self._room(clock):
                async for _ in steps:
                    pass

    @asynccontextmanager
    async def _room(self, clock: asyncio.Timeout) -> AsyncIterator[None]:
        """Waits to be one of the few large bodies; waiting is not the publisher's fault, so the clock stands still."""
        loop = asyncio.get_running_loop()
        left_s = (clock.when() or 0.0) - loop.time()
        clock.reschedule(None)
        async with self._large:
            clock.reschedule(loop.time() + left_s)
            yield


async def _steps(content: aiohttp.StreamReader, intake: Intake) -> AsyncGenerator[None, None]:
    async for chunk in content.iter_any():
        for _ in intake.take(chunk):
            yield


def _timeout(limits: Limits) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=limits.connect_s, sock_read=limits.stall_s)


def _clean(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Headers that can be stored and sent, each name once as RFC 9110 lets one join them.

    Bytes beyond ASCII come as lone surrogates, and leave as Latin-1. Control characters are left out: an ETag that has
    one could not be sent back.
    """
    if len(headers) == len(set(headers)) and all(value.isascii() and value.isprintable() for value in headers.values()):
        return headers
    joined: CIMultiDict[str] = CIMultiDict()
    for name, value in headers.items():
        text = value.encode("utf-8", "surrogateescape").decode("latin-1").translate(_CONTROLS)
        joined[name] = f"{joined[name]}, {text}" if name in joined else text
    return CIMultiDictProxy(joined)
