"""Articles as cards: from rows to what a list shows of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count
from django.urls import reverse

from inkstand.articles.models import Article, Articles
from inkstand.desk.models import Pick
from inkstand.membership.licence import terms_of
from inkstand.reading.filters import NONE, Filters, without
from inkstand.stories.models import Account
from inkstand.titles.models import Terms, Title
from inkstand.web.pages.picture import gallery
from inkstand.web.pages.why import why_chosen
from inkstand.web.pictures import LOGO_WIDTH, is_ours
from inkstand.web.tongues import direction
from inkstand.web.values import Card, Mark, Shot

STANDFIRST = 240


def by_id(ids: Iterable[int], now: datetime, filters: Filters = NONE) -> dict[int, Card]:
    """Cards of the articles with these ids that are in the paper at `now` and not hidden. One statement, and one more
    where the reader hides anything."""
    rows = Article.objects.in_the_paper(now).filter(pk__in=set(ids), current__isnull=False)
    articles = list(with_stories(without(rows, filters)))
    return dict(zip((article.pk for article in articles), cards_of(articles, now, filters), strict=True))


def cards_of(articles: Iterable[Article], now: datetime, filters: Filters = NONE) -> tuple[Card, ...]:
    """One of each. How many other titles tell its story is counted anew for a reader who does not see all of them."""
    cards = tuple(map(card_of, articles))
    stories = {card.story for card in cards if card.others}
    if not (filters and stories):
        return cards
    told = Article.objects.in_the_paper(now).filter(account__story__in=stories, current__isnull=False)
    rows = without(told, filters).values_list("account__story").annotate(titles=Count("title", distinct=True))
    counts: dict[int | None, int] = dict(rows.order_by())
    return tuple(replace(card, others=max(0, counts.get(card.story, 1) - 1)) for card in cards)


def with_stories(articles: Articles) -> Articles:
    """The same, in one statement, with all that a card shows."""
    return articles.for_cards().select_related("account__story")


def card_of(article: Article) -> Card:
    said = article.current
    assert said is not None
    language = article.language or article.title.language
    account: Account | None = getattr(article, "account", None)
    story = account and account.story
    elsewhere = terms_of(article.title).readable == Terms.Readable.HEADLINE
    return Card(
        address=reverse("article", args=[article.pk]),
        headline=said.headline,
        title=mark_of(article.title),
        article=article.pk,
        standfirst="" if elsewhere else shortened(said.standfirst),
        section=article.section,
        byline=tuple(said.byline),
        published=article.published_at,
        shot=next(iter(shots(said.pictures)), None),
        language=language,
        direction=direction(language),
        story=story.pk if story else 0,
        others=story.titles - 1 if story else 0,
        elsewhere=elsewhere,
    )


def mark_of(title: Title) -> Mark:
    return Mark(title.name, reverse("title", args=[title.slug]), held_logo(title.logo), title.is_demo)


def held_logo(url: str) -> str:
    """The logo where we have it at hand, else "": a name beats a hole. A title's own page fetches it."""
    return url if url and (is_ours(url) or gallery().has(url, LOGO_WIDTH)) else ""


def shots(pictures: Iterable[dict[str, object]]) -> list[Shot]:
    """A revision's pictures that can be shown: those the gallery could not fetch lately are left out."""
    kept = (_shot(row) for row in pictures)
    return [shot for shot in kept if shot.url and (is_ours(shot.url) or not gallery().is_missing(shot.url))]


def _shot(row: dict[str, object]) -> Shot:
    text = {name: str(row.get(name) or "") for name in ("url", "alt", "caption", "credit")}
    width, height = (int(str(row.get(name) or 0)) for name in ("width", "height"))
    return Shot(**text, width=width, height=height)


def shortened(text: str, limit: int = STANDFIRST) -> str:
    """At most `limit` characters, cut between words."""
    return text if len(text) <= limit else text[:limit].rsplit(maxsplit=1)[0].rstrip(" ,;:.-–—") + "…"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A pick: of which article, what its editor wrote beside it, their name ("" where they have none), when."""

    article: int
    note: str
    editor: str
    at: datetime


def picks(now: datetime, limit: int = 4, filters: Filters = NONE, kind: Pick.Kind = Pick.Kind.PICK) -> list[Chosen]:
    """The newest of our picks that are not hidden. One statement."""
    running = Pick.objects.running(kind, now)
    if filters:
        running = running.filter(article__in=without(Article.objects.all(), filters))
    rows = running.values_list("article", "note", "editor__name", "starts_at")[:limit]
    return [Chosen(article, note, editor or "", at) for article, note, editor, at in rows]


def picked(chosen: Iterable[Chosen], cards: Mapping[int, Card]) -> tuple[Card, ...]:
    """Their cards, each with who chose it and when in place of what weight says of it."""
    there = (one for one in chosen if one.article in cards)
    return tuple(replace(cards[one.article], note=one.note, why=why_chosen(one.editor, one.at)) for one in there)
