"""Full text from the page, where a title's terms allow it and its feed gives less."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from inkstand.articles import publish as articles
from inkstand.articles.models import Article
from inkstand.articles.values import Draft, Picture
from inkstand.kit import html
from inkstand.kit.http import Client, FetchFailed
from inkstand.kit.robots import Robots
from inkstand.titles.models import Terms
from inkstand.wire.extract import Extracted, PageUnreadable, extract
from inkstand.wire.outside import client, user_agent

# A feed that delivers this much has delivered the article.
WHOLE_WORDS = 250
AT_ONCE = 10


def read_pages(wanted: Sequence[int], *, now: datetime) -> int:
    """Fetches the pages of these articles and adds what they have; how many articles gained a revision."""
    found = Article.objects.filter(pk__in=wanted, title__terms__keep=Terms.Keep.PAGE).select_related("current")
    drafts = {article.pk: draft_of(article) for article in found if article.url}
    missing = {pk: draft for pk, draft in drafts.items() if len(html.text(draft.body).split()) < WHOLE_WORDS}
    pages = asyncio.run(_fetch({pk: draft.url for pk, draft in missing.items()}, now))
    richer = [(pk, more) for pk, page in pages.items() if (more := enrich(missing[pk], page))]
    with transaction.atomic():
        articles.lock()
        articles.revise(richer, now=now)
    return len(richer)


def enrich(draft: Draft, page: Extracted) -> Draft | None:
    """The draft with what the page has and the feed had not; None where the page adds no text.

    A page that says it may not be read without paying gives no text, whatever it contains.
    """
    if page.free is False or len(page.text.split()) <= len(html.text(draft.body).split()):
        return None
    return replace(
        draft,
        body=page.body_html,
        standfirst=draft.standfirst or page.standfirst,
        section=draft.section or page.section,
        byline=draft.byline or page.byline,
        pictures=draft.pictures or page.pictures,
        language=draft.language or page.language,
    )


def draft_of(article: Article) -> Draft:
    """An article's present state as the draft that would publish it."""
    said = article.current
    assert said, "every article has a revision"
    return Draft(
        key=article.feed_item_id,
        url=article.url,
        headline=said.headline,
        standfirst=said.standfirst,
        body=said.body,
        section=said.section,
        tags=tuple(said.tags),
        byline=tuple(said.byline),
        pictures=tuple(Picture(**picture) for picture in said.pictures),
        published=article.published_at,
        updated=said.updated_at,
        language=article.language,
        rights=said.rights,
    )


async def _fetch(urls: dict[int, str], now: datetime) -> dict[int, Extracted]:
    """The pages that could be had, obeying each site's robots.txt; a page that fails is left for the feed to tell."""
    turns = asyncio.Semaphore(AT_ONCE)
    async with client() as out:
        robots = Robots(out, user_agent())

        async def one(url: str) -> Extracted | None:
            async with turns:
                return await _page(out, robots, url, now)

        found = await asyncio.gather(*(one(url) for url in urls.values()))
    return {pk: page for pk, page in zip(urls, found, strict=True) if page}


async def _page(out: Client, robots: Robots, url: str, now: datetime) -> Extracted | None:
    try:
        if not await robots.may_fetch(url, now):
            return None
        answer = await out.get(url)
        if answer.status != 200:
            return None
        kind = answer.headers.get("Content-Type", "")
        return await asyncio.to_thread(extract, answer.body, url=answer.url, content_type=kind)
    except (FetchFailed, PageUnreadable):
        return None
