"""A reader's rows as For You wants them. Five statements, whatever the reader did."""

from collections.abc import Iterator

from inkstand.ranking.keys import key, narrow, subjects
from inkstand.ranking.models import Forgotten
from inkstand.ranking.profile import READS, Known, Pull, Read
from inkstand.reading.mine import Mine
from inkstand.reading.models import Lever

_READ = (
    "article",
    "article__account__story",
    "article__title",
    "article__section",
    "article__current__tags",
    "progress",
    "last_at",
)


def known(mine: Mine) -> Known:
    """Of a reader who wants no For You nothing is read but what they said outright."""
    followed = frozenset(key(kind, name) for kind, name in mine.follows().values_list("kind", "key"))
    muted, pulls = _levers(mine)
    blocked = frozenset(key("title", title) for title in mine.blocks().values_list("title", flat=True))
    if not mine.preferences().for_you:
        return Known(on=False, followed=followed, muted=muted, blocked=blocked)
    return Known(
        reads=tuple(_reads(mine)),
        pulls=pulls,
        followed=followed,
        muted=muted,
        blocked=blocked,
        shown=dict(mine.shown().values_list("story", "times")),
        forgotten=dict(Forgotten.objects.filter(reader=mine.reader).values_list("key", "at")),
    )


def _levers(mine: Mine) -> tuple[frozenset[str], tuple[Pull, ...]]:
    rows = list(mine.levers().values_list("say", "kind", "key", "at"))
    never = frozenset(key(kind, name) for say, kind, name, _ in rows if say == Lever.Say.NEVER)
    said = [row for row in rows if row[0] != Lever.Say.NEVER]
    pulls = (Pull("more" if say == Lever.Say.MORE else "less", key(kind, name), at) for say, kind, name, at in said)
    return never, tuple(pulls)


def _reads(mine: Mine) -> Iterator[Read]:
    for article, story, title, section, tags, progress, at in mine.history().values_list(*_READ)[:READS]:
        about = narrow(subjects(section, tuple(tags or ())))
        yield Read(article, story or 0, (key("title", title), *about), progress / 100, at)
