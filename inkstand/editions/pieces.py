"""The texts of an edition, for one reader: what the gate holds back is in none of these values."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from inkstand.articles.models import Article, Revision
from inkstand.articles.values import Picture
from inkstand.editions.models import Edition
from inkstand.kit import html
from inkstand.membership.licence import text_of
from inkstand.membership.values import Meter, Open, Reason, Standing, Teaser
from inkstand.reading.filters import NONE, Filters, hidden, piece_of

LEAD = 220
# An edition costs a visitor none of their free articles, and so opens none that they would have to spend one on.
_NO_FREE = Meter(free=0, used=0)


@dataclass(frozen=True, slots=True)
class Piece:
    """One place of an edition. `lead` is plain text; `answer` is the gate's. A piece that its publisher withdrew has
    nothing left but whose it was, and `notice`."""

    number: int
    article: int
    story: int
    title: str
    slug: str
    language: str
    headline: str = ""
    lead: str = ""
    section: str = ""
    byline: tuple[str, ...] = ()
    published: datetime | None = None
    original: str = ""
    pictures: tuple[Picture, ...] = ()
    others: int = 0
    moved: bool = False
    notice: str = ""
    withdrawn: bool = False
    invented: bool = False
    answer: Open | Teaser | None = None


def pieces(
    edition: Edition, reader: Standing, now: datetime, *, is_open: bool, filters: Filters = NONE
) -> tuple[Piece, ...]:
    """Two statements. What its reader has blocked since, or what has no row any more (a title taken out whole), leaves
    no hole: the numbers close up."""

    def piece(number: int, story: int, article: Article, said: Revision) -> Piece:
        place = _place(number, story, article, moved=story in edition.moved)
        if article.withdrawn_at:
            return place
        article.current = said
        answer = text_of(article, reader, _NO_FREE, now, is_open=is_open)
        return _printed(place, article, said, answer)

    articles = Article.objects.filter(pk__in=edition.articles).select_related("title__terms", "account__story")
    found = {article.pk: article for article in articles}
    said = Revision.objects.in_bulk(edition.revisions)
    placed = zip(edition.stories, edition.articles, edition.revisions, strict=True)
    here = [(story, found[a], said[r]) for story, a, r in placed if a in found and r in said]
    here = [one for one in here if not filters or not _is_hidden(*one[1:], filters)]
    return tuple(piece(number, *one) for number, one in enumerate(here, 1))


def _is_hidden(article: Article, said: Revision, filters: Filters) -> bool:
    article.current = said
    return hidden(piece_of(article), filters)


def _place(number: int, story: int, article: Article, *, moved: bool) -> Piece:
    title = article.title
    return Piece(
        number,
        article.pk,
        story,
        title.name,
        title.slug,
        article.language or title.language,
        moved=moved,
        notice=article.notice,
        withdrawn=article.withdrawn_at is not None,
    )


def _printed(place: Piece, article: Article, said: Revision, answer: Open | Teaser) -> Piece:
    account = getattr(article, "account", None)
    return replace(
        place,
        headline=said.headline,
        lead=lead_of(said.standfirst, answer),
        section=article.section,
        byline=tuple(said.byline),
        published=article.published_at,
        original=article.url,
        pictures=tuple(msgspec.convert(row, Picture) for row in said.pictures),
        others=account.story.titles - 1 if account else 0,
        invented=article.title.is_demo,
        answer=answer,
    )


def lead_of(standfirst: str, answer: Open | Teaser) -> str:
    """What stands under a headline: the standfirst, or the first words of what may be read; nothing where the
    publisher gives headlines only."""
    if isinstance(answer, Teaser) and answer.reason is Reason.PUBLISHER:
        return ""
    said = standfirst or html.text(answer.body if isinstance(answer, Open) else answer.lead)
    return shortened(" ".join(said.split()))


def shortened(text: str, limit: int = LEAD) -> str:
    """At most `limit` characters: to the end of a sentence where one ends near, else between words."""
    if len(text) <= limit:
        return text
    whole = max(text.rfind(end, limit // 2, limit) for end in (". ", "? ", "! ", "。", "؟ "))
    return text[: whole + 1] if whole > 0 else text[:limit].rsplit(maxsplit=1)[0].rstrip(" ,;:.-–—") + "…"
