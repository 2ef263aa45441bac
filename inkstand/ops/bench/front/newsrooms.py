"""Whom a title speaks for: the catalogue's facts, and the same facts of titles that it does not carry."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from inkstand.ranking.significance import STATE_WEIGHT
from inkstand.titles.catalogue import catalogue

# ISO 3166-1 alpha-2 -> hosts outside the catalogue; a star says that a state owns it and speaks through it.
_BESIDES = {
    "AU": "dailytelegraph smh.com.au smh",
    "BD": "daily-sun.com newagebd.net tbsnews.net thefinancialexpress.com.bd unb.com.bd en.prothomalo.com",
    "BA": "balkaninsight.com fellowship.balkaninsight.com",
    "CN": "*english.news.cn *news.cgtn.com *newsaf.cgtn.com *newseu.cgtn.com *newsus.cgtn.com",
    "FR": "euronews.com",
    "GB": "bbc bbc.com dailymail middleeastmonitor.com newstatesman.com spectator.com",
    "IN": "firstpost.com southasiamonitor.org",
    "NZ": "nzherald onenewsnz rnz rnzcovid19 stuffnz",
    "PH": "abscbnnews gmanews gmanewstv philstar",
    "QA": "aljazeeraenglish",
    "RU": "*english.pravda.ru *sputnikglobe.com",
    "US": (
        "abcnews.com ann apnews.com archive.is atlanticcouncil.org barrons.com cnn cnntv dailywire.com "
        "democracynow.org eurasiareview.com fox foxnewstv latimes nationalgeographic nytimes pa "
        "responsiblestatecraft.org theepochtimes.com thehill.com thenation.com theweek.com thewirechina.com wsj "
        "yahoo.com"
    ),
}

# In the news day: a newsroom's second feed -> its first. A title speaks once, however many feeds it has.
_SECOND = {"cnntv": "cnn", "foxnewstv": "fox", "gmanewstv": "gmanews", "rnzcovid19": "rnz"}
_ADDRESS = re.compile(r"https?://.+")


@dataclass(frozen=True, slots=True)
class Newsroom:
    """`country` is ISO 3166-1 alpha-2, "" where unknown; `weight` is what its voice weighs."""

    country: str = ""
    weight: float = 1.0


def newsroom(name: str) -> Newsroom:
    """`name` is a host, or a feed's name in the news day."""
    return _facts().get(name.removeprefix("www."), Newsroom())


def title_of(feed: str) -> str:
    """The title that a feed of the news day is of."""
    return _SECOND.get(feed, feed)


def host(link: str) -> str:
    """Whose article it is: an archive's or aggregator's link has the article's own address in its path."""
    there = urlsplit(link)
    wrapped = _ADDRESS.search(unquote(there.path))
    return (urlsplit(wrapped[0]).hostname if wrapped else there.hostname) or ""


@cache
def _facts() -> dict[str, Newsroom]:
    besides = {n.lstrip("*"): _newsroom(c, n.startswith("*")) for c, names in _BESIDES.items() for n in names.split()}
    listed = {_host(title.home): _newsroom(title.country, title.state) for title in catalogue()}
    return besides | listed


def _newsroom(country: str, state: bool) -> Newsroom:
    return Newsroom(country, STATE_WEIGHT if state else 1.0)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
