import asyncio
import time

import pytest

from inkstand.kit.http.turns import Turns
from inkstand.kit.http.values import Manners


async def ride(turns: Turns, host: str | None, log: list[tuple[str | None, str, float]], for_s: float = 0.01) -> None:
    loop = asyncio.get_running_loop()
    async with turns.turn(host):
        log.append((host, "in", loop.time()))
        await asyncio.sleep(for_s)
        log.append((host, "out", loop.time()))


def rides(manners: Manners, *hosts: str | None) -> list[tuple[str | None, str, float]]:
    log: list[tuple[str | None, str, float]] = []

    async def run() -> None:
        turns = Turns(manners)
        await asyncio.gather(*(ride(turns, host, log) for host in hosts))

    asyncio.run(run())
    return log


def most_at_once(log, host: str | None = None) -> int:
    most = now = 0
    for whose, way, _ in log:
        if host in (None, whose):
            now += 1 if way == "in" else -1
            most = max(most, now)
    return most


def test_so_many_at_once_and_few_for_one_host():
    log = rides(Manners(at_once=5, per_host=2, interval_s=0), *"aaaaaabbbbbbcccccc")
    assert len(log) == 36 and most_at_once(log) == 5
    assert {most_at_once(log, host) for host in "abc"} == {2}


def test_a_pause_between_two_for_one_host():
    begun = time.monotonic()
    log = rides(Manners(interval_s=0.05), *"aaaa")
    starts = [at - begun for _, way, at in log if way == "in"]
    assert len(starts) == 4 and all(at > 0.05 * number - 0.005 for number, at in enumerate(starts))


def test_a_busy_host_holds_up_no_other():
    log = rides(Manners(at_once=2, per_host=1, interval_s=0.05), *"aaaa", "b")
    assert [host for host, way, _ in log if way == "in"].index("b") == 1


def test_an_allowed_host_waits_only_for_room():
    log = rides(Manners(at_once=3, per_host=1, interval_s=60), *[None] * 9)
    assert len(log) == 18 and most_at_once(log) == 3


def test_who_gives_up_gives_the_turn_back():
    async def run() -> None:
        turns = Turns(Manners(at_once=1, per_host=1, interval_s=0))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await ride(turns, "a", [], for_s=5)
        async with asyncio.timeout(1):
            await ride(turns, "a", [])

    asyncio.run(run())


def test_hosts_are_forgotten():
    async def run() -> None:
        turns = Turns(Manners(interval_s=0))
        for number in range(5_000):
            await ride(turns, f"h{number}", [], for_s=0)
        assert len(turns._lanes) < 1_500

    asyncio.run(run())
