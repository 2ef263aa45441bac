"""What is known of the stories of the last two days: accounts, placements on newsrooms' fronts, editors' wishes.

Four statements, whatever the number of stories.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from inkstand.articles.live import on_live_page
from inkstand.articles.models import Placements
from inkstand.articles.sections import section_of
from inkstand.desk.models import Pick
from inkstand.ranking.central import Headline, centrality
from inkstand.ranking.keys import subjects
from inkstand.ranking.significance import STATE_WEIGHT, Editors, Evidence, Placement, Voice
from inkstand.ranking.wordings import Wordings

WINDOW = timedelta(hours=48)
# Looks further back than this say nothing more about how long a piece has held its place.
LOOKS = timedelta(hours=6)
DEPTH = 40

_ACCOUNTS = """
    SELECT s.id, s.began_at, s.running_id, c.article_id, a.title_id, t.country, t.funding, a.language, a.section,
        a.published_at, length(r.body) / 6, r.pictures <> '[]'::jsonb, c.copy_of_id IS NOT NULL,
        a.id = ANY(s.original), coalesce(terms.readable, 'members'), coalesce(w.factor, 1.0), r.tags,
        a.url, r.headline, c.fingerprint <> ''
    FROM stories_story s
    JOIN stories_account c ON c.story_id = s.id
    JOIN articles_article a ON a.id = c.article_id
    JOIN articles_revision r ON r.id = a.current_id
    JOIN titles_title t ON t.id = a.title_id
    LEFT JOIN titles_terms terms ON terms.title_id = t.id
    LEFT JOIN ranking_worth w ON w.article_id = a.id
    WHERE s.merged_into_id IS NULL AND s.moved_at > %(since)s AND a.withdrawn_at IS NULL AND a.shown_from <= %(now)s
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One account, with what decides whether a page would choose it. `section` is a slug of ours, "" where none;
    `worth` is what readers left of it; `subjects` are keys of what it is about; `live` says that it is a line of a live
    page; `central` is how far its headline tells what the others tell; `chosen` says that an editor pinned or picked
    this very one."""

    article: int
    title: int
    country: str
    funding: str
    language: str
    section: str
    published: datetime
    words: int
    pictured: bool
    copy: bool
    original: bool
    readable: str
    worth: float = 1.0
    subjects: tuple[str, ...] = ()
    live: bool = False
    central: float = 1.0
    chosen: bool = False

    @property
    def weight(self) -> float:
        return STATE_WEIGHT if self.funding == "state" else 1.0


@dataclass(frozen=True, slots=True)
class Gathered:
    """A story with all that is known of it."""

    story: int
    running: int | None
    accounts: tuple[Told, ...]
    evidence: Evidence
    pick: bool = False
    good_news: bool = False


def gather(now: datetime) -> list[Gathered]:
    stories = _accounts(now)
    fronts = _fronts(now)
    wishes = _wishes(now)
    return [_gathered(*story, fronts, wishes, now) for story in stories]


Story = tuple[int, datetime, int | None, tuple[Told, ...]]


def _accounts(now: datetime) -> list[Story]:
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, {"since": now - WINDOW, "now": now})
        found: dict[int, tuple[datetime, int | None, list[Worded]]] = {}
        for story, began, running, *account, headline, text in cursor.fetchall():
            found.setdefault(story, (began, running, []))[2].append((_told(account), headline, text))
    central = centrality(_headlines(told) for *_, told in found.values())
    return [(story, began, running, _in_order(told, central)) for story, (began, running, told) in found.items()]


def _told(account: Sequence[Any]) -> Told:
    *facts, tags, url = account
    told = Told(*facts)
    filed, about = section_of(told.section), subjects(told.section, tuple(tags))
    return replace(told, section=filed.slug if filed else "", subjects=about, live=on_live_page(url))


# An account, its headline, and whether there was text enough to compare it with others.
Worded = tuple[Told, str, bool]


def _headlines(accounts: Iterable[Worded]) -> list[Headline]:
    return [
        Headline(told.article, told.title, told.language.lower().split("-")[0], headline)
        for told, headline, _ in accounts
    ]


def _in_order(accounts: list[Worded], central: Mapping[int, float]) -> tuple[Told, ...]:
    """By time; without text enough, whoever uses an earlier headline's words prints a copy."""
    accounts.sort(key=lambda account: (account[0].published, account[0].article))
    said, every_text = Wordings(), all(text for _, _, text in accounts)
    again = [not every_text and said.repeats(headline, text=text) for _, headline, text in accounts]
    return tuple(
        replace(told, copy=told.copy or same, central=central.get(told.article, 1.0))
        for (told, _, _), same in zip(accounts, again, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Held:
    """Where a front feed has an article: `position` from 0, without a break since `since`."""

    position: int
    since: datetime


def _fronts(now: datetime) -> dict[int, list[Held]]:
    """By article: its places on the fronts that stand now."""
    looks: dict[int, list[tuple[datetime, list[int]]]] = defaultdict(list)
    fronts = Placements.objects.filter(feed__is_front=True, feed__retired_at=None, seen_at__lte=now)
    rows = fronts.order_by("feed_id", "-seen_at").values_list("feed_id", "seen_at", "articles")
    newest = rows.filter(seen_at__gt=now - WINDOW).distinct("feed_id")
    recent = rows.filter(seen_at__gt=now - LOOKS)
    for feed, seen_at, articles in (*newest, *recent):
        if (seen_at, articles) not in looks[feed]:
            looks[feed].append((seen_at, articles))
    found: dict[int, list[Held]] = defaultdict(list)
    for standing, *before in looks.values():
        for article, place in held(standing, before).items():
            found[article].append(place)
    return found


def held(standing: tuple[datetime, Sequence[int]], before: Iterable[tuple[datetime, Sequence[int]]]) -> dict[int, Held]:
    """Pure. The first DEPTH articles of the newest look; `before` are the looks before it, newest first."""
    seen_at, articles = standing
    since = dict.fromkeys(articles[:DEPTH], seen_at)
    unbroken = set(since)
    for earlier, had in before:
        unbroken &= set(had)
        since.update(dict.fromkeys(unbroken, earlier))
    return {article: Held(position, since[article]) for position, article in enumerate(articles[:DEPTH])}


def _wishes(now: datetime) -> dict[int, set[str]]:
    """What editors want, by article."""
    found: dict[int, set[str]] = defaultdict(set)
    running = Pick.objects.filter(starts_at__lte=now, starts_at__gt=now - WINDOW).exclude(ends_at__lte=now)
    for article, kind in running.values_list("article", "kind"):
        found[article].add(kind)
    return found


def _gathered(
    story: int,
    began: datetime,
    running: int | None,
    accounts: tuple[Told, ...],
    fronts: Mapping[int, list[Held]],
    wishes: Mapping[int, set[str]],
    now: datetime,
) -> Gathered:
    wished = set().union(*(wishes.get(told.article, ()) for told in accounts))
    accounts = tuple(
        replace(told, chosen=True) if _CHOSEN & wishes.get(told.article, set()) else told for told in accounts
    )
    evidence = Evidence(
        began=began,
        voices=tuple(_voice(told) for told in accounts),
        placements=tuple(_placement(told, place, now) for told in accounts for place in fronts.get(told.article, ())),
        editors=_editors(wished),
    )
    return Gathered(story, running, accounts, evidence, Pick.Kind.PICK in wished, Pick.Kind.GOOD in wished)


_CHOSEN = {Pick.Kind.PIN, Pick.Kind.PICK, Pick.Kind.GOOD}


def _editors(wished: set[str]) -> Editors:
    return "buried" if Pick.Kind.BURY in wished else "pinned" if Pick.Kind.PIN in wished else ""


def _voice(told: Told) -> Voice:
    return Voice(
        told.title,
        told.published,
        told.country,
        told.weight,
        copy=told.copy,
        original=told.original,
        words=told.words,
        worth=told.worth,
        live=told.live,
    )


def _placement(told: Told, place: Held, now: datetime) -> Placement:
    # A look is kept only when the order changes: what stands in the newest one stands there still.
    return Placement(told.title, place.position, place.since, now, told.country, told.weight)
