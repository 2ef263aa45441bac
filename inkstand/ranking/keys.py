"""What a reader may like, follow or mute of a story, as keys: `title:7`, `section:world`, `topic:football`,
`person:Marie Curie`, `place:FR`. They are the kinds and keys that `reading` keeps follows and levers under.
"""

from collections.abc import Iterable
from functools import lru_cache

from inkstand.articles.sections import section_of
from inkstand.search.names import name_of
from inkstand.search.topics import BY_SLUG, filed_under

NAMES, WORDS = 3, 2  # of an article: those a newsroom gives first
LONGEST = 60  # characters; a longer keyword is a sentence


def key(kind: str, name: object) -> str:
    return f"{kind}:{name}"


def parted(said: str) -> tuple[str, str]:
    """Kind and name of a key."""
    kind, _, name = said.partition(":")
    return kind, name


@lru_cache(maxsize=50_000)
def subjects(section: str, keywords: tuple[str, ...]) -> tuple[str, ...]:
    """What an article is about, by what its publisher says: its section, topics and those they are part of, names, and
    keywords that are none of these. `section` is as the title has it."""
    filed = section_of(section)
    topics = filed_under(section, keywords)
    spare = [tag for tag in keywords if not filed_under("", [tag]) and section_of(tag) is None and len(tag) <= LONGEST]
    names = [key(*name) for name in map(name_of, spare) if name]
    words = [key("topic", " ".join(tag.casefold().split())) for tag in spare if name_of(tag) is None and tag.strip()]
    found = [*_distinct(names, NAMES), *_distinct(words, WORDS)]
    return (*([key("section", filed.slug)] if filed else []), *(key("topic", topic) for topic in topics), *found)


def _distinct(keys: Iterable[str], most: int) -> list[str]:
    return list(dict.fromkeys(keys))[:most]


def narrow(keys: Iterable[str]) -> tuple[str, ...]:
    """Without the topics that are as wide as a section, where there is a section."""
    said = tuple(keys)
    if not any(one.startswith("section:") for one in said):
        return said
    return tuple(one for one in said if not _is_wide(one))


def _is_wide(said: str) -> bool:
    kind, name = parted(said)
    return kind == "topic" and name in BY_SLUG and not BY_SLUG[name].broader
