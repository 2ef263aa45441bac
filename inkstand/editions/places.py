"""In which zone an edition's hour is told: a country's, a language's, or the paper's own. From the zone database."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.core import get_global

# Spoken by so many countries that the zone of one would be wrong for the others.
_EVERYWHERE = {"", "en"}
# Where the database's table begins with an outlying zone, not with the one most people live in.
_MOST_PEOPLE = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "RU": "Europe/Moscow",
}


def zone_of(language: str, country: str, own: str) -> str:
    """The name of the zone that an edition in `language` for `country` ("" for the world's) is made in; `own` is the
    paper's own zone."""
    if not country and language not in _EVERYWHERE:
        country = _likely_country(language)
    return _first_zones().get(country, own)


def _likely_country(language: str) -> str:
    """Where a language is mostly spoken, as Unicode's table of likely subtags has it: `de` -> `DE`."""
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


@cache
def _first_zones() -> dict[str, str]:
    """By country: the zone where most of its people live, which the database's own table mostly names first."""
    found: dict[str, str] = {}
    for country, zone in _table():
        found.setdefault(country, zone)
    return found | _MOST_PEOPLE


def zones() -> list[str]:
    """Every zone once, under the one name it goes by today: `Asia/Kolkata`, not also `Asia/Calcutta`."""
    return sorted(zone for _, zone in _table())


def _table() -> Iterator[tuple[str, str]]:
    """Country and zone of each line of the database's own table."""
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            yield country, zone


def is_zone(name: str) -> bool:
    """Whether `name` is a zone that clocks can be told in."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such file, no file's name, a folder
        return False
    return True
