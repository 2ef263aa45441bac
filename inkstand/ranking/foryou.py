"""One reader's order of today's stories, from what that reader read, followed, muted and was shown.

A reader of whom nothing is known gets the front page; every read draws the order a little nearer to the reader. The
weights of what is learned lie in `foryou_weights.json`, made by `python -m inkstand.ops.train.foryou`.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from math import log1p, tanh

import numpy as np

from inkstand.ranking.profile import Profile
from inkstand.ranking.reasons import Reason
from inkstand.ranking.taste import Floats, Reader, Space, Texts

SURPRISE_SHARE = 0.2  # of the list; away from what the reader usually reads
ACQUAINTED = 3.0  # reads after which what is learned of a reader has half its weight
LIKES_WEIGHT = 0.6  # of a topic, section or title the reader keeps opening; its points are bounded by tanh
LIKES_SCALE = 4.0
FOLLOW_POINTS = 1.5
SEEN_POINTS = -0.25  # for each time it was shown and passed over
SEEN_MOST = 4
PERSONAL = ("taste", "words", "likes", "follows")  # the parts that are the reader's own
NO_LEVERS = ("story:", "search:")  # of one story there is no more; of a search there is no less
TELLING = 0.1  # a part smaller than this is no reason worth saying
OPENS_PRIOR = 1.0  # opens that every story is granted, so that the first readers decide nothing


@dataclass(frozen=True, slots=True)
class Offer:
    """A story that may be shown. `weight` is its significance. `keys` are what a reader may like, follow or mute of
    it: "title:7", "section:world", "topic:rivers". `opened` is how often one's own readers opened it, `expected` how
    often they would have, had they opened every story shown beside it alike. `accounts` are the articles that may
    stand for it and their titles, the best first; the title among `keys` is that of the first. `titles` is how many
    tell it at all.
    """

    story: int
    weight: float
    began: datetime
    keys: tuple[str, ...] = ()
    opened: float = 0.0
    expected: float = 0.0
    accounts: tuple[tuple[int, int], ...] = ()
    titles: int = 1

    @property
    def article(self) -> int:
        return self.accounts[0][0] if self.accounts else 0


@dataclass(frozen=True, slots=True)
class Scored:
    """`value` is the sum of `parts`: log-odds, but for the front page's own."""

    offer: Offer
    value: float
    parts: Mapping[str, float]

    def personal(self) -> float:
        return sum(self.parts.get(name, 0.0) for name in PERSONAL)


@dataclass(frozen=True, slots=True)
class Card:
    """One place of the list. `surprise` says that it is here because it is not like the rest. The reader may act on
    each of `levers`: more, less, follow, never again."""

    story: int
    reasons: tuple[Reason, ...]
    levers: tuple[str, ...]
    surprise: bool = False
    article: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """Today's offers with all that does not depend on the reader, worked out once for everybody. `common` is the share
    of the offers that have a key: what all have says nothing of what a reader likes."""

    offers: tuple[Offer, ...]
    common: Mapping[str, float]
    front: Floats
    popular: Floats
    fresh: Floats
    texts: Texts | None = None
    space: Space | None = None


def shelf(offers: Sequence[Offer], now: datetime, *, texts: Texts | None = None, space: Space | None = None) -> Shelf:
    """`texts` are the offers' in `space`, in the same order; both absent on a paper too young to have a space."""
    keys = Counter(key for offer in offers for key in offer.keys)
    return Shelf(
        tuple(offers),
        {key: count / len(offers) for key, count in keys.items()},
        np.array([log1p(max(0.0, offer.weight)) for offer in offers]),
        np.log([(offer.opened + OPENS_PRIOR) / (offer.expected + OPENS_PRIOR) for offer in offers]),
        np.array([-log1p(max(0.0, (now - offer.began) / timedelta(hours=1))) for offer in offers]),
        texts,
        space,
    )


@cache
def weights() -> Mapping[str, float]:
    """What each learned part weighs, in log-odds of being opened for one unit of it."""
    loaded: dict[str, float] = json.loads(files(__package__).joinpath("foryou_weights.json").read_text("utf-8"))
    return loaded


def features(shelf: Shelf, reader: Reader | None) -> dict[str, Floats]:
    """The learned parts before they are weighed, one number an offer."""
    nothing: Floats = np.zeros(len(shelf.offers))
    if not (shelf.texts and shelf.space and reader):
        near, words = nothing, nothing
    else:
        near, words = shelf.space.liking(reader, shelf.texts), shelf.texts.wordings.against(reader.words)
    return {"taste": near, "words": words, "popular": shelf.popular, "fresh": shelf.fresh}


