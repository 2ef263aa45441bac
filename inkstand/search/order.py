"""Which match stands before which, and where a page of them begins and ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from inkstand.search.values import Mark, Match, Place

SIZE = 25
# A match a week older than the newest must fit twice as well.
_WEEK_S = timedelta(days=7).total_seconds()
# Where only filters were asked for, nothing fits better than anything else.
_LEAST = 1e-6


def ranked(matches: Sequence[Match], newest: datetime) -> list[Match]:
    """Best first. Age counts from the newest of them, not from now, so that turning the page later moves nothing."""
    return sorted((scored(match, newest) for match in matches), key=_order)


def scored(match: Match, newest: datetime) -> Match:
    age_s = (newest - match.place.published_at).total_seconds()
    return replace(match, score=max(match.rank, _LEAST) / (1 + age_s / _WEEK_S))


def page(ordered: Sequence[Match], after: Mark | None, bottom: Place | None) -> tuple[list[Match], Mark | None]:
    """The page that begins after the mark, and the mark of the next. `bottom`: below it there is another batch."""
    within = after if after and after.score is not None else None
    rest = [match for match in ordered if within is None or _order(match) > (-(within.score or 0), -within.article)]
    shown = rest[:SIZE]
    places = [match.place for match in ordered]
    if len(rest) > SIZE:
        return shown, Mark(within.top if within else max(places), shown[-1].score, shown[-1].place.article)
    return shown, Mark(bottom) if bottom else None


def _order(match: Match) -> tuple[float, int]:
    return -match.score, -match.place.article
