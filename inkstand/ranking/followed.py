"""Which of today's stories are of what a reader follows, where no publisher's keyword says so: a story is one that is
followed, or an article of it is found by the name of a person or a place, or by a followed search."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from inkstand.ranking.foryou import Offer
from inkstand.ranking.keys import key, parted
from inkstand.search.find import find
from inkstand.search.subjects import subject

SOUGHT = frozenset({"person", "place", "search"})
# A search each: of a reader who follows more, the rest is known by keywords alone.
MOST = 15
# Older stories stand in no offer.
DAYS = timedelta(days=3)


def marked(offers: Sequence[Offer], followed: Iterable[str], now: datetime) -> tuple[Offer, ...]:
    """The offers, each with the followed keys that it has besides its own. A few statements for each that is sought."""
    asked = sorted(one for one in followed if parted(one)[0] in SOUGHT)[:MOST]
    stories = {one for one in followed if parted(one)[0] == "story"}
    if not asked and not stories:
        return tuple(offers)
    found: defaultdict[int, set[str]] = defaultdict(set)
    for one in asked:
        for article in _articles(one, now):
            found[article].add(one)
    return tuple(_with(offer, stories, found) for offer in offers)


def _with(offer: Offer, stories: Iterable[str], found: defaultdict[int, set[str]]) -> Offer:
    more = {one for article, _ in offer.accounts for one in found.get(article, ())}
    more |= {key("story", offer.story)}.intersection(stories)
    return replace(offer, keys=(*offer.keys, *sorted(more.difference(offer.keys)))) if more else offer


def _articles(followed: str, now: datetime) -> list[int]:
    wanted = subject(*parted(followed))
    if wanted is None:
        return []
    since = max(filter(None, [wanted.query.since, (now - DAYS).date()]))
    # As a visitor: what stands behind the wall is no reason to show a story.
    found = find(replace(wanted.query, since=since), whole=False, now=now, newest_first=True)
    return [match.place.article for match in found.matches]