def score(profile: Profile, shelf: Shelf, reader: Reader | None = None) -> list[Scored]:
    """Every offer that the reader neither read nor muted, the best first, and of equals the one that lies first.
    `reader` is the point of the profile's reads in the shelf's space. Off, or with nothing known, the order is the
    front page's."""
    shelf = replace(shelf, offers=told(profile, shelf.offers))
    parts = _parts(profile, shelf, reader) if profile.on else {"front": shelf.front}
    table = np.array(list(parts.values()))
    values = table.sum(axis=0).tolist()
    rows = table.T.tolist()
    offers, shut, read = shelf.offers, profile.shut, {known.story for known in profile.reads}
    kept = [n for n, offer in enumerate(offers) if offer.story not in read and shut.isdisjoint(offer.keys)]
    kept.sort(key=lambda n: -values[n])
    return [Scored(offers[n], values[n], dict(zip(parts, rows[n], strict=True))) for n in kept]


def told(profile: Profile, offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """The offers with the account this reader is to get: a followed title's, else the best of one not muted."""
    choosy = any(key.startswith("title:") for key in profile.followed | profile.shut)
    return tuple(_told(profile.followed, profile.shut, offer) for offer in offers) if choosy else offers


def _told(followed: frozenset[str], shut: frozenset[str], offer: Offer) -> Offer:
    wanted = [one for one in offer.accounts if f"title:{one[1]}" not in shut]
    if not wanted:
        return offer
    wanted.sort(key=lambda one: f"title:{one[1]}" not in followed)
    return replace(offer, keys=(f"title:{wanted[0][1]}", *offer.keys[1:]), accounts=tuple(wanted))


def _parts(profile: Profile, shelf: Shelf, reader: Reader | None) -> dict[str, Floats]:
    read = sum(known.worth for known in profile.reads)
    acquainted = read / (read + ACQUAINTED)
    learned = {name: acquainted * weights()[name] * part for name, part in features(shelf, reader).items()}
    liked = {
        key: LIKES_WEIGHT * tanh(points / LIKES_SCALE) * (1 - shelf.common.get(key, 0.0))
        for key, points in profile.likes.items()
    }
    offers = shelf.offers
    return {
        "front": shelf.front,
        **learned,
        "likes": np.array([sum(liked.get(key, 0.0) for key in offer.keys) for offer in offers]),
        "follows": FOLLOW_POINTS * np.array([not profile.followed.isdisjoint(offer.keys) for offer in offers]),
        "seen": SEEN_POINTS * np.array([min(SEEN_MOST, profile.shown.get(offer.story, 0)) for offer in offers]),
    }


def arrange(profile: Profile, scored: Sequence[Scored], places: int, *, share: float = SURPRISE_SHARE) -> list[Card]:
    """The list as shown: the best, and for a fixed share of the places, evenly spread, the weightiest stories among the
    half that is least like the reader. To a reader of whom nothing is known all is new: he gets the front page."""
    acquainted = profile.on and any(one.personal() for one in scored)
    places = min(places, len(scored))
    surprises = _surprises(scored, round(places * share)) if acquainted else []
    taken = {one.offer.story for one in surprises}
    best = [one for one in scored if one.offer.story not in taken][: places - len(surprises)]
    cards = [_card(one, tuple(_why(profile, one))) for one in best]
    every = places // max(1, len(surprises))
    for n, one in enumerate(surprises, 1):
        cards.insert(every * n - 1, _card(one, (Reason("surprise"),), surprise=True))
    return cards


def _surprises(scored: Sequence[Scored], most: int) -> list[Scored]:
    unlike = sorted(scored, key=Scored.personal)[: len(scored) // 2]
    return sorted(unlike, key=lambda one: -one.parts["front"])[:most]


def _card(one: Scored, reasons: tuple[Reason, ...], *, surprise: bool = False) -> Card:
    levers = tuple(key for key in one.offer.keys if not key.startswith(NO_LEVERS))
    return Card(one.offer.story, reasons, levers, surprise, one.offer.article)


def _why(profile: Profile, one: Scored) -> Iterator[Reason]:
    """What of it is the reader's own, the strongest first; then that it is news at all; then what else lifted it."""
    if not profile.on:
        yield Reason("off")
        return
    parts = one.parts
    lifted = sorted((n for n in parts if n != "front" and parts[n] > TELLING), key=lambda n: -parts[n])
    for name in (name for name in lifted if name in PERSONAL):
        yield Reason(name, facts={"keys": _keys_behind(profile, one.offer, name)})
    yield Reason("front", one.offer.titles, {"titles": one.offer.titles})
    yield from (Reason(name) for name in lifted if name not in PERSONAL)


def _keys_behind(profile: Profile, offer: Offer, part: str) -> tuple[str, ...]:
    """The keys of a part that has any; a page puts names to them."""
    if part == "follows":
        return tuple(key for key in offer.keys if key in profile.followed)
    return tuple(key for key in offer.keys if profile.likes.get(key, 0.0) > 0) if part == "likes" else ()
