"""The live window of this process, kept in step with the database.

Placing is one at a time in the whole paper, so whoever takes the window first catches up with what others placed
since, by the accounts' numbers. It is put back when the rows it speaks of are committed: after a deed that failed or
was rolled back there is none, and after a second look by another process there is one that cannot catch up; then it is
rebuilt from the rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import connection, transaction

from inkstand.stories.features import Features, unpack
from inkstand.stories.furniture import Furniture
from inkstand.stories.models import Account, Shift
from inkstand.stories.placing import CAPACITY, Placing

# Older articles draw no new ones to them; a paper with fewer than CAPACITY in this time holds all of it.
SPAN = timedelta(days=60)
# What was told so lately may not have been looked at again before a restart: it is looked at once more.
UNSEEN = timedelta(hours=3)
_LOCK = 0x73746F  # "sto"
_ROWS = """
    SELECT c.id, c.article_id, c.features, extract(epoch FROM c.published_at)::float8, c.story_id, s.running_id
    FROM stories_account c JOIN stories_story s ON s.id = c.story_id
"""


@dataclass(slots=True)
class Standing:
    """`seen` is the number of the last account in the window, `shifts` that of the last second look; `articles` says
    which article a row of the window is."""

    placing: Placing = field(default_factory=Placing)
    articles: dict[int, int] = field(default_factory=dict)
    furniture: Furniture = field(default_factory=Furniture)
    seen: int = 0
    shifts: int = 0

    def add(self, article: int, features: Features, *, at: float, story: int, of: int) -> None:
        self.placing.add(features, at=at, story=story, of=of)
        self.articles[self.placing.window.stories[story][-1]] = article


_kept: Standing | None = None


def take(now: datetime) -> Standing:
    """This process's window as the database stands, the whole paper's placing locked until the transaction ends."""
    global _kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    known, _kept = _kept, None
    if known is None or not _can_catch_up(known):
        return _rebuilt(now)
    _fill(known, _rows("WHERE c.id > %s ORDER BY c.id", [known.seen]))
    return known


def put_back(window: Standing) -> None:
    """Keeps what was taken for the next to take, once it is true."""
    transaction.on_commit(partial(_keep, window))


def _keep(window: Standing | None) -> None:
    global _kept
    _kept = window


def forget() -> None:
    _keep(None)


def _can_catch_up(known: Standing) -> bool:
    """Nothing that the window holds has been changed since by somebody else."""
    last = Shift.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return last == known.shifts and (not known.seen or Account.objects.filter(pk=known.seen).exists())


def _rebuilt(now: datetime) -> Standing:
    made = Standing(shifts=Shift.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)
    newest = _rows("WHERE c.published_at > %s ORDER BY c.id DESC LIMIT %s", [now - SPAN, CAPACITY])
    _fill(made, reversed(list(newest)))
    rows, stories = made.placing.window.rows, made.placing.window.stories
    fresh = (now - UNSEEN).timestamp()
    made.placing.touched = {story for story in made.placing.touched if rows.at[stories[story][-1]] > fresh}
    return made


def _rows(which: str, parameters: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS + which, parameters)
        yield from cursor.fetchall()


def _fill(standing: Standing, rows: Iterator[tuple[Any, ...]]) -> None:
    for number, article, features, at, story, running in rows:
        standing.add(article, unpack(bytes(features)), at=at, story=story, of=running)
        standing.seen = number
