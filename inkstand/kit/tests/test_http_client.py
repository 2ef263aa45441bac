"""The client against servers on loopback that behave as the worst of the web does. One test, one misdeed."""

import asyncio
import gzip
import socket
import tracemalloc
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp.abc import AbstractResolver

from inkstand.kit.http import Client, FetchFailed, Hop, Limits, Manners, Response, parse_allow
from inkstand.kit.http.address import refusal
from inkstand.kit.http.errors import (
    AddressRefused,
    BadAnswer,
    BadEncoding,
    BadRedirect,
    SchemeRefused,
    Stalled,
    TooLarge,
    TooLargeUnpacked,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)
from inkstand.kit.http.values import MEBI
from inkstand.kit.tests.loopback import Asked, Loopback, answer, redirect, serving

LIMITS = Limits()
HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def client_for(*servers: Loopback, **options):
    pairs = ",".join(server.pair for server in servers)
    async with Client(user_agent="Inkstand", allow=parse_allow(pairs), **options) as client:
        yield client


def fetch(give: Callable[[Asked], Awaitable[bytes | None]] | bytes, limits: Limits = LIMITS, **options) -> Response:
    async def run() -> Response:
        async with serving(give) as server, client_for(server, limits=limits) as client:
            return await client.get(server.url("/feed"), **options)

    return asyncio.run(run())


def test_gives_status_headers_and_body():
    found = fetch(answer(b"<rss/>", ETag='"1"'))
    assert (found.status, found.body, found.headers["etag"], found.hops) == (200, b"<rss/>", '"1"', ())
    assert found.url.endswith("/feed") and 0 < found.took_s < 5


@pytest.mark.parametrize("status", ["304 Not Modified", "404 Not Found", "410 Gone", "503 Service Unavailable"])
def test_any_status_is_an_answer(status):
    assert fetch(answer(status=status)).status == int(status[:3])


def test_unpacks_what_comes_packed():
    assert fetch(answer(gzip.compress(b"<rss/>"), Content_Encoding="gzip")).body == b"<rss/>"


def test_says_who_asks_and_what_it_can_unpack():
    async def echo(asked: Asked) -> bytes:
        return answer("\n".join(f"{name}: {value}" for name, value in asked.headers.items()).encode())

    said = fetch(echo, headers={"If-None-Match": '"1"'}).body.decode()
    assert "user-agent: Inkstand\n" in said and "accept-encoding: gzip, deflate, br, zstd" in said
    assert 'if-none-match: "1"' in said


def test_keeps_no_cookies_and_reuses_its_connection():
    async def run() -> None:
        async with serving(answer(b"x", Set_Cookie="a=b; Path=/")) as server, client_for(server) as client:
            for _ in range(3):
                await client.get(server.url())
            assert server.connections == 1
            assert not any("cookie" in asked.headers for asked in server.asked)

    asyncio.run(run())


