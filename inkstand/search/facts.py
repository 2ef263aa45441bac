"""What a reader filters by, as words of the index. No parser of text yields a word that begins with `=`."""

from collections.abc import Iterable

FULL_TEXT = "=full"


def of(
    rules: str,
    title: int,
    country: str = "",
    language: str = "",
    section: str = "",
    topics: Iterable[str] = (),
    *,
    has_text: bool = False,
) -> tuple[str, ...]:
    """All facts of one article."""
    return (ruled(rules), *wanted(title, country, language, section, has_text=has_text), *map(filed, topics))


def wanted(
    title: int | None, country: str = "", language: str = "", section: str = "", *, has_text: bool = False
) -> tuple[str, ...]:
    """Those of these that are said."""
    named = (("title", title), ("country", country.upper()), ("language", language), ("section", section))
    return (*(f"={name}:{value}" for name, value in named if value), *([FULL_TEXT] if has_text else []))


def filed(topic: str) -> str:
    return f"=topic:{topic}"


def ruled(rules: str) -> str:
    """The rules of words an entry was read by, so that a German stem is looked for in German only."""
    return f"=rules:{rules}"
