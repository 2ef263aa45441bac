"""Topics: the IPTC Media Topics that a reader follows, and the names under which publishers file pieces in them.

Codes, names and what is part of what are facts of the IPTC's vocabulary (https://cv.iptc.org/newscodes/mediatopic/,
CC BY 4.0): all of its first level, and of the levels below what newspapers file by. The spellings are ours.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inkstand.articles.sections import section_of

# A piece that is filed under everything is filed under nothing.
_MOST = 12
_BETWEEN = re.compile(r"[/>|]|::")
_CODE = re.compile(r"\b(?:medtop:|mediatopic/)(\d{8})\b")
_ASIDE = re.compile(r"\s*\([^)]*\)$")


@dataclass(frozen=True, slots=True)
class Topic:
    """`broader` is the slug of the topic that this is part of, "" of one of the first level. `spellings` are what
    publishers call it, in lower case."""

    code: str
    slug: str
    name: str | Promise
    broader: str
    spellings: tuple[str, ...]


# (code, slug, name, what is part of it: code, slug, name)
_Part = tuple[str, str, str | Promise]
_TREE: tuple[tuple[str, str, str | Promise, tuple[_Part, ...]], ...] = (
    ("01000000", "arts-culture-media", _("Arts, culture, entertainment and media"), (
        ("20000005", "cinema", _("Cinema")),
        ("20000011", "fashion", _("Fashion")),
        ("20000013", "literature", _("Literature")),
        ("20000018", "music", _("Music")),
        ("20000029", "theatre", _("Theatre")),
        ("20000045", "mass-media", _("Mass media")),
    )),
    ("16000000", "conflict-war-peace", _("Conflict, war and peace"), (
        ("20000053", "act-of-terror", _("Acts of terror")),
        ("20000056", "armed-conflict", _("Armed conflict")),
        ("20000065", "civil-unrest", _("Civil unrest")),
        ("20000073", "peace-process", _("Peace processes")),
    )),
    ("02000000", "crime-law-justice", _("Crime, law and justice"), (
        ("20000082", "crime", _("Crime")),
        ("20000106", "judiciary", _("Judiciary")),
        ("20000121", "law", _("Law")),
        ("20000129", "law-enforcement", _("Law enforcement")),
    )),
    ("03000000", "disaster-accident", _("Disaster, accident and emergency incident"), (
        ("20000139", "accident", _("Accidents and emergency incidents")),
        ("20000148", "natural-disaster", _("Disasters")),
    )),
    ("04000000", "economy-business-finance", _("Economy, business and finance"), (
        ("20000210", "agriculture", _("Agriculture")),
        ("20000344", "economy", _("Economy")),
        ("20000349", "business-enterprise", _("Companies")),
        ("20000385", "markets", _("Markets and exchanges")),
    )),
    ("05000000", "education", _("Education"), (
        ("20000400", "schools", _("Schools")),
        ("20000415", "students", _("Students")),
    )),
    ("06000000", "environment", _("Environment"), (
        ("20000418", "climate-change", _("Climate change")),
        ("20000420", "conservation", _("Conservation")),
        ("20000424", "pollution", _("Environmental pollution")),
        ("20000430", "natural-resources", _("Natural resources")),
        ("20000441", "nature", _("Nature")),
    )),
    ("07000000", "health", _("Health"), (
        ("20000446", "diseases", _("Diseases and conditions")),
        ("20000464", "treatment", _("Treatments and procedures")),
        ("20000485", "medical-profession", _("Medical profession")),
        ("20001358", "public-health", _("Public health")),
    )),
    ("08000000", "human-interest", _("Human interest"), ()),
    ("09000000", "labour", _("Labour"), (
        ("20000509", "employment", _("Employment")),
        ("20000536", "unions", _("Unions")),
    )),
    ("10000000", "lifestyle-leisure", _("Lifestyle and leisure"), (
        ("20000538", "leisure", _("Leisure")),
        ("20000565", "lifestyle", _("Lifestyle")),
        ("20001339", "wellness", _("Wellness")),
    )),
    ("11000000", "politics", _("Politics"), (
        ("20000574", "elections", _("Elections")),
        ("20000593", "government", _("Government")),
        ("20000621", "government-policy", _("Government policy")),
        ("20000638", "international-relations", _("International relations")),
    )),
    ("12000000", "religion", _("Religion"), ()),
    ("13000000", "science-technology", _("Science and technology"), (
        ("20000717", "natural-science", _("Natural sciences")),
        ("20000735", "research", _("Scientific research")),
        ("20000742", "social-sciences", _("Social sciences")),
        ("20000756", "technology", _("Technology and engineering")),
        ("20001298", "artificial-intelligence", _("Artificial intelligence")),
    )),
    ("14000000", "society", _("Society"), (
        ("20000587", "fundamental-rights", _("Fundamental rights")),
        ("20000771", "immigration", _("Immigration")),
        ("20000775", "discrimination", _("Discrimination")),
        ("20000780", "family", _("Family")),
        ("20000802", "social-problems", _("Social problems")),
    )),
    ("15000000", "sport", _("Sport"), (
        ("20000823", "american-football", _("American football")),
        ("20000827", "athletics", _("Athletics")),
        ("20000849", "baseball", _("Baseball")),
        ("20000851", "basketball", _("Basketball")),
        ("20000856", "boxing", _("Boxing")),
        ("20000888", "cricket", _("Cricket")),
        ("20000892", "cycling", _("Cycling")),
        ("20001065", "football", _("Football")),
        ("20000940", "golf", _("Golf")),
        ("20000965", "ice-hockey", _("Ice hockey")),
        ("20001176", "rugby", _("Rugby")),
        ("20001071", "swimming", _("Swimming")),
        ("20001085", "tennis", _("Tennis")),
    )),
    ("17000000", "weather", _("Weather"), ()),
)  # fmt: skip


def _topics() -> Iterator[Topic]:
    said = tomllib.loads(Path(__file__).with_name("spellings.toml").read_text(encoding="utf-8"))
    for code, slug, name, parts in _TREE:
        yield Topic(code, slug, name, "", tuple(said[slug]))
        for part in parts:
            yield Topic(*part, slug, tuple(said[part[1]]))


TOPICS = tuple(_topics())
BY_SLUG = {topic.slug: topic for topic in TOPICS}
_BY_CODE = {topic.code: topic for topic in TOPICS}
_BY_SPELLING = {spelling: topic for topic in reversed(TOPICS) for spelling in topic.spellings}
# Sections of the paper that are about something: World and Opinion are about everything.
_OF_SECTION = {
    "politics": "politics",
    "business": "economy-business-finance",
    "technology": "technology",
    "science": "science-technology",
    "climate": "environment",
    "health": "health",
    "culture": "arts-culture-media",
    "sport": "sport",
    "life": "lifestyle-leisure",
}


def filed_under(section: str, tags: Iterable[str]) -> tuple[str, ...]:
    """Slugs of the topics that a piece is of, and of those that these are part of, by what its publisher says: a
    section and keywords, which may be paths (`Sport/Football`) or the IPTC's own codes (`medtop:20000418`)."""
    said = [section, *tags]
    found = [topic for name in said for topic in _called(name)]
    if filed := section_of(section):
        found += [BY_SLUG[slug] for slug in [_OF_SECTION.get(filed.slug)] if slug]
    wider = [BY_SLUG[topic.broader] for topic in found if topic.broader]
    return tuple(dict.fromkeys(topic.slug for topic in [*found, *wider]))[:_MOST]


def parts_of(topic: Topic) -> tuple[Topic, ...]:
    return tuple(part for part in TOPICS if part.broader == topic.slug)


def _called(name: str) -> Iterator[Topic]:
    yield from (_BY_CODE[code] for code in _CODE.findall(name) if code in _BY_CODE)
    for part in _BETWEEN.split(name):
        if topic := _BY_SPELLING.get(_plain(part)):
            yield topic


def _plain(name: str) -> str:
    """`Coronavirus (2019-nCoV)` as `coronavirus`, `Life &amp; style` as `life and style`, no dashes."""
    spaced = name.replace("&amp;", " and ").replace("&", " and ").replace("-", " ").replace(",", " ")
    return _ASIDE.sub("", " ".join(spaced.lower().split()))
