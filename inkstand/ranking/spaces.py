"""The space of taste as it is learned each night and used by every process.

It is learned from the newest articles and from which of them the same readers read; readers who want no For You are
left out. What is kept has no reader in it.
"""

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from inkstand.articles.models import Article
from inkstand.ranking.models import TasteSpace
from inkstand.ranking.profile import Read
from inkstand.ranking.taste import Reader, Space, Texts, learn
from inkstand.reading.models import Preferences
from inkstand.reading.models import Read as Opened

# Articles. The most are 130 MB while they are learned; fewer than the fewest have no directions.
TEXTS, FEWEST = 4_000, 200
READINGS = 200_000
SPAN = timedelta(days=30)
AT_HAND = 6_000  # texts whose points a process remembers
_ARRAYS = ("rarity", "basis", "centre", "turn", "spread")


def learn_space(*, now: datetime) -> int:
    """Learns the space anew; from how many articles. A paper of fewer than FEWEST has none."""
    newest = Article.objects.in_the_paper(now).filter(published_at__gt=now - SPAN, current__isnull=False).newest()
    rows = list(newest.values_list("pk", "current__headline", "current__standfirst")[:TEXTS])
    if len(rows) < FEWEST:
        return 0
    places = {pk: place for place, (pk, *_) in enumerate(rows)}
    space = learn([headline for _, headline, _ in rows], [lead for *_, lead in rows], _histories(places, now))
    made = TasteSpace.objects.create(made_at=now, packed=pack(space))
    TasteSpace.objects.exclude(pk=made.pk).delete()
    return len(rows)


def _histories(places: dict[int, int], now: datetime) -> Iterable[Sequence[int]]:
    off = Preferences.objects.filter(for_you=False).values("reader")
    opened = Opened.objects.filter(last_at__gt=now - SPAN).exclude(reader__in=off).order_by("-last_at")
    histories: dict[int, list[int]] = defaultdict(list)
    for reader, article in opened.values_list("reader", "article")[:READINGS]:
        if article in places:
            histories[reader].append(places[article])
    return histories.values()


def pack(space: Space) -> bytes:
    out = io.BytesIO()
    arrays: dict[str, Any] = {name: np.asarray(getattr(space, name), np.float32) for name in _ARRAYS}
    grams = np.frombuffer(json.dumps(list(space.grams), ensure_ascii=False).encode(), np.uint8)
    np.savez_compressed(out, grams=grams, **arrays)
    return out.getvalue()


def unpack(packed: bytes) -> Space:
    with np.load(io.BytesIO(packed), allow_pickle=False) as kept:
        grams = json.loads(kept["grams"].tobytes().decode())
        return Space({gram: place for place, gram in enumerate(grams)}, *(kept[name] for name in _ARRAYS))


class Held:
    """A space with the points of the texts that were asked for lately."""

    def __init__(self, number: int, space: Space) -> None:
        self.number, self.space = number, space
        # Replaced as one, never changed: another thread may be reading it.
        self._known: tuple[dict[int, int], Texts] = ({}, space.texts([], []))

    def texts(self, articles: Sequence[int]) -> Texts:
        """In the order asked. One statement for those that are not at hand; an article that is gone says nothing."""
        rows, texts = self._known
        wanted = list(dict.fromkeys(articles))
        missing = [pk for pk in wanted if pk not in rows]
        if missing and len(rows) + len(missing) > AT_HAND:
            rows, texts, missing = {}, self.space.texts([], []), wanted
        if missing:
            rows = {**rows, **{pk: len(rows) + place for place, pk in enumerate(missing)}}
            self._known = rows, texts = rows, texts.joined(self._read(missing))
        return texts.take([rows[pk] for pk in articles])

    def _read(self, articles: Sequence[int]) -> Texts:
        said = Article.objects.filter(pk__in=articles, current__isnull=False)
        rows = {pk: text for pk, *text in said.values_list("pk", "current__headline", "current__standfirst")}
        texts = [rows.get(pk, ("", "")) for pk in articles]
        return self.space.texts([headline for headline, _ in texts], [lead for _, lead in texts])

    def reader(self, reads: Sequence[Read]) -> Reader | None:
        """Where a reader stands who read these."""
        if not reads:
            return None
        return self.space.reader(self.texts([read.article for read in reads]), np.array([read.worth for read in reads]))


_held: Held | None = None


def held() -> Held | None:
    """This process's copy of the newest space; None where the paper is too young for one. One statement."""
    global _held
    number = TasteSpace.objects.order_by("-made_at").values_list("pk", flat=True).first()
    if number is None:
        return None
    if _held is None or _held.number != number:
        row = TasteSpace.objects.filter(pk=number).first()
        _held = Held(number, unpack(bytes(row.packed))) if row else None
    return _held
