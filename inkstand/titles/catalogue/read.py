"""Reads the catalogue's TOML into values."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

# "public" is paid for by licence fee, tax or gift with independence guaranteed in its statutes; "state" is paid for or
# owned by a state without that guarantee, and is named as such to readers.
Funding = Literal["", "public", "state"]

REGIONS = ("africa", "americas", "asia", "europe", "middle-east", "oceania")


@dataclass(frozen=True, slots=True)
class CatalogueFeed:
    """`front` is true where the publisher itself calls the feed its front page, home or top stories."""

    address: str
    section: str
    front: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueTitle:
    """`country` is ISO 3166-1 alpha-2 (XK for Kosovo), `language` BCP 47, `selected` what a new install starts with."""

    name: str
    publisher: str
    home: str
    country: str
    language: str
    section: str
    region: str
    feeds: tuple[CatalogueFeed, ...]
    funding: Funding = ""
    selected: bool = False

    @property
    def state(self) -> bool:
        return self.funding == "state"


@cache
def catalogue() -> tuple[CatalogueTitle, ...]:
    """Every title, region by region in alphabetical order, then as the files list them: country, name."""
    return tuple(title for region in REGIONS for title in _region(region))


def selection() -> tuple[CatalogueTitle, ...]:
    """The general newsrooms a new install starts with."""
    return tuple(title for title in catalogue() if title.selected)


def _region(region: str) -> list[CatalogueTitle]:
    text = files(__package__).joinpath(f"{region}.toml").read_text(encoding="utf-8")
    return [_title(entry, region) for entry in tomllib.loads(text)["title"]]


def _title(entry: dict[str, Any], region: str) -> CatalogueTitle:
    feeds = tuple(CatalogueFeed(**({"section": entry["section"]} | feed)) for feed in entry["feeds"])
    return CatalogueTitle(**({"publisher": entry["name"], "region": region} | entry | {"feeds": feeds}))
