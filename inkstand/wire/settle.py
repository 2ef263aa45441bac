"""What a batch of answers changes: articles in, and each feed's row as its answer left it; one transaction."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from inkstand.kit import urls
from inkstand.titles.fill import Said, fill, mark_fronts
from inkstand.wire import rows
from inkstand.wire.ask import Asked, failed
from inkstand.wire.errors import FeedUnreadable
from inkstand.wire.feed_errors import IntakeFailed
from inkstand.wire.health import after_answer
from inkstand.wire.hints import max_age_s, retry_after_s
from inkstand.wire.parse import parse
from inkstand.wire.parse.values import Document
from inkstand.wire.rhythm import Hints, arrivals, learn, next_poll, of_last_day
from inkstand.wire.take_in import Source, Taken, take_in
from inkstand.wire.websub import next_poll_beside

# Items a day from which a feed is a newsroom's, not a person's.
NEWSROOM = 5
NOTHING = Taken([], {}, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    asked: int = 0
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def settle(batch: Sequence[Asked], *, now: datetime) -> Tally:
    """Should one document break the intake, the others are settled without it and it is said of that feed alone."""
    read = [_read(asked) for asked in batch]
    try:
        return _settle(read, now)
    except (OperationalError, InterfaceError):  # the database is away, or has no room: nobody's document did that
        raise
    except Exception as error:  # a fault of ours in one document may not stop a thousand feeds
        if len(read) == 1:
            asked = read[0][0]
            broken = failed(asked.due, asked.answer.status, IntakeFailed(url=asked.due.url, reason=repr(error)))
            return _settle([(broken, None)], now)
    return sum((settle([asked], now=now) for asked in batch), Tally())


def _read(asked: Asked) -> tuple[Asked, Document | None]:
    if not asked.body:
        return asked, None
    try:
        kind = asked.headers.get("Content-Type", "")
        return asked, parse(asked.body, content_type=kind, url=asked.url)
    except FeedUnreadable as error:
        return failed(asked.due, asked.answer.status, error, asked.headers), None


@transaction.atomic
def _settle(read: Sequence[tuple[Asked, Document | None]], now: datetime) -> Tally:
    papers = [(_source(asked), document) for asked, document in read if document is not None]
    taken = take_in(papers, now=now) if papers else NOTHING
    fill([_said(asked, document) for asked, document in read if document and asked.due.history.known_since is None])
    rows.hubs_missed([a.due.feed for a, _ in read if not a.pushed and a.due.feed in taken.arrived], now=now)
    rows.rest([(asked.due.feed, _due_at(asked, now)) for asked, _ in read if _rests(asked)], now=now)
    written = [_row(asked, document, taken, now) for asked, document in read if not _rests(asked)]
    rows.write(written, now=now)
    mark_fronts([row.due.feed for row in written if not row.due.is_front and _is_busy(row, now)])
    return Tally(
        asked=len(read),
        unchanged=sum(asked.is_quiet for asked, _ in read),
        failed=sum(not asked.answer.is_well for asked, _ in read),
        new=len(taken.articles),
        changed=taken.revised,
    )


def _rests(asked: Asked) -> bool:
    """Well as before and nothing new: only the times move."""
    return (
        asked.is_quiet
        and not asked.body_hash
        and not asked.answer.hops
        and not asked.due.state.failures
        and not asked.due.state.moves
    )


def _due_at(asked: Asked, now: datetime) -> datetime:
    due = asked.due
    hints = Hints(due.hint_s, max_age_s(asked.headers), retry_after_s(asked.headers, now))
    at = next_poll(due.history, hints, now, is_front=due.is_front, jitter=_jitter())
    return next_poll_beside(due.push, at, now)


def _jitter() -> float:
    return random.random()  # noqa: S311 - spreads polls, guards nothing


def _is_busy(row: rows.Row, now: datetime) -> bool:
    return of_last_day(row.due.history, now) >= NEWSROOM


def _said(asked: Asked, document: Document) -> Said:
    return Said(
        title=asked.due.title,
        home=urls.canonical(document.home)[:2000],
        language=document.language[:20],
        about=document.about[:1000],
        logo=urls.canonical(document.logo)[:2000],
    )


def _source(asked: Asked) -> Source:
    due = asked.due
    return Source(due.feed, due.title, due.section, due.language, due.embargo, due.reads_pages)


def _row(asked: Asked, document: Document | None, taken: Taken, now: datetime) -> rows.Row:
    due = asked.due
    state = after_answer(due.state, asked.answer, now)
    history = due.history
    if document is not None:
        times = taken.arrived.get(due.feed, [])
        history = learn(history, arrivals(times, history.learned_at, now), now)
    every_s = document.every_s if document else due.hint_s
    hints = Hints(every_s, max_age_s(asked.headers), retry_after_s(asked.headers, now))
    next_at = next_poll(history, hints, now, is_front=due.is_front, jitter=_jitter(), failures=state.failures)
    return rows.Row(
        due=replace(due, history=history, state=state, hint_s=every_s),
        due_at=next_poll_beside(due.push, next_at, now),
        asked=asked,
        document=document,
    )
