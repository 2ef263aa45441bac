"""Deeds that choose what comes: follow, mute, block, and the levers of For You."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from inkstand.readers.models import Reader
from inkstand.reading.models import Block, Follow, Lever, Mute, Preferences, Shown


def follow(*, reader: Reader, kind: str, key: str, at: datetime) -> None:
    """Whoever follows a title no longer blocks it."""
    Follow.objects.get_or_create(reader=reader, kind=kind, key=key, defaults={"at": at, "seen_at": at})
    if kind == "title":
        unblock(reader=reader, title=int(key))


def unfollow(*, reader: Reader, kind: str, key: str) -> None:
    Follow.objects.filter(reader=reader, kind=kind, key=key).delete()


def seen(*, reader: Reader, story: int, at: datetime) -> None:
    """The reader looked at a followed story: it has not moved since."""
    Follow.objects.filter(reader=reader, kind="story", key=str(story), seen_at__lt=at).update(seen_at=at)


def mute(*, reader: Reader, word: str, at: datetime) -> None:
    Mute.objects.get_or_create(reader=reader, word=word, defaults={"at": at})


def unmute(*, reader: Reader, word: str) -> None:
    Mute.objects.filter(reader=reader, word=word).delete()


def block(*, reader: Reader, title: int, at: datetime) -> None:
    """Whoever blocks a title no longer follows it."""
    Block.objects.get_or_create(reader=reader, title_id=title, defaults={"at": at})
    unfollow(reader=reader, kind="title", key=str(title))


def unblock(*, reader: Reader, title: int) -> None:
    Block.objects.filter(reader=reader, title=title).delete()


def pull(*, reader: Reader, say: str, kind: str, key: str, at: datetime) -> None:
    """A lever of For You: more, less, never; "again" undoes never."""
    never = Lever.objects.filter(reader=reader, say=Lever.Say.NEVER, kind=kind, key=key)
    if say in ("again", Lever.Say.NEVER):
        never.delete()
    if say != "again":
        Lever.objects.create(reader=reader, say=say, kind=kind, key=key, at=at)


def shown(*, reader: Reader, stories: Iterable[int], at: datetime) -> None:
    """Counts that these stories stood before the reader; not for one who wants no For You."""
    if Preferences.objects.filter(reader=reader, for_you=False).exists():
        return
    wanted = set(stories)
    known = Shown.objects.filter(reader=reader, story__in=wanted)
    fresh = wanted - set(known.values_list("story", flat=True))
    known.update(times=F("times") + 1, last_at=at)
    Shown.objects.bulk_create(Shown(reader=reader, story_id=story, last_at=at) for story in sorted(fresh))
