"""The front page: what leads, what follows, what is newest, what we picked, and a band for each section."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from inkstand.articles.models import Article
from inkstand.articles.sections import SECTIONS
from inkstand.web.pages import cards as of
from inkstand.web.pages import order
from inkstand.web.pages.frame import now_of, sections
from inkstand.web.values import Band, Card, FrontView, State
from inkstand.wire.models import Poll

SECONDS, UNDER, MORE, LATEST, PICKS, FEWEST, IN_BAND = 3, 2, 4, 8, 4, 2, 7
# Bands are filled from this many of a section's newest, for those that stand higher up are not shown twice.
SPARE = 23
# So many of one title's articles may stand in a band while other titles have any.
OF_ONE_TITLE = 2


def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html", {"view": view(now_of(request), get_language() or "")})


def view(now: datetime, language: str) -> FrontView:
    """Five statements, however many titles and articles there are (six where the paper is empty)."""
    weight = order.weighed(order.looks(now), language)
    latest = newest(now)
    filed = by_section(now)
    chosen = of.picks(now, limit=2 * PICKS)
    found = of.by_id([*weight, *latest, *(pk for ids in filed.values() for pk in ids), *(pk for pk, _ in chosen)], now)
    if not found:
        return FrontView(state=why_empty())
    weight = order.one_of_each_story(weight, found, language)
    ranked = order.ordered(weight, found, now) or [pk for pk in latest if pk in found]
    own = order.in_language(found, language)
    page = arrange(
        own(ranked), own(latest), {slug: own(ids) for slug, ids in filed.items()}, of.picked(chosen, found), found
    )
    return replace(page, foreign=order.foreign(found, language, ranked)[:IN_BAND], state=state(page))


def arrange(
    ranked: Sequence[int],
    latest: Sequence[int],
    filed: Mapping[str, Sequence[int]],
    picked: tuple[Card, ...],
    cards: Mapping[int, Card],
) -> FrontView:
    """Every article once, but for `latest`, which is a list of its own; a story that stands at the top nowhere else."""
    # The first with a picture leads, but only from the first three: a picture is not worth an order.
    lead = next((pk for pk in ranked[:3] if cards[pk].shot), ranked[0])
    rest = [cards[pk] for pk in ranked if pk != lead]
    # Without a picture the lead is short, and words fill the room beneath and beside it.
    seconds_wanted, under_wanted = (SECONDS, UNDER) if cards[lead].shot else (SECONDS + 1, 2 * UNDER)
    seconds, rest = rest[:seconds_wanted], rest[seconds_wanted:]
    # What an editor picked is kept for the picks, unless it stands above them all.
    picks = tuple(card for card in picked if not _has((cards[lead], *seconds), card))[:PICKS]
    rest = [card for card in rest if not _has(picks, card)]
    under, rest = tuple(rest[:under_wanted]), rest[under_wanted:]
    # A row of pictures: of the next few, those that have one come first.
    more = tuple(sorted(rest[: 2 * MORE], key=_bare)[:MORE])
    taken = {_told(card) for card in (cards[lead], *seconds)}
    taken |= {card.address for card in (*under, *more, *picks)}
    first, *followers = _each_picture_once([cards[lead], *seconds, *more])
    return FrontView(
        lead=first,
        under=under,
        seconds=tuple(followers[: len(seconds)]),
        more=tuple(followers[len(seconds) :]),
        latest=tuple(cards[pk] for pk in latest if pk != lead)[:LATEST],
        picks=picks,
        bands=tuple(_bands(filed, taken, cards)),
    )


def _each_picture_once(cards: Iterable[Card]) -> list[Card]:
    """Agencies send one picture to all: the second time, side by side with the first, it says nothing."""
    seen: set[str] = set()
    return [card if card.shot is None or _is_new(card.shot.url, seen) else replace(card, shot=None) for card in cards]


def _each_story_once(cards: Iterable[Card]) -> list[Card]:
    seen: set[object] = set()
    return [card for card in cards if _is_new(_told(card), seen)]


def _is_new(key: Any, seen: set[Any]) -> bool:
    fresh = key not in seen
    seen.add(key)
    return fresh


def _told(card: Card) -> object:
    """What tells one story from another; an article that is in none is a story of its own."""
    return card.story or card.address


def _has(cards: Iterable[Card], wanted: Card) -> bool:
    return any(_told(card) == _told(wanted) for card in cards)


def _bare(card: Card) -> bool:
    return card.shot is None


def _bands(filed: Mapping[str, Sequence[int]], taken: set[object], cards: Mapping[int, Card]) -> Iterator[Band]:
    for section, link in zip(SECTIONS, sections(), strict=True):
        fresh = _each_story_once(cards[pk] for pk in filed.get(section.slug, ()))
        left = [card for card in fresh if not {_told(card), card.address} & taken]
        if len(left) >= FEWEST:
            yield Band(link.name, tuple(sorted(shared_out(left)[:IN_BAND], key=_bare)), link.address)


def shared_out(cards: Sequence[Card]) -> list[Card]:
    """The same, with what goes beyond a title's share behind the others'."""
    had = Counter[str]()
    first: list[Card] = []
    beyond: list[Card] = []
    for card in cards:
        had[card.title.address] += 1
        (first if had[card.title.address] <= OF_ONE_TITLE else beyond).append(card)
    return first + beyond


def newest(now: datetime) -> list[int]:
    """Ids of the newest articles. One statement."""
    return list(Article.objects.in_the_paper(now).newest().values_list("pk", flat=True)[: LATEST + 12])


def by_section(now: datetime) -> dict[str, list[int]]:
    """The newest articles of every section of ours, by slug. One statement: an index scan for each spelling."""
    names = [(section.slug, spelling) for section in SECTIONS for spelling in section.spellings()]
    with connection.cursor() as cursor:
        cursor.execute(
            _FILED,
            {
                "slugs": [slug for slug, _ in names],
                "names": [name for _, name in names],
                "now": now,
                "limit": IN_BAND + SPARE,
            },
        )
        rows = cursor.fetchall()
    found: dict[str, list[tuple[datetime, int]]] = {}
    for slug, pk, published in rows:
        found.setdefault(slug, []).append((published, pk))
    return {slug: [pk for _, pk in sorted(ids, reverse=True)[: IN_BAND + SPARE]] for slug, ids in found.items()}


_FILED = """
SELECT filed.slug, piece.id, piece.published_at
FROM unnest(%(slugs)s::text[], %(names)s::text[]) AS filed (slug, name)
CROSS JOIN LATERAL (
    SELECT id, published_at FROM articles_article
    WHERE section = filed.name AND section <> '' AND withdrawn_at IS NULL AND shown_from <= %(now)s
    ORDER BY published_at DESC LIMIT %(limit)s
) AS piece
"""


def state(page: FrontView) -> State:
    """Whether what is shown is the demo edition, and if so, whether for want of an answer. One statement if so."""
    if page.lead is None or not page.lead.title.invented:
        return "full"
    return "demo, unreached" if Poll.objects.filter(feed__retired_at=None).exists() else "demo"


def why_empty() -> State:
    """Why there is no article to show. One statement."""
    polls = list(Poll.objects.filter(feed__retired_at=None).values_list("checked_at", "failures")[:2000])
    if not polls:
        return "no titles"
    return "unreached" if all(checked and failures for checked, failures in polls) else "first poll"
