"""Errands made because something happened: breaking news, and followed stories that moved. Once each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from inkstand.editions import watch
from inkstand.editions.models import Edition, Errand
from inkstand.editions.pool import Admits, Pool, admits, pool, sieves
from inkstand.editions.timetable import zone_of
from inkstand.editions.watch import Big, Watcher
from inkstand.ranking.gather import WINDOW
from inkstand.ranking.page import EVERY, best_first, main
from inkstand.reading import many

# Told later than this it would be no news.
BREAKING_LASTS, MOVED_LASTS = timedelta(hours=1), timedelta(hours=6)

# Whoever asked in so many words: a bar for breaking news, or a followed story; and has a browser that is to tell them.
_WATCHERS = """
    SELECT r.id, coalesce(p.time_zone, ''), coalesce(p.quiet_from, '22:00'), coalesce(p.quiet_until, '07:00'),
        p.push_bar, coalesce(p.push_most, 0), coalesce(p.language, ''),
        follows.stories, follows.looked
    FROM readers_reader r
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(coalesce(s.merged_into_id, s.id)), '{}') AS stories,
            coalesce(array_agg(f.seen_at), '{}') AS looked
        FROM reading_follow f
        JOIN stories_story s ON s.id = CASE WHEN f.kind = 'story' THEN f.key::bigint END
        WHERE f.reader_id = r.id AND f.kind = 'story'
    ) AS follows
    LEFT JOIN reading_preferences p ON p.reader_id = r.id
    WHERE r.is_active AND EXISTS (SELECT FROM editions_subscription b WHERE b.reader_id = r.id)
        AND (p.push_bar IS NOT NULL OR follows.stories <> '{}')
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one reader wants to be told of. `follows`: stories, and when they last looked at each."""

    watcher: Watcher
    language: str
    follows: tuple[tuple[int, datetime], ...]


def alert(now: datetime) -> int:
    """Makes the errands; how many. One statement where nobody asked, ten else, whatever the number of readers."""
    asked = {one.watcher.reader: one for one in watchers()}
    awake = {reader: one for reader, one in asked.items() if not watch.is_quiet(one.watcher, now)}
    return _alert(awake, pool(now), now) if awake else 0


def watchers() -> list[Asked]:
    with connection.cursor() as cursor:
        cursor.execute(_WATCHERS)
        return [_asked(*row) for row in cursor.fetchall()]


def _asked(
    reader: int,
    zone: str,
    start: time,
    end: time,
    bar: float | None,
    most: int,
    language: str,
    stories: Sequence[int],
    looked: Sequence[datetime],
) -> Asked:
    watcher = Watcher(reader, zone_of(zone), (start, end), bar, most)
    return Asked(watcher, main(language or settings.LANGUAGE_CODE), tuple(zip(stories, looked, strict=True)))


@transaction.atomic
def _alert(asked: Mapping[int, Asked], stories: Pool, now: datetime) -> int:
    filters = sieves(asked, now)
    known, today, last = _told_before(asked, stories, now)
    bigs = _bigs(stories)
    errands: list[Errand] = []
    for reader, one in asked.items():
        lets = admits(filters[reader], stories)
        for big in watch.breaking(bigs, one.watcher, known[reader], today[reader], now):
            errands += _errand(reader, Errand.Kind.BREAKING, big.story, one.language, lets, stories, now)
        for story, looked in one.follows:
            if _has_moved(story, looked, last.get((reader, story)), one.watcher, stories, now):
                errands += _errand(reader, Errand.Kind.MOVED, story, one.language, lets, stories, now)
    return len(Errand.objects.bulk_create(_each_story_once(errands), ignore_conflicts=True))


def _each_story_once(errands: Iterable[Errand]) -> list[Errand]:
    """What is breaking news and followed at once is told as breaking news."""
    return list({(errand.reader_id, errand.story): errand for errand in reversed(list(errands))}.values())


def _bigs(stories: Pool) -> list[Big]:
    return [
        Big(
            pk,
            score.value - score.parts.get("editors", 0.0),
            stories.stories[pk].evidence.began,
            frozenset(told.article for told in stories.stories[pk].accounts),
        )
        for pk, score in stories.scores.items()
        if score.value > 0
    ]


Known = tuple[dict[int, set[int]], dict[int, int], dict[tuple[int, int], datetime]]


def _told_before(asked: Mapping[int, Asked], stories: Pool, now: datetime) -> Known:
    """By reader: articles of stories they were told of, read, or had in an edition; how many breaking news today; and
    by reader and story when they were last told that it moved. Three statements."""
    known, today, last = many.opened(asked, now - WINDOW), defaultdict[int, int](int), dict[tuple[int, int], datetime]()
    known = defaultdict(set, known)
    for reader, articles in Edition.objects.filter(reader__in=asked, made_at__gt=now - WINDOW).values_list(
        "reader", "articles"
    ):
        known[reader].update(articles)
    rows = Errand.objects.filter(~Q(kind=Errand.Kind.EDITION), reader__in=asked, made_at__gt=now - WINDOW)
    for reader, kind, story, article, made_at in rows.order_by("made_at").values_list(
        "reader", "kind", "story", "article", "made_at"
    ):
        if kind == Errand.Kind.BREAKING:
            known[reader].add(article or 0)
            today[reader] += made_at >= watch.midnight(asked[reader].watcher.zone, now)
        else:
            last[reader, story or 0] = made_at
    return known, today, last


def _has_moved(
    story: int, looked: datetime, last: datetime | None, watcher: Watcher, stories: Pool, now: datetime
) -> bool:
    """The story itself, or another event of the running story it belongs to."""
    here = stories.stories.get(story)
    if here is None:
        return False
    following = [one for one in stories.stories.values() if here.running and one.running == here.running]
    told = [account.published for one in {here.story: here, **{o.story: o for o in following}}.values()
            for account in one.accounts if not account.copy]  # fmt: skip
    return watch.moved_enough(told, looked, last, watcher, now)


def _errand(
    reader: int, kind: Errand.Kind, story: int, language: str, lets: Admits, stories: Pool, now: datetime
) -> Sequence[Errand]:
    """None where the reader has blocked everyone who tells it."""
    accounts = lets(stories.stories[story].accounts)
    best = best_first(accounts, language) or best_first(accounts, EVERY)
    lasts = BREAKING_LASTS if kind == Errand.Kind.BREAKING else MOVED_LASTS
    return [
        Errand(
            reader_id=reader,
            way=Errand.Way.PUSH,
            kind=kind,
            story=story,
            article=told.article,
            made_at=now,
            until=now + lasts,
            next_at=now,
        )
        for told in best[:1]
    ]
