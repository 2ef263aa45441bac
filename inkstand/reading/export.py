"""What this room gives a reader to take away: all they did and chose, for programs and for people."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import F, QuerySet
from django.forms.models import model_to_dict

from inkstand.kit.leaf import Leaf, listed, told
from inkstand.readers.models import Reader
from inkstand.reading.mine import Mine, of
from inkstand.reading.models import Highlight
from inkstand.titles import opml
from inkstand.titles.enter import entry_of
from inkstand.titles.models import Title

_ARTICLE = {"headline": F("article__current__headline"), "url": F("article__url"), "title": F("article__title__name")}


def leaves(reader: Reader) -> Iterator[Leaf]:
    mine = of(reader)
    read = mine.history().values("article_id", "revision", "progress", "first_at", "last_at", **_ARTICLE)
    yield listed("reading/history.json", read.iterator())
    yield listed("reading/saved.json", mine.saved().values("article_id", "at", **_ARTICLE).iterator())
    yield listed("reading/follows.json", mine.follows().values("kind", "key", "at", "seen_at"))
    followed = [entry_of(title) for title in _followed(mine)]
    yield Leaf("reading/follows.opml", [opml.write(followed, title=settings.NAME).decode()])
    yield listed("reading/muted.json", mine.mutes().values("word", "at"))
    yield listed("reading/blocked.json", mine.blocks().values("title_id", "at", name=F("title__name")))
    yield listed("reading/told-for-you.json", mine.levers().values("say", "kind", "key", "at"))
    yield listed("reading/shown.json", mine.shown().values("story_id", "times", "last_at").iterator())
    noted = mine.highlights().values("key", "article_id", "revision", "quote", "start", "end", "note", "at", **_ARTICLE)
    yield listed("reading/highlights.json", noted.iterator())
    yield Leaf("reading/highlights.md", markdown(mine))
    yield told("reading/preferences.json", model_to_dict(mine.preferences(), exclude=["reader"]))


def _followed(mine: Mine) -> QuerySet[Title]:
    """Followed titles, whose feeds another program can read."""
    ids = [int(key) for key in mine.follows().filter(kind="title").values_list("key", flat=True)]
    return Title.objects.filter(pk__in=ids).order_by("name").prefetch_related("feeds")


def markdown(mine: Mine) -> Iterator[str]:
    """Article by article, the passages in the order of the text."""
    yield "# Highlights\n"
    article = 0
    marked = mine.highlights().order_by("article_id", "start").select_related("article__current", "article__title")
    for mark in marked.iterator():
        if mark.article_id != article:
            article = mark.article_id
            headline = mark.article.current.headline if mark.article.current else mark.article.url
            yield f"\n## [{_flat(headline)}]({mark.article.url})\n\n{mark.article.title.name}\n"
        yield _passage(mark)


def _passage(mark: Highlight) -> str:
    quoted = "\n".join(f"> {line}" for line in mark.quote.splitlines())
    return f"\n{quoted}\n" + (f"\n{mark.note}\n" if mark.note else "")


def _flat(headline: str) -> str:
    return " ".join(headline.split()).replace("[", "\\[").replace("]", "\\]")
