"""How many seconds of reading a beat is worth. Pure: the row so far and the beat in, whole seconds out.

Nobody can be credited more than the clock gave them, however many pages they hold open, nor more than a text takes
to read, nor for text that never came into view.
"""

from dataclasses import dataclass
from datetime import datetime

from inkstand.royalties.values import Beat

BEAT_S = 15
"""How often a page beats while it is looked at; a beat is worth this at most."""
SHORTEST_S = 5
"""A beat sooner after the last one is ignored altogether."""
WORDS_A_MINUTE = 200
"""A little slower than most adults read prose (238), so that a careful reader is not cut off."""
WHOLE = 1000
ALL_BUT_SEEN = 900


@dataclass(frozen=True, slots=True)
class SoFar:
    """A reading as counted until now: `seconds`, thousandths of the text `seen`, the text's own time `limit_s`.

    `last_beat` is when this reader's last beat came, of whatever article; at first, when the page was opened.
    """

    seconds: int
    seen: int
    limit_s: int
    last_beat: datetime


@dataclass(frozen=True, slots=True)
class Credit:
    """What a beat changes: seconds to add, thousandths seen from now on."""

    seconds: int
    seen: int


def limit_s(words: int) -> int:
    """How long a text of so many words takes to read, in seconds; a picture with a line under it is one beat."""
    return max(BEAT_S, words * 60 // WORDS_A_MINUTE)


def credit(beat: Beat, so_far: SoFar, now: datetime) -> Credit | None:
    """What `beat` is worth; None where it is to be ignored: not looked at, or too soon after the last."""
    since = int((now - so_far.last_beat).total_seconds())
    if since < SHORTEST_S or not (beat.visible and beat.foreground):
        return None
    seen = max(so_far.seen, thousandths(beat.seen))
    room = so_far.limit_s * seen // WHOLE - so_far.seconds
    return Credit(max(0, min(since, BEAT_S, room)), seen)


def thousandths(share: float) -> int:
    """0 to 1 as 0 to 1000; what is no number, or out of bounds, is brought within."""
    return int(WHOLE * min(1.0, max(0.0, share))) if share == share else 0
