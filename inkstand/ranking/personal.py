"""One reader's For You, from the newest print and the reader's own rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from inkstand.articles.models import Article
from inkstand.ranking import followed, offers
from inkstand.ranking.foryou import Card, Scored, Shelf, arrange, score, shelf
from inkstand.ranking.known import known
from inkstand.ranking.page import EVERY, main, print_fronts
from inkstand.ranking.profile import Profile, draw_up
from inkstand.ranking.spaces import Held, held
from inkstand.readers.models import Reader
from inkstand.reading import mine
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.filters import Filters, without

PLACES = 30
# Of the best so many are asked whether they may be shown: the rest is not reached.
ASKED = 4 * PLACES
AWHILE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class ForYou:
    profile: Profile
    cards: tuple[Card, ...]


def for_you(reader: Reader | None, now: datetime, language: str, filters: Filters) -> ForYou:
    """A visitor's is the front page's order. About ten statements, however much was read, and a few for each person,
    place and search that the reader follows."""
    profile = profile_of(reader, now) if reader else Profile()
    space = held() if profile.reads else None
    laid = _laid((main(language), EVERY), space, now)
    laid = replace(laid, offers=followed.marked(laid.offers, profile.followed, now))
    scored = score(profile, laid, space.reader(profile.reads) if space else None)
    return ForYou(profile, tuple(arrange(profile, _shown(scored, filters, now), PLACES)))


def shown(*, reader: Reader, cards: Iterable[Card], now: datetime) -> None:
    """Notes what stood before the reader. The same list looked at again within AWHILE is one look."""
    lately = set(mine.of(reader).shown().filter(last_at__gt=now - AWHILE).values_list("story", flat=True))
    fresh = [card.story for card in cards if card.story not in lately]
    if fresh:
        carry_out(reader=reader, actions=[action("shown", at=now, stories=fresh)], now=now)


def profile_of(reader: Reader, now: datetime) -> Profile:
    return draw_up(known(mine.of(reader)), now)


# By the offers' number and the space's: the newest few.
_shelves: dict[tuple[int, int], Shelf] = {}
_MOST_SHELVES = 40


def _laid(languages: Sequence[str], space: Held | None, now: datetime) -> Shelf:
    """The same for everybody from one print to the next: this process lays it once. Printed where nothing was yet."""
    place = space.number if space else 0
    known = _shelves.get((offers.newest(languages) or 0, place))
    if known:
        return known
    if (found := offers.read(languages)) is None:
        print_fronts(now=now)
        found = offers.read(languages)
    assert found, "offers in every language are always written"
    number, there = found
    if len(_shelves) >= _MOST_SHELVES:
        _shelves.clear()
    texts = space.texts([offer.article for offer in there]) if space else None
    _shelves[number, place] = laid = shelf(there, now, texts=texts, space=space.space if space else None)
    return laid


def _shown(scored: list[Scored], filters: Filters, now: datetime) -> list[Scored]:
    """Without what this reader has hidden everywhere, or what left the paper since the print. One statement."""
    best = scored[:ASKED]
    there = without(Article.objects.in_the_paper(now).filter(pk__in=[one.offer.article for one in best]), filters)
    kept = set(there.values_list("pk", flat=True))
    return [one for one in best if one.offer.article in kept]
