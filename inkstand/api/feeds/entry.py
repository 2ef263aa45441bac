"""An article as a feed tells of it. Its text comes from the gate, asked as for whoever holds the feed's address."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from inkstand.articles.models import Article
from inkstand.kit import html
from inkstand.membership.licence import terms_of, text_of
from inkstand.membership.values import Meter, Open, Standing, Teaser
from inkstand.titles.models import Terms

_NO_METER = Meter(free=0, used=0)  # a program would use up the month's free articles before its reader saw one


@dataclass(frozen=True, slots=True)
class Entry:
    """`summary` is text, `content` HTML: the whole text or the lead, "" where the publisher gives a headline only."""

    page: str
    original: str
    headline: str
    title: str
    authors: tuple[str, ...]
    section: str
    summary: str
    content: str
    picture: str
    language: str
    published: datetime
    updated: datetime


def entry(article: Article, standing: Standing, now: datetime, origin: str) -> Entry:
    said = article.current
    assert said is not None, "lists hold articles that have said something"
    answer = text_of(article, standing, _NO_METER, now, is_open=settings.ACCESS == "open")
    pictures = (str(row.get("url") or "") for row in said.pictures)
    return Entry(
        page=f"{origin}{reverse('article', args=[article.pk])}",
        original=article.url,
        headline=said.headline,
        title=article.title.name,
        authors=tuple(said.byline),
        section=article.section,
        summary="" if terms_of(article.title).readable == Terms.Readable.HEADLINE else html.text(said.standfirst),
        content=_content(answer),
        picture=next((url for url in pictures if url.startswith("http")), ""),
        language=article.language or article.title.language,
        published=article.published_at,
        updated=max(said.updated_at or said.received_at, article.published_at),
    )


def _content(answer: Open | Teaser) -> str:
    return answer.body if isinstance(answer, Open) else answer.lead