def test_reads_no_proxy_and_no_password_from_the_environment(monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ada password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    async def echo(asked: Asked) -> bytes:
        return answer(asked.headers.get("authorization", "none").encode())

    assert fetch(echo).body == b"none"


def test_posts_a_form():
    async def run() -> None:
        async with serving(answer(status="202 Accepted")) as server, client_for(server) as client:
            assert (await client.post(server.url("/hub"), data={"hub.mode": "subscribe"})).status == 202
            (asked,) = server.asked
            assert (asked.method, asked.body) == ("POST", b"hub.mode=subscribe")
            assert asked.headers["content-type"] == "application/x-www-form-urlencoded"

    asyncio.run(run())


# Redirects


def test_follows_redirects_and_remembers_each():
    async def give(asked: Asked) -> bytes:
        match asked.path:
            case "/feed":
                return redirect("/new?a=1#part", "301 Moved Permanently")
            case "/new?a=1":
                return redirect("here", "302 Found")
        return answer(b"arrived")

    found = fetch(give)
    assert found.body == b"arrived"
    assert [(hop.status, hop.url.partition("/new")[1] or hop.url[-5:]) for hop in found.hops] == [
        (301, "/new"),
        (302, "/here"),
    ]
    assert found.hops[-1] == Hop(302, found.url)


def test_a_loop_ends():
    async def around(asked: Asked) -> bytes:
        return redirect("/b" if asked.path != "/b" else "/a")

    with pytest.raises(TooManyRedirects):
        fetch(around)
    with pytest.raises(TooManyRedirects):
        fetch(redirect("/feed"))


@pytest.mark.parametrize(
    ("to", "error"),
    [
        ("http://127.0.0.1:{inside}/latest/meta-data/", AddressRefused),
        ("http://localhost:8080/", AddressRefused),
        ("http://[::1]:{inside}/", AddressRefused),
        ("http://[::ffff:127.0.0.1]:{inside}/", AddressRefused),
        ("http://2130706433:{inside}/", AddressRefused),
        ("http://0x7f.0.0.1:{inside}/", AddressRefused),
        ("http://0177.0.0.1:{inside}/", AddressRefused),
        ("http://127.1:{inside}/", AddressRefused),
        ("http://0.0.0.0:{inside}/", AddressRefused),
        ("http://169.254.169.254/latest/meta-data/", AddressRefused),
        ("file:///etc/passwd", SchemeRefused),
        ("gopher://127.0.0.1:{inside}/", SchemeRefused),
        ("http://[::1/", BadRedirect),
    ],
)
def test_a_redirect_inward_reaches_nobody(to, error):
    async def run() -> None:
        async with serving(answer(b"SECRET")) as inside, serving(redirect(to.format(inside=inside.port))) as server:
            async with client_for(server) as client:
                with pytest.raises(error):
                    await client.get(server.url())
            assert inside.connections == 0

    asyncio.run(run())


def test_a_password_stays_with_its_host():
    async def run() -> None:
        async with serving(answer(b"ok")) as other, serving(redirect(other.url())) as server:
            async with client_for(server, other) as client:
                headers = {"Authorization": "Bearer secret", "Cookie": "a=b", "If-None-Match": '"1"'}
                await client.get(server.url(), headers=headers)
                await client.get(server.url().replace("//", "//ada:secret@"))
            assert server.asked[0].headers["authorization"] == "Bearer secret"
            assert server.asked[1].headers["authorization"].startswith("Basic ")
            for asked in other.asked:
                assert not {"authorization", "cookie"} & set(asked.headers)
            assert other.asked[0].headers["if-none-match"] == '"1"'

    asyncio.run(run())


# The guard at the moment of connecting


class Names(AbstractResolver):
    """A resolver whose every answer is the next of a list."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = iter(answers)

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            {
                "hostname": host,
                "host": ip,
                "port": port,
                "family": socket.AF_INET6 if ":" in ip else socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
            for ip in next(self._answers)
        ]

    async def close(self) -> None:
        pass


def town_is_public(address: str) -> str | None:
    """The real rule, but that 127.0.0.2 plays a public address."""
    return None if address == "127.0.0.2" else refusal(address)


def test_a_name_that_moves_inward_is_stopped_when_connecting(monkeypatch):
    """DNS rebinding: one name, first public, then private. Both listeners stand on one port."""

    async def run() -> None:
        async with (
            serving(answer(b"public"), host="127.0.0.2") as public,
            serving(answer(b"SECRET"), host="127.0.0.1", port=public.port) as inside,
        ):
            monkeypatch.setattr("inkstand.kit.http.target.PORTS", {public.port})
            resolver = Names(["127.0.0.2"], ["127.0.0.1"], ["::1", "127.0.0.1"])
            url = f"http://rebinding.example:{public.port}/"
            for expected in (b"public", AddressRefused, AddressRefused):
                async with Client(user_agent="t", resolver=resolver, refusal=town_is_public) as client:
                    if isinstance(expected, bytes):
                        assert (await client.get(url)).body == expected
                        continue
                    with pytest.raises(expected, match="this machine itself"):
                        await client.get(url)
            assert inside.connections == 0

    asyncio.run(run())


def test_an_allowed_pair_lends_its_leave_to_no_other_name(monkeypatch):
    async def run() -> None:
        async with serving(answer(b"SECRET")) as inside:
            monkeypatch.setattr("inkstand.kit.http.target.PORTS", {inside.port})
            async with client_for(inside, resolver=Names(["127.0.0.1"])) as client:
                assert (await client.get(inside.url())).body == b"SECRET"
                with pytest.raises(AddressRefused):
                    await client.get(f"http://elsewhere.example:{inside.port}/")
            assert inside.connections == 1

    asyncio.run(run())


# Caps on bytes


def test_a_bomb_costs_little():
    bomb = gzip.compress(bytes(32 * MEBI), 9) * 100

    async def run() -> int:
        async with serving(answer(bomb, Content_Encoding="gzip")) as server, client_for(server) as client:
            tracemalloc.start()
            with pytest.raises(TooLargeUnpacked):
                await client.get(server.url())
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return peak

    assert asyncio.run(run()) < 24 * MEBI


async def endless(asked: Asked) -> None:
    asked.writer.write(HEAD)
    for _ in range(100_000):
        asked.writer.write(b"<item/>" * 4_000)
        await asked.writer.drain()


def test_an_endless_body_is_cut():
    with pytest.raises(TooLarge) as told:
        fetch(endless, Limits(received=MEBI))
    assert MEBI < told.value.facts["received"] < 2 * MEBI


def test_many_hostile_hosts_together_do_not_add_up():
    """Twelve bodies of 4 MiB at once, one large at a time: the memory of one, not of twelve."""

    async def run() -> int:
        large = Manners(large=1)
        async with serving(answer(bytes(4 * MEBI))) as server, client_for(server, manners=large) as client:
            tracemalloc.start()
            tasks = [client.get(server.url()) for _ in range(12)]
            sizes = [len((await task).body) for task in asyncio.as_completed(tasks)]
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert sizes == [4 * MEBI] * 12
            return peak

    assert asyncio.run(run()) < 40 * MEBI


def test_oversized_headers_are_refused():
    with pytest.raises(BadAnswer):
        fetch(answer(b"x", X_Long="y" * 20_000))
    with pytest.raises(BadAnswer):
        fetch(answer(b"x", **{f"X_{n}": "y" for n in range(1_000)}))


def test_an_answer_that_is_not_http_is_told():
    with pytest.raises(BadAnswer):
        fetch(b"220 mail.example ESMTP\r\n\r\n")


def test_an_answer_that_breaks_off_is_told():
    async def broken(asked: Asked) -> None:
        asked.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")

    with pytest.raises(BadAnswer, match="broke off"):
        fetch(broken)


def test_a_packing_that_lies_is_told():
    with pytest.raises(BadEncoding, match="gzip"):
        fetch(answer(b"<rss/>", Content_Encoding="gzip"))


def test_headers_come_fit_to_be_stored():
    found = fetch(answer(b"x", ETag='"caf\xe9"'))
    assert found.headers["ETAG"] == '"café"'


# Caps on time


async def dripping(asked: Asked) -> None:
    asked.writer.write(HEAD)
    for _ in range(600):
        asked.writer.write(b" ")
        await asked.writer.drain()
        await asyncio.sleep(0.02)


async def silent(asked: Asked) -> None:
    await asyncio.sleep(60)


async def silent_midway(asked: Asked) -> None:
    asked.writer.write(HEAD + b"<rss>")
    await asyncio.sleep(60)


def test_a_byte_at_a_time_ends_at_the_total():
    with pytest.raises(TooSlow):
        fetch(dripping, Limits(total_s=0.3, stall_s=0.2))


@pytest.mark.parametrize("give", [silent, silent_midway])
def test_silence_ends_at_the_stall(give):
    with pytest.raises(Stalled):
        fetch(give, Limits(total_s=5, stall_s=0.1))


def test_the_total_spans_redirects():
    async def around(asked: Asked) -> bytes:
        await asyncio.sleep(0.15)
        return redirect(f"{asked.path}x")

    with pytest.raises(TooSlow):
        fetch(around, Limits(total_s=0.4, redirects=50))


def test_nobody_there_is_told():
    async def run() -> None:
        async with serving(answer()) as server:
            pass
        async with client_for(server) as client:
            with pytest.raises(Unreachable, match="refused"):
                await client.get(server.url())

    asyncio.run(run())


def test_an_unknown_name_is_told():
    class Nobody(Names):
        async def resolve(self, host, port=0, family=socket.AF_INET):
            raise OSError("no such name")

    async def run() -> None:
        async with Client(user_agent="t", resolver=Nobody()) as client:
            with pytest.raises(Unreachable, match=r"no address for the name “gone\.example”"):
                await client.get("http://gone.example/")

    asyncio.run(run())


def test_the_failure_of_one_leaves_the_others_alone():
    async def give(asked: Asked) -> bytes | None:
        if asked.path == "/good":
            return answer(b"good")
        return await (silent if asked.path == "/silent" else endless)(asked)

    async def run() -> list[str]:
        limits = Limits(received=MEBI, total_s=2, stall_s=0.3)
        async with serving(give) as server, client_for(server, limits=limits) as client:
            paths = ["/silent", "/endless", "/good"] * 5
            found = await asyncio.gather(*(client.get(server.url(path)) for path in paths), return_exceptions=True)
            return [type(each).__name__ for each in found]

    assert asyncio.run(run()) == ["Stalled", "TooLarge", "Response"] * 5


def test_every_failure_has_a_code_and_a_sentence():
    leaves = FetchFailed.__subclasses__()
    assert len({leaf.code for leaf in leaves}) == len(leaves) > 10
    for leaf in leaves:
        assert leaf.code.startswith("fetch-") and leaf.message.startswith("{url}") and leaf.message.endswith(".")
