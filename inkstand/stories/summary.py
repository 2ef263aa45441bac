"""What a story shows of itself: one of its titles' own headlines, a picture, a lead, its reach and its beginnings."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from inkstand.articles.values import Picture
from inkstand.stories import words
from inkstand.stories.account import Account
from inkstand.stories.copies import in_order, voices

_LONG, _SHORT = 16, 4  # words of a headline, beyond which it sprawls or only labels
_BAIT = re.compile(
    r"^(\d+ (\w+ )?(things|ways|reasons|times|dinge|gründe|cosas|razones|choses|raisons|coisas|motivos|вещей|причин)"
    r"|here'?s |this is |what (to|you|we) |why |how |watch\b|live\b|opinion\b|explained\b|analysis\b|exclusive\b"
    r"|kommentar\b|meinung\b|opinión\b|tribune\b|opinião\b|мнение\b)"
    r"|you won'?t believe|need to know|goes viral|jaw-dropping|\bslams\b|\bblasts\b|\bdestroys\b|\bshock(s|ing)?\b"
    r"|was (sie|du|man) .* wissen|todo lo que|lo que (hay|debes)|ce qu'il faut savoir|o que (você|se sabe)"
    r"|что нужно знать|ما (تحتاج|يجب)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """A title's first article in the story."""

    at: datetime
    title: int
    article: int


@dataclass(frozen=True, slots=True)
class Summary:
    """`headline_of` is the article whose headline it is; `voices` counts titles with a text of their own."""

    headline: str
    headline_of: int
    lead: str
    picture: Picture | None
    titles: int
    voices: int
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    timeline: tuple[Appearance, ...]


def summarise(accounts: Iterable[Account], *, language: str = "") -> Summary:
    """Of at least one account. Speaks `language` where any account does, else the language most accounts speak."""
    told = in_order(accounts)
    speaking = _speaking(told, language)
    ranked = _by_fitness(speaking)
    pictures = [account.picture for account in [*ranked, *told] if account.picture]
    return Summary(
        headline=ranked[0].headline,
        headline_of=ranked[0].article,
        lead=next((account.lead for account in ranked if account.lead), ""),
        picture=max(pictures, key=lambda picture: min(picture.width, 1200), default=None),
        titles=len({account.title for account in told}),
        voices=len(voices(told)),
        countries=_most_first(account.country for account in told),
        languages=_most_first(account.language for account in told),
        timeline=_timeline(told),
    )


def restraint(headline: str) -> float:
    """1 for a plain statement, down to 0: less for shouting, asking, baiting, sprawling."""
    told = words.split(headline)
    capitals = sum(word.isupper() and len(word) > 4 for word in told)
    faults = (
        0.5 * bool(_BAIT.search(headline))
        + 0.4 * any(mark in headline for mark in "?؟？")
        + 0.4 * any(mark in headline for mark in "!！…")
        + 0.2 * min(capitals, 2)
        + 0.3 * (not _SHORT <= len(told) <= _LONG)
        + 0.2 * headline.startswith(("'", '"', "“", "‘", "«", "„"))
    )
    return max(0.0, 1.0 - faults)


def _speaking(told: Sequence[Account], language: str) -> Sequence[Account]:
    wanted = language or next(iter(_most_first(account.language for account in told)), "")
    own = [account for account in voices(told) if account.language == wanted]
    return own or [account for account in told if account.language == wanted] or told


def _by_fitness(accounts: Sequence[Account]) -> list[Account]:
    """Best headline first: what most of the others say too, said calmly; the earlier where two are as good."""
    stems = [{words.term(word, a.language) for word in words.split(a.headline)} for a in accounts]
    spread = Counter(stem for some in stems for stem in some)
    central = [_centrality(some, spread, len(stems)) for some in stems]
    order = sorted(range(len(accounts)), key=lambda at: -central[at] * (0.2 + restraint(accounts[at].headline)))
    return [accounts[at] for at in order]


def _centrality(stems: set[int], spread: Counter[int], headlines: int) -> float:
    """Cosine of one headline with the sum of all."""
    length = sum(count * count for count in spread.values()) ** 0.5 * max(len(stems), 1) ** 0.5
    return sum(spread[stem] for stem in stems) / max(length, 1.0) if headlines > 1 else 1.0


def _most_first(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(filter(None, values)).most_common())


def _timeline(told: Sequence[Account]) -> tuple[Appearance, ...]:
    first: dict[int, Account] = {}
    for account in told:
        first.setdefault(account.title, account)
    return tuple(Appearance(account.at, account.title, account.article) for account in first.values())
