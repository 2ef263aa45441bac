"""What is asked of the search and what it answers: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

MOST_CHARS = 200


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader looks for: words as they typed them, and filters. `title` is an id, `topic` a slug; `since` and
    `until` are days, both included. The same query is what a followed search keeps.
    """

    words: str = ""
    title: int | None = None
    country: str = ""
    language: str = ""
    section: str = ""
    topic: str = ""
    since: date | None = None
    until: date | None = None
    has_text: bool = False

    @property
    def asks(self) -> bool:
        return self != Query()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """An article's place in time; the greatest is the newest, and of one time the one with the higher id."""

    published_at: datetime
    article: int

    @property
    def before(self) -> "Place":
        return Place(self.published_at, self.article - 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page of results ended. `top` is the newest match of the batch that was ranked; `score` and `article`
    the last that was shown of it, or None where a new batch begins below `top`.
    """

    top: Place
    score: float | None = None
    article: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """An article that was found. `rank` is PostgreSQL's, how well the words fit; `score` puts age to it."""

    place: Place
    title: int
    country: str
    language: str
    section: str
    topics: Sequence[str]
    rank: float
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """A page of matches, best first. `facets` counts the batch they were ranked in: name → value → how many.

    `count` is how many there are, or None where there are more than were ranked; `after` leads to the next page.
    `meant` is the query's words as they were mended where as typed they found next to nothing. `cut_short`: the
    database was given no more time, older articles were not looked at. `tsquery` is what was asked of PostgreSQL.
    """

    matches: tuple[Match, ...] = ()
    count: int | None = 0
    facets: Mapping[str, Mapping[object, int]] = field(default_factory=dict)
    after: Mark | None = None
    meant: str = ""
    cut_short: bool = False
    tsquery: str = ""
