"""What an article is made of, as plain values: no database, no I/O."""

from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct


class Picture(Struct, frozen=True):
    """One picture; its caption and its credit are kept apart. `width` and `height` are pixels, 0 where not said.

    A struct of msgspec, not a dataclass: a feed makes thousands, each in a tenth of the time, and they go into the
    store as JSON in one call.
    """

    url: str
    caption: str = ""
    credit: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as one delivery gives it, already clean: what `articles.publish` turns into a revision.

    `key` is the publisher's own id for the piece, unique within its feed. `url` is canonical. `body` is
    sanitised HTML, "" where only a teaser came. `published` is None where the publisher gave no date.
    """

    key: str
    url: str
    headline: str
    standfirst: str = ""
    body: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    rights: str = ""
    extra: dict[str, str] = field(default_factory=dict)
