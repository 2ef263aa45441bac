import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from inkstand.kit.http import Client, Limits, parse_allow
from inkstand.kit.robots import Robots, crawl_delay_s, may_fetch, product
from inkstand.kit.tests.loopback import Asked, answer, redirect, serving

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
AGENT = "Inkstand/1.0 (+https://paper.example/)"
TEXT = """
User-agent: *
Disallow: /private/
Allow: /private/open$
Disallow: /*.pdf$

User-agent: inkstand
Crawl-delay: 2.5
Disallow: /members
"""


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("Other/2", "/private/a", False),
        ("Other/2", "/private/open", True),
        ("Other/2", "/a/b.pdf", False),
        ("Other/2", "/a/b.pdf?x", True),
        (AGENT, "/private/a", True),
        (AGENT, "/members/1", False),
        (AGENT, "/", True),
    ],
)
def test_rules_are_kept(agent, path, allowed):
    assert may_fetch(TEXT, agent, f"https://a.example{path}") is allowed


def test_no_file_no_rules():
    assert may_fetch(None, AGENT, "https://a.example/") and may_fetch("", AGENT, "https://a.example/")


def test_crawl_delay():
    assert crawl_delay_s(TEXT, AGENT) == 2.5
    assert crawl_delay_s("", AGENT) == crawl_delay_s("User-agent: *\nCrawl-delay: soon", AGENT) == 0


def test_the_product_is_the_name():
    assert product(AGENT) == "Inkstand" and product("Inkstand (x/y)") == "Inkstand"


def asked_of(give, *times: datetime, path: str = "/a", together: int = 1) -> tuple[list[bool], int]:
    """What a site that answers so lets us fetch at these times, and how often it was asked."""

    async def run() -> tuple[list[bool], int]:
        async with serving(give) as site, Client(user_agent=AGENT, allow=parse_allow(site.pair)) as client:
            robots = Robots(client, AGENT)
            found: list[bool] = []
            for now in times:
                found += await asyncio.gather(*(robots.may_fetch(site.url(path), now) for _ in range(together)))
            assert all(asked.path.endswith("/robots.txt") for asked in site.asked)
            return found, len(site.asked)

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("200 OK", False),
        ("404 Not Found", True),
        ("401 Unauthorized", True),
        ("410 Gone", True),
        ("429 Too Many Requests", False),
        ("500 Internal Server Error", False),
        ("503 Service Unavailable", False),
    ],
)
def test_what_an_answer_means(status, allowed):
    give = answer(b"User-agent: *\nDisallow: /", status)
    assert asked_of(give, NOW) == ([allowed], 1)


def test_asked_once_a_day_however_many_pages():
    give = answer(b"User-agent: *\nDisallow: /b")
    day = timedelta(days=1)
    assert asked_of(give, NOW, NOW + day / 2, NOW + day, together=20) == ([True] * 60, 2)


def test_a_site_in_trouble_is_asked_again_after_an_hour():
    state = {"answer": answer(status="503 Service Unavailable")}

    async def give(asked: Asked) -> bytes:
        found, state["answer"] = state["answer"], answer()
        return found

    hour = timedelta(hours=1)
    assert asked_of(give, NOW, NOW + hour / 2, NOW + hour) == ([False, False, True], 2)


def test_a_site_that_is_away_is_left_alone():
    async def hang_up(asked: Asked) -> None:
        return None

    assert asked_of(hang_up, NOW)[0] == [False]


def test_redirects_without_end_are_no_rules():
    async def around(asked: Asked) -> bytes:
        return redirect(f"/x{asked.path}")

    assert asked_of(around, NOW)[0] == [True]


def test_one_who_gives_up_leaves_the_answer_to_the_others():
    async def slow(asked: Asked) -> bytes:
        await asyncio.sleep(0.1)
        return answer(b"User-agent: *\nDisallow: /")

    async def run() -> None:
        async with serving(slow) as site, Client(user_agent=AGENT, allow=parse_allow(site.pair)) as client:
            robots = Robots(client, AGENT)
            first = asyncio.create_task(robots.may_fetch(site.url("/a"), NOW))
            second = asyncio.create_task(robots.may_fetch(site.url("/b"), NOW))
            await asyncio.sleep(0.02)
            first.cancel()
            assert await second is False and len(site.asked) == 1

    asyncio.run(run())


def test_limits_are_of_a_page_of_rules_not_of_a_page():
    give = answer(b"#" * (2 << 20))
    assert asked_of(give, NOW)[0] == [False]
    assert Limits().received > 2 << 20
