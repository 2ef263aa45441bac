"""The order of the front page, from where the titles' own editors have placed their articles.

An article weighs the sum, over the front pages it stands on, of 1 / (position + 2): second place is worth three
quarters of the first, tenth a quarter. Weight halves with every ten hours of age. No title takes two of the first five.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import nlargest

from django.db import connection

from inkstand.web.values import Card

DEPTH = 15
# So many articles are fetched to be put in order: several pages full.
OWN, FOREIGN = 120, 30
FRESH = timedelta(hours=36)
HALF_LIFE_H = 10.0
FIRST = 5
# A paper with fewer articles than this in the reader's own language shows the others among them.
ENOUGH = 8


def looks(now: datetime) -> list[tuple[str, list[int]]]:
    """The newest look at each title's front page: its language, and article ids in its editors' order.

    One statement, and in it one probe of the index for each title, however often its front was looked at.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, {"now": now, "since": now - FRESH, "depth": DEPTH})
        found: list[tuple[str, list[int]]] = cursor.fetchall()
    return found


_LOOKS = """
SELECT title.language, look.articles
FROM titles_feed feed JOIN titles_title title ON title.id = feed.title_id
CROSS JOIN LATERAL (
    SELECT articles[1:%(depth)s] AS articles FROM articles_placements
    WHERE feed_id = feed.id AND seen_at > %(since)s AND seen_at <= %(now)s
    ORDER BY seen_at DESC LIMIT 1
) AS look
WHERE feed.is_front AND feed.retired_at IS NULL
"""


def weighed(fronts: Iterable[tuple[str, Sequence[int]]], language: str) -> dict[int, float]:
    """The heaviest articles on the fronts of the reader's language, and some of the others': no page needs more."""
    mine: list[Sequence[int]] = []
    others: list[Sequence[int]] = []
    for spoken, front in fronts:
        (others if is_foreign(spoken, language) else mine).append(front)
    return heaviest(weights(others), FOREIGN) | heaviest(weights(mine), OWN)


def weights(fronts: Iterable[Sequence[int]]) -> dict[int, float]:
    found: defaultdict[int, float] = defaultdict(float)
    for front in fronts:
        for place, article in enumerate(front, start=1):
            found[article] += 1 / (place + 2)
    return dict(found)


def heaviest(weight: Mapping[int, float], count: int) -> dict[int, float]:
    """The `count` heaviest; of those that weigh the same, the newest, which have the higher ids."""
    return {pk: weight[pk] for pk in nlargest(count, weight, key=lambda pk: (weight[pk], pk))}


def one_of_each_story(weight: Mapping[int, float], cards: Mapping[int, Card], language: str) -> dict[int, float]:
    """A story's whole weight on one of its accounts: a story leads a page once, however many tell it.

    The account is one in the reader's language, whole here, with a picture, and of those the weightiest.
    """

    def fitness(pk: int) -> tuple[object, ...]:
        card = cards[pk]
        return _is_foreign(card, language), card.elsewhere, card.shot is None, -weight[pk], pk

    best: dict[int, int] = {}
    found: defaultdict[int, float] = defaultdict(float)
    for pk in sorted(weight.keys() & cards.keys(), key=fitness):
        found[best.setdefault(cards[pk].story or -pk, pk)] += weight[pk]
    return dict(found)


def ordered(weight: Mapping[int, float], cards: Mapping[int, Card], now: datetime) -> list[int]:
    """The ids of those `cards` that have a weight, the most significant first."""

    def significance(pk: int) -> tuple[float, int]:
        age_h = max(0.0, (now - (cards[pk].published or now)) / timedelta(hours=1))
        return weight[pk] * 0.5 ** (age_h / HALF_LIFE_H), pk

    return _mixed(sorted((pk for pk in weight if pk in cards), key=significance, reverse=True), cards)


def _mixed(ranked: list[int], cards: Mapping[int, Card]) -> list[int]:
    """The same, with later articles of a title that already has one of the first five moved behind them."""
    first: list[int] = []
    for pk in ranked:
        if len(first) < FIRST and cards[pk].title not in [cards[other].title for other in first]:
            first.append(pk)
    return first + [pk for pk in ranked if pk not in first]


def in_language(cards: Mapping[int, Card], language: str) -> Callable[[Sequence[int]], list[int]]:
    """Leaves only what is in the reader's language; in a paper with hardly any of it, all, but that first."""
    mine = {pk for pk in cards if not _is_foreign(cards[pk], language)}

    def own(ids: Sequence[int]) -> list[int]:
        first = [pk for pk in ids if pk in mine]
        return first if len(mine) >= ENOUGH else first + [pk for pk in ids if pk in cards and pk not in mine]

    return own


def foreign(cards: Mapping[int, Card], language: str, ranked: Sequence[int]) -> tuple[Card, ...]:
    """What the front pages of other languages lead with, best first."""
    return tuple(cards[pk] for pk in ranked if _is_foreign(cards[pk], language))


def _is_foreign(card: Card, language: str) -> bool:
    return is_foreign(card.language, language)


def is_foreign(spoken: str, language: str) -> bool:
    """Whether `spoken`, as `pt-BR`, is another language than the reader's; one that is not known is taken as theirs."""
    return bool(spoken) and spoken.split("-")[0] != language.split("-")[0]
