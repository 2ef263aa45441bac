"""The replay's streamed attacks, all at once and a good feed among them, by the client as an operator sets it up."""

import asyncio
import json
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from inkstand.kit.http import Client, FetchFailed, Limits, parse_allow
from inkstand.ops.bench.shared import NO_SHARED, shared_dir

pytestmark = pytest.mark.shared
LIMITS = Limits(total_s=2, stall_s=1)
ENDS = {
    "gzip-bomb": "fetch-too-large-unpacked",
    "endless": "fetch-too-large",
    "slow": "fetch-too-slow",
    "hang": "fetch-stalled",
    "loop": "fetch-too-many-redirects",
    "to-private": "fetch-address-refused",
    "to-private-v6": "fetch-address-refused",
    "to-private-decimal": "fetch-address-refused",
    "to-metadata": "fetch-address-refused",
    "to-file": "fetch-scheme-refused",
    "xss": "200",
}


@pytest.fixture(scope="module")
def replay() -> Iterator[str]:
    """host:port of a replay that runs while the tests do."""
    shared = shared_dir()
    if shared is None or not (shared / "tools" / "replay.py").exists():
        pytest.skip(NO_SHARED)
    port = free_pair()
    command = [sys.executable, shared / "tools" / "replay.py", "--port", str(port), "--bulk", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def free_pair() -> int:
    """A port that is free, and so is the next: the replay's private listener stands there."""
    for port in range(21_800, 22_800, 2):
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no two free ports")


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the replay did not start")


def test_every_attack_ends_as_it_should_and_reaches_nobody(replay):
    async def end_of(client: Client, name: str) -> str:
        try:
            return str((await client.get(f"http://{replay}/hostile/{name}")).status)
        except FetchFailed as failed:
            assert str(failed).endswith(".") and "{" not in str(failed)
            return failed.code

    async def run() -> tuple[dict[str, str], int]:
        async with Client(user_agent="Inkstand", allow=parse_allow(replay), limits=LIMITS) as client:
            ends = await asyncio.gather(*(end_of(client, name) for name in ENDS))
            stats = await client.get(f"http://{replay}/stats")
            return dict(zip(ENDS, ends, strict=True)), json.loads(stats.body)["private_hits"]

    tracemalloc.start()
    ends, private_hits = asyncio.run(run())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ends == ENDS
    assert private_hits == 0
    assert peak < 60_000_000
