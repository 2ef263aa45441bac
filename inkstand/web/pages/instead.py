"""Where an edition's article is of a title that a reader blocked, the story stays: another title's account stands in.

Where the article holds a word the reader muted, the story goes as a whole: that is what they do not want to read of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from inkstand.articles.models import Article
from inkstand.reading.filters import Filters, hidden, is_muted, piece_of, without

Edition = Mapping[str, Any]


def of_hidden(editions: Sequence[Edition], now: datetime, filters: Filters) -> list[Edition]:
    """The editions with the slots of hidden articles given to others of their stories, or left out. Two statements
    where the reader hides anything."""
    if not filters:
        return list(editions)
    slots = [slot for edition in editions for slot in _slots(edition)]
    wanted = {slot["article"] for slot in slots}
    placed = Article.objects.filter(pk__in=wanted, current__isnull=False)
    known = {article.pk: article for article in placed.select_related("current", "title__terms")}
    gone = {pk for pk, article in known.items() if hidden(piece_of(article), filters)}
    words = {pk for pk in gone if is_muted(piece_of(known[pk]), filters.words)}
    blocked = gone - words
    spoken = {slot["story"]: known[slot["article"]].language for slot in slots if slot["article"] in blocked}
    others = _best(spoken, now, filters)
    swaps = {slot["article"]: others.get(slot["story"]) for slot in slots if slot["article"] in blocked}
    return [_with(edition, {**dict.fromkeys(words), **swaps}) for edition in editions]


def _best(spoken: Mapping[int, str], now: datetime, filters: Filters) -> dict[int, int]:
    """Of each story (with the language its hidden article is in), the article that may stand in: in that language, no
    copy, with a picture, the first."""
    telling = Article.objects.in_the_paper(now).filter(account__story__in=spoken, current__isnull=False)
    found = without(telling, filters).select_related("account", "current").defer("current__body")
    best: dict[int, int] = {}
    for article in sorted(found, key=lambda article: _fitness(article, spoken[article.account.story_id])):
        best.setdefault(article.account.story_id, article.pk)
    return best


def _fitness(article: Article, language: str) -> tuple[object, ...]:
    pictured = bool(article.current and article.current.pictures)
    is_copy = article.account.copy_of_id is not None
    return article.language != language, is_copy, not pictured, article.published_at, article.pk


def _slots(edition: Edition) -> Iterator[Mapping[str, Any]]:
    yield from edition["top"]
    for slots in edition["sections"].values():
        yield from slots


def _with(edition: Edition, swaps: Mapping[int, int | None]) -> Edition:
    def given(slots: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        found = [{**slot, "article": swaps.get(slot["article"], slot["article"])} for slot in slots]
        return [slot for slot in found if slot["article"] is not None]

    sections = {name: given(slots) for name, slots in edition["sections"].items()}
    return {**edition, "top": given(edition["top"]), "sections": sections}
