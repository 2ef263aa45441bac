"""What a reader did, carried out exactly once: on the page, by a form, or hours later out of a device's queue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max

from inkstand.articles.models import Article
from inkstand.readers.models import Reader
from inkstand.reading import choosing, marking, noting
from inkstand.reading.actions import Action
from inkstand.reading.models import Done
from inkstand.stories.models import Story
from inkstand.titles.models import Title

# How long an action is remembered as done; one that was done longer ago is not taken any more.
REMEMBERED = timedelta(days=60)

Answer = Literal["done", "already", "overtaken", "unknown", "too-old"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`already`: came before. `overtaken`: the reader did something later that undoes it. `unknown`: there is no such
    article, title or story. In each case a device may strike the action from its queue."""

    id: UUID
    answer: Answer


@transaction.atomic
def carry_out(*, reader: Reader, actions: Iterable[Action], now: datetime) -> list[Outcome]:
    """In the order in which the reader did them. A device's clock may run ahead: nothing is later than `now`."""
    wanted = sorted((replace(one, at=min(one.at, now)) for one in actions), key=lambda one: one.at)
    # One batch of a reader's at a time, so that two tabs that send the same queue do not both find it undone.
    Reader.objects.select_for_update(no_key=True).get(pk=reader.pk)
    before = _done(reader, wanted)
    latest, known = _latest(reader, wanted), _known(wanted)
    outcomes: list[Outcome] = []
    fresh: list[Done] = []
    for one in wanted:
        answer = decide(one, before, latest, known, now)
        outcomes.append(Outcome(one.id, answer))
        if answer == "done":
            DEEDS[one.do](reader, one)
            before.add(one.id)
            latest[one.subject] = one.at
            fresh.append(Done(reader=reader, action=one.id, subject=one.subject, at=one.at))
    Done.objects.bulk_create(fresh)
    return outcomes


def decide(
    one: Action, before: set[UUID], latest: Mapping[str, datetime], known: Mapping[str, set[int]], now: datetime
) -> Answer:
    """`before`: ids done. `latest`: by subject, when the last action on it was done. `known`: ids there are."""
    if one.id in before:
        return "already"
    if one.at < now - REMEMBERED:
        return "too-old"
    if any(pk not in known[name] for name, pk in _pointed(one)):
        return "unknown"
    return "overtaken" if one.subject and latest.get(one.subject, one.at) > one.at else "done"


def _done(reader: Reader, wanted: Iterable[Action]) -> set[UUID]:
    found = Done.objects.filter(reader=reader, action__in=[one.id for one in wanted])
    return set(found.values_list("action", flat=True))


def _latest(reader: Reader, wanted: Iterable[Action]) -> dict[str, datetime]:
    subjects = {one.subject for one in wanted} - {""}
    rows = Done.objects.filter(reader=reader, subject__in=subjects) if subjects else Done.objects.none()
    return dict(rows.values_list("subject").annotate(last=Max("at")))


_TABLES: dict[str, type[models.Model]] = {"article": Article, "title": Title, "story": Story}


def _known(wanted: Iterable[Action]) -> dict[str, set[int]]:
    """Of the ids that actions name, those there are. One statement for each kind that is named."""
    named: dict[str, set[int]] = {name: set() for name in _TABLES}
    for one in wanted:
        for name, pk in _pointed(one):
            named[name].add(pk)
    return {name: _existing(_TABLES[name], ids) for name, ids in named.items()}


def _existing(table: type[models.Model], ids: set[int]) -> set[int]:
    rows = table._default_manager.filter(pk__in=ids) if ids else table._default_manager.none()
    return set(rows.values_list("pk", flat=True))


def _pointed(one: Action) -> list[tuple[str, int]]:
    """What an action needs to be there. What only takes something away, or counts what was shown, needs nothing."""
    if one.do in ("read", "save", "highlight"):
        return [("article", one.article)]
    if one.do == "block":
        return [("title", one.title)]
    if one.do == "shown":
        return [("story", story) for story in one.stories]
    return [(one.kind, int(one.key))] if one.do == "follow" and one.kind in ("title", "story") else []


Deed = Callable[[Reader, Action], None]
DEEDS: dict[str, Deed] = {
    "read": lambda who, a: marking.read(
        reader=who, article=a.article, revision=a.revision, progress=a.progress, at=a.at
    ),
    "forget": lambda who, a: marking.forget(reader=who, article=a.article, at=a.at),
    "forget-all": lambda who, a: marking.forget_all(reader=who, at=a.at),
    "save": lambda who, a: marking.save(reader=who, article=a.article, at=a.at),
    "unsave": lambda who, a: marking.unsave(reader=who, article=a.article),
    "follow": lambda who, a: choosing.follow(reader=who, kind=a.kind, key=a.key, at=a.at),
    "unfollow": lambda who, a: choosing.unfollow(reader=who, kind=a.kind, key=a.key),
    "mute": lambda who, a: choosing.mute(reader=who, word=a.word, at=a.at),
    "unmute": lambda who, a: choosing.unmute(reader=who, word=a.word),
    "block": lambda who, a: choosing.block(reader=who, title=a.title, at=a.at),
    "unblock": lambda who, a: choosing.unblock(reader=who, title=a.title),
    "highlight": lambda who, a: noting.highlight(
        reader=who,
        key=UUID(a.key),
        article=a.article,
        revision=a.revision,
        quote=a.quote,
        start=a.start,
        end=a.end,
        note=a.note,
        at=a.at,
    ),
    "note": lambda who, a: noting.note(reader=who, key=UUID(a.key), note=a.note),
    "unhighlight": lambda who, a: noting.unhighlight(reader=who, key=UUID(a.key)),
    "more": lambda who, a: choosing.pull(reader=who, say=a.do, kind=a.kind, key=a.key, at=a.at),
    "less": lambda who, a: choosing.pull(reader=who, say=a.do, kind=a.kind, key=a.key, at=a.at),
    "never": lambda who, a: choosing.pull(reader=who, say=a.do, kind=a.kind, key=a.key, at=a.at),
    "again": lambda who, a: choosing.pull(reader=who, say=a.do, kind=a.kind, key=a.key, at=a.at),
    "seen": lambda who, a: choosing.seen(reader=who, story=a.story, at=a.at),
    "shown": lambda who, a: choosing.shown(reader=who, stories=a.stories, at=a.at),
}
