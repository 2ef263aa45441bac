"""The way to a reader's rows, and the only one: `of(reader)` answers with that reader's own and nobody else's."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from inkstand.readers.models import Reader
from inkstand.reading.filters import Filters
from inkstand.reading.models import (
    Block,
    Done,
    Follow,
    Highlight,
    Lever,
    Mute,
    Preferences,
    Read,
    Saved,
    Shown,
)
from inkstand.stories.models import Story


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page shows of an article as this reader's: how far they came (None: not read), whether it is saved."""

    progress: int | None = None
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A followed story that has a newer account than the reader saw."""

    story: int
    moved_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Mine:
    reader: Reader
    _kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def history(self) -> QuerySet[Read]:
        """Newest first; empty where history is off."""
        return Read.objects.filter(reader=self.reader).order_by("-last_at", "-pk")

    def saved(self) -> QuerySet[Saved]:
        return Saved.objects.filter(reader=self.reader).order_by("-at", "-pk")

    def follows(self) -> QuerySet[Follow]:
        return Follow.objects.filter(reader=self.reader).order_by("kind", "-at", "-pk")

    def mutes(self) -> QuerySet[Mute]:
        return Mute.objects.filter(reader=self.reader).order_by("word")

    def blocks(self) -> QuerySet[Block]:
        return Block.objects.filter(reader=self.reader).select_related("title").order_by("title__name")

    def highlights(self, article: int | None = None) -> QuerySet[Highlight]:
        """In the order of the text, of one article; of all, the newest first."""
        found = Highlight.objects.filter(reader=self.reader)
        return found.order_by("-at", "-pk") if article is None else found.filter(article=article).order_by("start")

    def levers(self) -> QuerySet[Lever]:
        return Lever.objects.filter(reader=self.reader).order_by("at", "pk")

    def shown(self) -> QuerySet[Shown]:
        return Shown.objects.filter(reader=self.reader).order_by("last_at", "pk")

    def preferences(self) -> Preferences:
        """As the reader set them, or the defaults; asked of the database once."""
        if "preferences" not in self._kept:
            row = Preferences.objects.filter(reader=self.reader).first()
            self._kept["preferences"] = row or Preferences(reader=self.reader)
        found: Preferences = self._kept["preferences"]
        return found

    def filters(self, readable: frozenset[str] = frozenset()) -> Filters:
        """What this reader does not want to see. `readable`: the terms under which they may open a text.

        One statement."""
        titles = _told(Block, self.reader, "title", Cast("title", TextField()))
        words = _told(Mute, self.reader, "word", Cast("word", TextField()))
        only = _told(Preferences, self.reader, "only", Value("", TextField())).filter(only_open=True)
        said: dict[str, list[str]] = {"title": [], "word": [], "only": []}
        for what, which in titles.union(words, only, all=True):
            said[what].append(which)
        return Filters(
            frozenset(map(int, said["title"])), tuple(sorted(said["word"])), readable if said["only"] else None
        )

    def marks(self, articles: Iterable[int]) -> dict[int, Mark]:
        """Of those articles that the reader read or saved. Two statements."""
        wanted = set(articles)
        read = dict(Read.objects.filter(reader=self.reader, article__in=wanted).values_list("article", "progress"))
        saved = set(Saved.objects.filter(reader=self.reader, article__in=wanted).values_list("article", flat=True))
        return {pk: Mark(read.get(pk), pk in saved) for pk in sorted({*read, *saved})}

    def followed(self, wanted: Iterable[str]) -> list[str]:
        """Of these, each as `title:7`, those that the reader follows. One statement."""
        keys = {tuple(one.split(":", 1)) for one in wanted if ":" in one}
        rows = Follow.objects.filter(reader=self.reader, key__in={key for _, key in keys}) if keys else ()
        return sorted(str(row) for row in rows if (row.kind, row.key) in keys)

    def moved(self) -> list[Moved]:
        """Followed stories that have a newer account than the reader saw, the newest move first. A story that ended in
        another moves with it. Two statements."""
        rows = Follow.objects.filter(reader=self.reader, kind="story").values_list("key", "seen_at")
        looked = {int(key): seen_at for key, seen_at in rows}
        stories = Story.objects.filter(pk__in=looked).values_list(
            "pk", "merged_into", "moved_at", "merged_into__moved_at"
        )
        told = [(pk, into or pk, max(moved, later or moved)) for pk, into, moved, later in stories]
        found = [Moved(into, moved, looked[pk]) for pk, into, moved in told if moved > looked[pk]]
        return sorted(found, key=lambda one: one.moved_at, reverse=True)

    def erase(self) -> dict[str, int]:
        """Everything of this room's; how many rows of each kind went."""
        tables = (Read, Saved, Follow, Mute, Block, Highlight, Lever, Shown, Preferences, Done)
        return {table._meta.model_name or "": table.objects.filter(reader=self.reader).delete()[0] for table in tables}


def _told(
    table: type[Block | Mute | Preferences], reader: Reader, what: str, which: Combinable
) -> "QuerySet[Any, tuple[str, str]]":
    rows = table._default_manager.filter(reader=reader)
    return rows.annotate(what=Value(what, TextField()), which=which).values_list("what", "which")


def of(reader: Reader) -> Mine:
    return Mine(reader)
