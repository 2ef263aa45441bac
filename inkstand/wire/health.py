"""How a feed is faring, after each answer. Pure: an answer and a state in, the next state out.

A feed is never deleted. One that says it is gone (410) is retired, one that has failed for a month is flagged for a
person to look at, and one that has moved for good is asked at its new address.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from inkstand.kit.http import Hop

FLAG_AFTER = timedelta(days=30)
# One permanent redirect may be a slip, or a hotel's sign-in page.
MOVES_NEEDED = 3

_WELL = frozenset({200, 203, 226, 304})
_PERMANENT = frozenset({301, 308})
_GONE = 410


@dataclass(frozen=True, slots=True)
class FeedState:
    """`failures` in a row since `failing_since`; `moves` permanent redirects in a row to `moved_to`."""

    failures: int = 0
    failing_since: datetime | None = None
    flagged_at: datetime | None = None
    moves: int = 0
    moved_to: str = ""
    retired_at: datetime | None = None

    @property
    def has_moved(self) -> bool:
        """Whether `moved_to` is now the feed's address. An answer from there puts `moves` and `moved_to` back."""
        return self.moves >= MOVES_NEEDED


@dataclass(frozen=True, slots=True)
class Answer:
    """What a poll met: the status, None where none came; `trouble` is an error's code, "" where all was read."""

    status: int | None
    trouble: str = ""
    hops: tuple[Hop, ...] = ()

    @property
    def is_well(self) -> bool:
        return self.status in _WELL and not self.trouble


def after_answer(state: FeedState, answer: Answer, now: datetime) -> FeedState:
    if answer.status == _GONE:
        return replace(state, retired_at=state.retired_at or now)
    return _recovered(state, answer) if answer.is_well else _failed(state, now)


def _recovered(state: FeedState, answer: Answer) -> FeedState:
    """Only an address that led to a feed counts as a move."""
    to = permanent_address(answer.hops)
    moves = 0 if not to else state.moves + 1 if to == state.moved_to else 1
    # A feed may never get to its new address, where another feed has it: the count stops, or outgrows its column.
    return FeedState(moves=min(moves, MOVES_NEEDED), moved_to=to, retired_at=state.retired_at)


def _failed(state: FeedState, now: datetime) -> FeedState:
    since = state.failing_since or now
    flagged = state.flagged_at or (now if now - since >= FLAG_AFTER else None)
    return replace(state, failures=state.failures + 1, failing_since=since, flagged_at=flagged)


def permanent_address(hops: tuple[Hop, ...]) -> str:
    """Where the unbroken run of permanent redirects at the beginning leads; "" where the first is not permanent."""
    to = ""
    for hop in hops:
        if hop.status not in _PERMANENT:
            break
        to = hop.url
    return to
