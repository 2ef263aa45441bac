"""What a reader may like, follow or mute of a story, as keys: `title:7`, `section:world`, `topic:river floods`."""

from collections.abc import Iterable, Iterator

from inkstand.articles.sections import section_of

TOPICS = 4  # of an article: those a newsroom names first
LONGEST = 60  # characters; a longer tag is a sentence


def key(kind: str, name: object) -> str:
    return f"{kind}:{name}"


def parted(said: str) -> tuple[str, str]:
    """Kind and name of a key."""
    kind, _, name = said.partition(":")
    return kind, name


def title_of(said: str) -> int | None:
    kind, name = parted(said)
    return int(name) if kind == "title" and name.isdecimal() else None


def subjects(section: str, tags: Iterable[str]) -> tuple[str, ...]:
    """What an article is about. `section` is as the title has it; a tag that only repeats a section says nothing."""
    filed = section_of(section)
    named = dict.fromkeys(_topics(tags))
    return (*([key("section", filed.slug)] if filed else []), *list(named)[:TOPICS])


def _topics(tags: Iterable[str]) -> Iterator[str]:
    for tag in tags:
        name = " ".join(tag.casefold().split())
        if name and len(name) <= LONGEST and section_of(name) is None:
            yield key("topic", name)
