"""Everyone's editions: the world's in each language there is news in, and a country's where it has newsrooms enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, OuterRef

from inkstand.articles.models import Article
from inkstand.editions.hours import last_strike, next_strike
from inkstand.editions.models import Edition
from inkstand.editions.places import zone_of
from inkstand.editions.values import HOURS, Half
from inkstand.ranking.models import FrontPage
from inkstand.ranking.page import EVERY, main
from inkstand.titles.models import Title

# A country has an edition of its own from so many titles in one language on that have printed anything.
FEWEST_TITLES = 5
# From one edition to the next it is never longer.
LONGEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Kind:
    """Of public editions: its language ("" for all), its country ("" for the world), its zone."""

    language: str
    country: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Struck:
    """An edition of a kind at its hour, and when the one after it comes."""

    kind: Kind
    half: Half
    strikes_at: datetime
    next_at: datetime


def kinds() -> list[Kind]:
    """Two statements."""
    pairs = {(language, "") for language in languages()} | set(_countries())
    return [kind_of(language, country) for language, country in sorted(pairs)]


def kind_of(language: str, country: str) -> Kind:
    return Kind(language, country, ZoneInfo(zone_of(language, country, settings.TIME_ZONE)))


def languages() -> set[str]:
    """The languages that the front page is printed in."""
    return {EVERY, *FrontPage.objects.values_list("language", flat=True).distinct()}


def _countries() -> Iterator[tuple[str, str]]:
    heard = Exists(Article.objects.filter(title=OuterRef("pk"), withdrawn_at=None))
    known = Title.objects.carried().filter(heard).exclude(country="").exclude(language="")
    counted = known.values("language", "country").annotate(titles=Count("pk"))
    for language, country, _ in counted.filter(titles__gte=FEWEST_TITLES).values_list("language", "country", "titles"):
        yield main(language), country


def due(now: datetime) -> list[Struck]:
    """The newest of each kind, where it is not there yet, however long ago its hour struck. Three statements."""
    struck = [struck_last(kind, now) for kind in kinds()]
    rows = Edition.objects.public().filter(strikes_at__gt=now - LONGEST)
    made = set(rows.values_list("language", "country", "strikes_at"))
    return [one for one in struck if (one.kind.language, one.kind.country, one.strikes_at) not in made]


def struck_last(kind: Kind, now: datetime) -> Struck:
    strikes = {half: last_strike(now, at, kind.zone) for half, at in HOURS.items()}
    half = max(strikes, key=lambda one: strikes[one])
    following = min(next_strike(strikes[half], at, kind.zone) for at in HOURS.values())
    return Struck(kind, half, strikes[half], following)
