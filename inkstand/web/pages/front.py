"""The front page: what leads, what follows, what is newest, what we picked, and a band for each section.

Its order is the edition's, which `ranking` prints once a minute; here it is only set in rows and columns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from inkstand.articles.models import Article
from inkstand.articles.sections import SECTIONS, section_of
from inkstand.ranking.page import EVERY, front_page
from inkstand.reading.filters import NONE, Filters, without
from inkstand.web.kept.alike import alike
from inkstand.web.pages import cards as of
from inkstand.web.pages import instead
from inkstand.web.pages.frame import now_of, sections
from inkstand.web.pages.sieve import filters_of
from inkstand.web.pages.tongue import is_foreign, own
from inkstand.web.pages.why import why, why_new
from inkstand.web.values import Band, Card, FrontView, State
from inkstand.wire.models import Poll

SECONDS, UNDER, MORE, LATEST, PICKS, FEWEST, IN_BAND = 3, 2, 4, 8, 4, 2, 7
# Of the newest so many are looked through for those in the reader's language.
NEWEST = 60


@alike
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html", {"view": view(now_of(request), get_language() or "", filters_of(request))})


def view(now: datetime, language: str, filters: Filters = NONE) -> FrontView:
    """Five statements, however many titles and articles there are (six where the paper is empty); three more for a
    reader who hides anything."""
    edition, everywhere = instead.of_hidden((front_page(now, language), front_page(now, EVERY)), now, filters)
    latest, chosen = newest(now, filters), of.picks(now, limit=2 * PICKS, filters=filters)
    filed = {slug: _ids(slots) for slug, slots in edition["sections"].items()}
    ranked, abroad = _ids(edition["top"]), _ids(everywhere["top"])
    wanted = [*ranked, *abroad, *latest, *(one.article for one in chosen)]
    wanted += [pk for ids in filed.values() for pk in ids]
    cards = explained(of.by_id(wanted, now, filters), edition, everywhere)
    if not cards:
        return FrontView(state=why_empty())
    ranked, latest = own(ranked, cards, language), own(latest, cards, language)
    page = arrange(ranked or latest, latest, topped_up(filed, latest, cards), of.picked(chosen, cards), cards)
    foreign = tuple(cards[pk] for pk in abroad if pk in cards and is_foreign(cards[pk].language, language))
    return replace(page, foreign=foreign[:MORE], state=state(page))


def explained(cards: Mapping[int, Card], *editions: Mapping[str, Any]) -> dict[int, Card]:
    """`cards`, each with why: of those that an edition placed by weight, the first edition that has it says so; the
    others are here because they are new."""
    placed = {slot["article"]: slot for edition in reversed(editions) for slot in _slots(edition)}
    new = why_new()
    return {pk: replace(card, why=why(placed[pk]) if pk in placed else new) for pk, card in cards.items()}


def _slots(edition: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return chain(edition["top"], *edition["sections"].values())


def _ids(slots: Iterable[Mapping[str, Any]]) -> list[int]:
    return [slot["article"] for slot in slots]


def topped_up(
    filed: Mapping[str, Sequence[int]], latest: Iterable[int], cards: Mapping[int, Card]
) -> dict[str, list[int]]:
    """Sections with the newest of each behind what the edition put there: a small paper's would be bare without."""
    found = {slug: list(ids) for slug, ids in filed.items()}
    for pk in latest:
        section = section_of(cards[pk].section)
        if section and pk not in found.setdefault(section.slug, []):
            found[section.slug].append(pk)
    return found


def arrange(
    ranked: Sequence[int],
    latest: Sequence[int],
    filed: Mapping[str, Sequence[int]],
    picked: tuple[Card, ...],
    cards: Mapping[int, Card],
) -> FrontView:
    """Every article once, but for `latest`, which is a list of its own; a story that stands at the top nowhere else.
    `ranked` may be the newest where nothing is weighed yet: several of them may tell one story."""
    lead, *rest = _each_story_once(cards[pk] for pk in ranked)
    # Without a picture the lead is short, and words fill the room beneath and beside it.
    seconds_wanted, under_wanted = (SECONDS, UNDER) if lead.shot else (SECONDS + 2, 2 * UNDER)
    seconds, rest = rest[:seconds_wanted], rest[seconds_wanted:]
    # What an editor picked is kept for the picks, unless it stands above them all.
    picks = tuple(card for card in picked if not _has((lead, *seconds), card))[:PICKS]
    rest = [card for card in rest if not _has(picks, card)]
    under, more = tuple(rest[:under_wanted]), rest[under_wanted : under_wanted + MORE]
    if len(more) < MORE - 1:  # too few for a row of their own
        seconds, more = [*seconds, *more], []
    taken = {_told(card) for card in (lead, *seconds)}
    taken |= {card.address for card in (*under, *more, *picks)}
    first, *followers = _each_picture_once([lead, *seconds, *more])
    return FrontView(
        lead=first,
        under=under,
        seconds=tuple(followers[: len(seconds)]),
        more=tuple(followers[len(seconds) :]),
        latest=tuple(cards[pk] for pk in latest if cards[pk] != lead)[:LATEST],
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
        fresh = _each_story_once(cards[pk] for pk in filed.get(section.slug, ()) if pk in cards)
        left = [card for card in fresh if not {_told(card), card.address} & taken]
        if len(left) >= FEWEST:
            # The weightiest leads if it has a picture, else the first that has one; the rest keep their order.
            yield Band(link.name, tuple(sorted(left[:IN_BAND], key=_bare)), link.address)


def newest(now: datetime, filters: Filters = NONE) -> list[int]:
    """Ids of the newest articles. One statement."""
    seen = without(Article.objects.in_the_paper(now), filters)
    return list(seen.newest().values_list("pk", flat=True)[:NEWEST])


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
