"""What a site's robots.txt lets us fetch (RFC 9309), remembered for a day."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego
from yarl import URL

from inkstand.kit.http import Client, FetchFailed, Limits, Response
from inkstand.kit.http.errors import TooManyRedirects

GOOD_FOR = timedelta(days=1)
# A site that cannot say what it wants is left alone, and asked again sooner.
REFUSED_FOR = timedelta(hours=1)
_LIMITS = Limits(received=1 << 20, unpacked=1 << 20, total_s=15.0)
_MOST_SITES = 1_000


@dataclass(frozen=True, slots=True)
class Rules:
    """One site's rules. `text` None: everything is refused, for want of an answer."""

    text: str | None
    until: datetime
    parsed: Protego

    def may_fetch(self, user_agent: str, url: str) -> bool:
        return self.text is not None and bool(self.parsed.can_fetch(url, product(user_agent)))


def may_fetch(text: str | None, user_agent: str, url: str) -> bool:
    """Whether a robots.txt with this text lets us fetch the address; None, no such file, lets us."""
    return text is None or bool(Protego.parse(text).can_fetch(url, product(user_agent)))


def crawl_delay_s(text: str, user_agent: str) -> float:
    """The pause in seconds that it wants between two fetches, 0 where unsaid."""
    return float(Protego.parse(text).crawl_delay(product(user_agent)) or 0.0)


def product(user_agent: str) -> str:
    """The name that sites write rules for: “Inkstand” of “Inkstand/1.0 (+https://…)”."""
    return user_agent.split("/")[0].split("(")[0].strip()


def rules_from(answer: Response | FetchFailed, now: datetime) -> Rules:
    """What an answer to /robots.txt means: no file, no rules; no answer, no fetching until later."""
    if isinstance(answer, TooManyRedirects):
        return _rules("", now + GOOD_FOR)
    if isinstance(answer, FetchFailed) or answer.status >= 500 or answer.status == 429:
        return _rules(None, now + REFUSED_FOR)
    text = answer.body.decode("utf-8", "replace") if 200 <= answer.status < 300 else ""
    return _rules(text, now + GOOD_FOR)


def _rules(text: str | None, until: datetime) -> Rules:
    return Rules(text, until, Protego.parse(text or ""))


class Robots:
    """Asks each site for its rules once a day, however many pages are wanted at the same time."""

    def __init__(self, client: Client, user_agent: str) -> None:
        self._client, self._user_agent = client, user_agent
        self._sites: OrderedDict[str, asyncio.Task[Rules]] = OrderedDict()

    async def may_fetch(self, url: str, now: datetime) -> bool:
        return (await self._rules_of(url, now)).may_fetch(self._user_agent, url)

    async def crawl_delay_s(self, url: str, now: datetime) -> float:
        """Seconds, 0 where unsaid."""
        return float((await self._rules_of(url, now)).parsed.crawl_delay(product(self._user_agent)) or 0.0)

    async def _rules_of(self, url: str, now: datetime) -> Rules:
        site = str(URL(url).origin())
        known = self._sites.get(site)
        if known is None or (known.done() and known.result().until <= now):
            known = self._sites[site] = asyncio.create_task(self._ask(site, now))
        self._sites.move_to_end(site)
        if len(self._sites) > _MOST_SITES:
            self._sites.popitem(last=False)
        # One who gives up waiting must not take the answer from the others.
        return await asyncio.shield(known)

    async def _ask(self, site: str, now: datetime) -> Rules:
        try:
            return rules_from(await self._client.get(f"{site}/robots.txt", limits=_LIMITS), now)
        except FetchFailed as failed:
            return rules_from(failed, now)
