"""Editions printed: chosen from the stories of this moment, and written down for good."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from inkstand.articles.models import Article
from inkstand.editions import public
from inkstand.editions.compose import compose
from inkstand.editions.models import Edition, Editions
from inkstand.editions.pool import Admits, Pool, everyone, pool
from inkstand.editions.values import SIZE, Half
from inkstand.ranking.gather import WINDOW

# So long a first edition waits to have the stories it wants: a young paper's first poll may still be coming in.
PATIENCE = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Order:
    """An edition to be printed: whose (None for everyone's), for which hour, and what it is chosen by. `printed` is
    when this reader's earlier editions had an article, `read` what they opened."""

    reader: int | None
    language: str
    country: str
    zone: ZoneInfo
    half: Half
    strikes_at: datetime
    next_at: datetime | None
    size: int = SIZE
    admits: Admits = everyone
    printed: Mapping[int, datetime] = field(default_factory=dict)
    read: Collection[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    story: int
    article: int
    moved: bool


@transaction.atomic
def print_public(now: datetime) -> int:
    """Prints everyone's editions whose hour has struck; how many. Three statements where none is due."""
    struck = public.due(now)
    if not struck:
        return 0
    before = earlier(Edition.objects.public(), now, "language", "country")
    orders = [_public(one, before.get((one.kind.language, one.kind.country), {})) for one in struck]
    return len(print_orders(orders, pool(now)))


def _public(one: public.Struck, printed: Mapping[int, datetime]) -> Order:
    kind = one.kind
    return Order(None, kind.language, kind.country, kind.zone, one.half, one.strikes_at, one.next_at, printed=printed)


def earlier(editions: Editions, now: datetime, *owner: str) -> dict[tuple[object, ...], dict[int, datetime]]:
    """By owner: the hour of the last of their `editions` that had an article and may still be spoken of. One
    statement."""
    spoken_of = editions.filter(made_at__gt=now - WINDOW).order_by("strikes_at")
    found: dict[tuple[object, ...], dict[int, datetime]] = {}
    for struck_at, articles, *whose in spoken_of.values_list("strikes_at", "articles", *owner):
        found.setdefault(tuple(whose), {}).update(dict.fromkeys(articles, struck_at))
    return found


def print_orders(orders: Sequence[Order], stories: Pool) -> list[Edition]:
    """What was made: an edition that is there already stays as it was, one without a story is not made. Two
    statements."""
    chosen = [(order, places) for order in orders if (places := _choose(order, stories))]
    ripe = [(order, places) for order, places in chosen if _is_ripe(order, places, stories.now)]
    revisions = _revisions({place.article for _, places in ripe for place in places})
    drafts = [_edition(order, places, revisions, stories.now) for order, places in ripe]
    return Edition.objects.bulk_create(drafts, ignore_conflicts=True)


def _choose(order: Order, stories: Pool) -> list[Place]:
    stories = stories.until(order.strikes_at)
    choices = stories.choices(order.language, order.country, order.admits)
    chosen = compose(choices, order.size, printed=order.printed, read=order.read)
    return [Place(one.slot.story, stories.article(one, order.language, order.admits), one.moved) for one in chosen]


def _is_ripe(order: Order, places: Sequence[Place], now: datetime) -> bool:
    return len(places) >= order.size or bool(order.printed) or now >= order.strikes_at + PATIENCE


def _revisions(articles: Iterable[int]) -> dict[int, int]:
    return dict(Article.objects.filter(pk__in=articles).values_list("pk", "current_id"))


def _edition(order: Order, places: Sequence[Place], revisions: Mapping[int, int], now: datetime) -> Edition:
    return Edition(
        reader_id=order.reader,
        language=order.language,
        country=order.country,
        day=order.strikes_at.astimezone(order.zone).date(),
        half=order.half,
        zone=order.zone.key,
        strikes_at=order.strikes_at,
        made_at=now,
        next_at=order.next_at,
        size=order.size,
        stories=[place.story for place in places],
        articles=[place.article for place in places],
        revisions=[revisions[place.article] for place in places],
        moved=[place.story for place in places if place.moved],
    )
