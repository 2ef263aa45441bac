"""What a template is given: plain values, made by `pages/*.py`, so that a page can be drawn without a database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture on a page. `url` is the publisher's, or a static address of ours; width and height 0 where not said."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A title as it signs its articles: its logo, or its name set as a wordmark. `invented`: of the demo edition."""

    name: str
    address: str
    logo: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list. `address` is our page of it; `elsewhere`: the text is to be read at the publisher only;
    `note` is what the editor who picked it wrote; `others` is how many more titles tell of the same event."""

    address: str
    headline: str
    title: Mark
    article: int = 0
    standfirst: str = ""
    section: str = ""
    byline: tuple[str, ...] = ()
    published: datetime | None = None
    shot: Shot | None = None
    language: str = ""
    direction: str = "ltr"
    elsewhere: bool = False
    note: str = ""
    story: int = 0
    others: int = 0
    why: "Why | None" = None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a card stands where it does, in sentences, and the points of each part: (`Newsrooms’ own fronts`, `+1.4`)."""

    sentences: tuple[str, ...]
    points: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A named run of cards: a section on the front page, related stories under an article."""

    name: str
    cards: tuple[Card, ...]
    address: str = ""

    @property
    def lead(self) -> Card:
        return self.cards[0]


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    address: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page. `titles` is how many are carried, `names` some of them; `origin` is our address
    as others see it. `reads_all`: nothing is left to sell to this reader. `selling`: this paper asks for membership;
    `trial_by_card`: its trial begins with joining. `edits`: may open the desk.
    """

    now: datetime
    titles: int = 0
    names: tuple[Mark, ...] = ()
    sections: tuple[Link, ...] = ()
    origin: str = ""
    signed_in: bool = False
    reads_all: bool = False
    selling: bool = True
    trial_by_card: bool = False
    edits: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction, a withdrawal or an editor's note on an article, in the words that a reader sees."""

    kind: Literal["correction", "withdrawn", "note"]
    text: str
    at: datetime | None = None


State = Literal["full", "demo", "demo, unreached", "first poll", "unreached", "no titles"]


@dataclass(frozen=True, slots=True)
class FrontView:
    """The front page in its order. `state` is why it may be empty or invented."""

    lead: Card | None = None
    under: tuple[Card, ...] = ()
    seconds: tuple[Card, ...] = ()
    more: tuple[Card, ...] = ()
    latest: tuple[Card, ...] = ()
    picks: tuple[Card, ...] = ()
    bands: tuple[Band, ...] = ()
    foreign: tuple[Card, ...] = ()
    state: State = "full"


@dataclass(frozen=True, slots=True)
class ListView:
    """A section's, a title's or the latest page: its name, what stands at its head, `links` to pages around it, its
    cards, the way on.

    `feed` is where the same list is as a feed, as `section/world`; `void` what is said where it has no cards.
    `follow` is what may be followed of it, as `title:7`; `title` its id where it is a title's, `blocked` by this
    reader; `front` is the title's own front page in the order of its editors.
    """

    name: str
    cards: tuple[Card, ...] = ()
    about: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    logo: str = ""
    home: str = ""
    links: tuple[Link, ...] = ()
    older: str = ""
    feed: str = ""
    void: str = ""
    follow: str = ""
    title: int = 0
    blocked: bool = False
    corrections: Link | None = None
    front: tuple[Card, ...] = ()

    @property
    def is_title(self) -> bool:
        return self.title > 0


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article page. `reason` is why the wall stands, "" where `body` (safe HTML) may be read. `left` is how many
    free articles a visitor still has this month, None where they are not counted; `spent` how many they have had where
    none is left, and `renews` the day of the next; `crowded`: where they are, all of today's are read. `minutes` is how
    long `body` takes to read, 0 without one. `is_canonical`: our page, not the publisher's, is the one to be found."""

    card: Card
    original: str
    is_canonical: bool = False
    updated: datetime | None = None
    section: Link | None = None
    shot: Shot | None = None
    body: str = ""
    lead: str = ""
    reason: str = ""
    notices: tuple[Notice, ...] = ()
    left: int | None = None
    spent: int = 0
    renews: date | None = None
    crowded: bool = False
    rights: str = ""
    pk: int = 0
    revision: int = 1
    minutes: int = 0
    related: tuple[Card, ...] = ()
    top: tuple[Card, ...] = ()
    picks: tuple[Card, ...] = ()
    meta: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of an article's blocks with `<ins>` and `<del>`. `folded`: how many there are where none has changed."""

    html: str
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What revision `number` says otherwise than the one before; "" and () for what stayed. `added` is in words."""

    number: int
    at: datetime
    headline: str = ""
    standfirst: str = ""
    stretches: tuple[Stretch, ...] = ()
    added: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What changed in an article, the latest first, since revision `since` or in all. `reason`: why no text is here."""

    card: Card
    original: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    first: datetime | None = None
    since: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    quote: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with the passages that a reader marked in it, in the order of its text."""

    card: Card
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One account of a story; `copies` are the other titles that print its text, each with its own page of it."""

    card: Card
    copies: tuple[Link, ...] = ()
    is_first: bool = False
    is_original: bool = False


@dataclass(frozen=True, slots=True)
class Tongue:
    """The accounts of a story in one language."""

    name: str
    language: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Appearance:
    """A title's first article in a story. `along` is where it stands between the first (2) and the last (98)."""

    title: str
    address: str
    at: datetime
    along: float


@dataclass(frozen=True, slots=True)
class Share:
    """How many titles of one country, or in one language, tell a story; or how many accounts one title has of it.
    `width` is in hundredths of the widest."""

    name: str
    count: int
    width: int
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story page. `card` is the article whose headline it wears; `tongues` has the reader's language first;
    `apart` are the stories it was split from or that were split from it; `events` is how many its running story has."""

    pk: int
    card: Card
    address: str
    shot: Shot | None
    titles: int
    countries: int
    languages: int
    first: Voice
    original: tuple[Voice, ...]
    tongues: tuple[Tongue, ...]
    appearances: tuple[Appearance, ...]
    mix: tuple[Share, ...]
    is_split: bool = False
    apart: tuple[Link, ...] = ()
    running: str = ""
    events: int = 0
    related: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A story among those that follow from one another."""

    card: Card
    address: str
    began: datetime

    @property
    def titles(self) -> int:
        return self.card.others + 1


@dataclass(frozen=True, slots=True)
class RunningView:
    """A running story page: `events` in order of time, and `greatest`, told by most titles, whose headline it wears."""

    address: str
    greatest: Event
    events: tuple[Event, ...]

    @property
    def first(self) -> Event:
        return self.events[0]
