"""Finds: the newest matches, and of these the best first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from inkstand.articles.models import Article
from inkstand.reading.filters import NONE, Filters, without
from inkstand.search import ask, order
from inkstand.search.bounded import bounded
from inkstand.search.meant import meant
from inkstand.search.newest import BEGINNING, Batch, Sought, newest
from inkstand.search.values import Found, Mark, Match, Place, Query

# Fewer than these, and the reader may have mistyped a name.
FEW = 3
# Batches to go on by where a reader hides all of one.
_HIDDEN = 5
_LAST_ID = 2**62
_FACETS = ("title", "language", "section", "country")


def find(
    query: Query,
    *,
    whole: bool,
    now: datetime,
    after: Mark | None = None,
    filters: Filters = NONE,
    newest_first: bool = False,
) -> Found:
    """A page of what matches and is not hidden, the best first. `whole`: this reader may open members' texts, and so
    may search in them. `newest_first`: however well the words fit, as on the page of a topic.
    """
    words, wanted = ask.clean(query.words), _Wanted(query, whole, now, after, filters, newest_first)
    with bounded():
        found = _find(words, wanted)
        if words and after is None and len(found.matches) < FEW and (mended := meant(words)) != words:
            again = _find(mended, wanted)
            if len(again.matches) > len(found.matches):
                return replace(again, meant=mended)
        return found


@dataclass(frozen=True, slots=True)
class _Wanted:
    query: Query
    whole: bool
    now: datetime
    after: Mark | None
    filters: Filters
    newest_first: bool


def _find(words: str, wanted: _Wanted) -> Found:
    asked = ask.read(words)
    if words and not asked.any:
        return Found()
    until, since = bounds(wanted.query, wanted.after, wanted.now)
    rank = "" if wanted.newest_first else asked.any
    sought = Sought(ask.matching(asked, wanted.query, whole=wanted.whole), rank, until, since, wanted.now)
    seen = _seen(newest(sought), wanted.filters)
    for _ in range(_HIDDEN):
        if seen.matches or seen.bottom is None:
            break
        sought = replace(sought, until=seen.bottom.before)
        seen = _seen(newest(sought), wanted.filters)
    return _page(seen, sought, wanted.after)


def _seen(batch: Batch, filters: Filters) -> Batch:
    """The batch without what the reader hides, so that no count nor facet tells of it. One statement if they do."""
    if not filters:
        return batch
    found = Article.objects.filter(pk__in=[match.place.article for match in batch.matches])
    kept = set(without(found, filters).values_list("pk", flat=True))
    return replace(batch, matches=[match for match in batch.matches if match.place.article in kept])


def _page(batch: Batch, sought: Sought, after: Mark | None) -> Found:
    within = after is not None and after.score is not None
    top = sought.until if within else max((match.place for match in batch.matches), default=sought.until)
    ordered = order.ranked(batch.matches, top.published_at)
    shown, onward = order.page(ordered, after, batch.bottom)
    return Found(
        matches=tuple(shown),
        count=None if batch.bottom or after else len(ordered),
        facets=_facets(ordered),
        after=onward,
        cut_short=batch.cut_short,
        tsquery=sought.rank,
    )


def bounds(query: Query, after: Mark | None, now: datetime) -> tuple[Place, datetime]:
    """(the place that nothing found is above, the time that nothing found is before). Days are those of UTC."""
    until = [Place(now, _LAST_ID)]
    if query.until:
        until.append(Place(datetime.combine(query.until, time.max, UTC), _LAST_ID))
    if after:
        until.append(after.top if after.score is not None else after.top.before)
    since = datetime.combine(query.since, time.min, UTC) if query.since else BEGINNING
    return min(until), max(since, BEGINNING)


def _facets(matches: Sequence[Match]) -> Mapping[str, Mapping[object, int]]:
    """How many of the matches are of each title, language, section, country, topic: the most first."""
    counts = {name: Counter(value for match in matches if (value := getattr(match, name))) for name in _FACETS}
    counts["topic"] = Counter(topic for match in matches for topic in match.topics)
    return {name: dict(counter.most_common()) for name, counter in counts.items()}
