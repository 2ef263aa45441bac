"""Bodies without end, bombs, and servers that take their time: each stops at its cap, and says so."""

import asyncio
import gzip
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inkstand.kit.http import FetchFailed, Limits, Manners
from inkstand.kit.http.errors import (
    BadAnswer,
    BadEncoding,
    Stalled,
    TooLarge,
    TooLargeUnpacked,
    TooSlow,
    Unreachable,
)
from inkstand.kit.http.values import MEBI
from inkstand.kit.tests.fetching import client_for, fetch
from inkstand.kit.tests.loopback import Asked, answer, redirect, serving

CRLF = "\r\n"
ODD_HEADERS = """
Content-Length: 0\nContent-Length: 5\nContent-Length: -1\nContent-Length: 99999999999999999999
Transfer-Encoding: chunked\nContent-Encoding: gzip\nContent-Encoding: br, zstd\nLocation: /feed\nLocation: http://[::1
Location: http://\xff\xfe/\nLocation: //a:b@c:99999/\nLocation: http:///\nLocation: http://xn--/\nETag: \xff\xfe
Set-Cookie: \x7f=;;=\nConnection: upgrade\nUpgrade: websocket\nContent-Type: text/html; charset=nope\nno colon
""".strip().splitlines()
HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


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
    assert fetch(answer(b"x", Content_Security_Policy="y" * 20_000)).status == 200
    with pytest.raises(BadAnswer, match="headers are too large"):
        fetch(answer(b"x", X_Long="y" * 50_000))
    with pytest.raises(BadAnswer):
        fetch(answer(b"x", **{f"X_{n}": "y" for n in range(1_000)}))


def test_an_answer_that_is_not_http_is_told():
    with pytest.raises(BadAnswer, match="not HTTP"):
        fetch(b"220 mail.example ESMTP\r\n\r\n")


@settings(max_examples=60)
@given(st.data())
def test_whatever_a_server_sends_is_an_answer_or_a_failure(data):
    lines = data.draw(st.lists(st.sampled_from(ODD_HEADERS), max_size=4))
    status = data.draw(st.sampled_from(["200 OK", "302 Found", "304 x", "101 x", "999", "abc", ""]))
    sent = f"HTTP/1.1 {status}\r\n{''.join(line + CRLF for line in lines)}\r\n".encode("latin-1")
    cut = data.draw(st.integers(0, len(sent)))
    sent = sent[:cut] + data.draw(st.binary(max_size=5)) + sent[cut:]

    async def give(asked: Asked) -> None:
        asked.writer.write(sent)

    try:
        found = fetch(give, Limits(total_s=1, stall_s=0.2, redirects=2))
    except FetchFailed as failed:
        assert str(failed).encode().startswith(b"http://127.0.0.1:")
    else:
        assert all(value.encode() is not None for value in found.headers.values())


def test_an_answer_that_breaks_off_is_told():
    async def broken(asked: Asked) -> None:
        asked.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")

    with pytest.raises(BadAnswer, match="broke off"):
        fetch(broken)


def test_a_packing_that_lies_is_told():
    with pytest.raises(BadEncoding, match="gzip"):
        fetch(answer(b"<rss/>", Content_Encoding="gzip"))


def test_headers_that_come_twice_are_joined():
    sent = answer(gzip.compress(b"<rss/>"), Content_Encoding="identity", Link="<a>; rel=hub")
    found = fetch(sent.replace(b"\r\n\r\n", b"\r\nlink: <b>; rel=self\r\nCONTENT-ENCODING: gzip\r\n\r\n", 1))
    assert found.headers["LINK"] == "<a>; rel=hub, <b>; rel=self" and found.body == b"<rss/>"


@pytest.mark.parametrize(("sent", "kept"), [("\x0b", ""), ("\x1b", ""), ("\x7f", ""), ("\t", "\t"), ("\xff", "ÿ")])
def test_a_header_that_came_can_be_sent_back(sent, kept):
    async def twice() -> str:
        async with serving(answer(b"x", ETag=f'"o{sent}k"')) as server, client_for(server) as client:
            said = (await client.get(server.url())).headers["ETag"]
            await client.get(server.url(), headers={"If-None-Match": said})
            return server.asked[1].headers["if-none-match"]

    assert asyncio.run(twice()).encode("latin-1").decode() == f'"o{kept}k"'


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
