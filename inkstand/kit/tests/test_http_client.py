"""The client against servers on loopback that behave as the worst of the web does. One test, one misdeed."""

import asyncio
import gzip
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvloop
from aiohttp.abc import AbstractResolver
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from inkstand.kit.http import Client, FetchFailed, Hop
from inkstand.kit.http.address import refusal
from inkstand.kit.http.errors import (
    AddressRefused,
    BadRedirect,
    CertificateRefused,
    SchemeRefused,
    TooManyRedirects,
    Unreachable,
)
from inkstand.kit.tests.fetching import client_for, fetch
from inkstand.kit.tests.loopback import Asked, answer, redirect, serving


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
                with pytest.raises(error) as told:
                    await client.get(server.url())
            assert inside.connections == 0
            assert str(told.value).startswith(server.url()) and server.url() in told.value.for_log()

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


def test_an_unknown_name_is_told():
    class Nobody(Names):
        async def resolve(self, host, port=0, family=socket.AF_INET):
            raise OSError("no such name")

    async def run() -> None:
        async with Client(user_agent="t", resolver=Nobody()) as client:
            with pytest.raises(Unreachable, match=r"no address for the name “gone\.example”"):
                await client.get("http://gone.example/")

    asyncio.run(run())


def test_the_guard_holds_under_uvloop_too():
    async def run() -> None:
        async with (
            serving(answer(b"SECRET")) as inside,
            Client(user_agent="t", resolver=Names(["127.0.0.1"])) as client,
        ):
            for url in (f"http://127.0.0.1:{inside.port}/", "http://inward.example/"):
                with pytest.raises(AddressRefused, match="this machine itself"):
                    await client.get(url)
            assert inside.connections == 0

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())


def test_a_certificate_that_proves_nothing_is_told(tmp_path):
    async def run() -> None:
        async with serving(answer(b"SECRET"), tls=self_signed(tmp_path)) as server, client_for(server) as client:
            with pytest.raises(CertificateRefused, match="self-signed"):
                await client.get(server.url().replace("http:", "https:"))
            assert server.asked == []

    asyncio.run(run())


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    certificate = made.sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "both.pem").write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


def test_every_failure_has_a_code_and_a_sentence():
    leaves = FetchFailed.__subclasses__()
    assert len({leaf.code for leaf in leaves}) == len(leaves) > 10
    for leaf in leaves:
        assert leaf.code.startswith("fetch-") and leaf.message.startswith("{url}") and leaf.message.endswith(".")
