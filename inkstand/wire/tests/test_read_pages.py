"""Full text from the page: only where terms allow, robots.txt lets us, and the page adds something."""

import asyncio
import json

import pytest

from inkstand.articles.models import Article, Revision
from inkstand.titles.models import Terms
from inkstand.wire.read_pages import enrich, read_pages
from inkstand.wire.take_in import Source
from inkstand.wire.tests.factory import NOON, a_feed, deliver, item

SAYS = "of the report says what happened at the harbour, who saw it and what is done now."
TEXT = [f"<p>Paragraph {n} {SAYS}</p>" for n in range(20)]
STORY = {"@type": "NewsArticle", "headline": "Harbour shut", "author": {"name": "Ada Reed"}, "articleSection": "Coast"}
PAGE = f"""<html><head><title>Harbour shut</title><script type="application/ld+json">{json.dumps(STORY)}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Harbour shut</h1>{"".join(TEXT)}</article></body></html>"""


@pytest.fixture
def site(monkeypatch):
    """A site of two pages and its robots.txt, answered in the place of the guarded client."""
    from inkstand.kit.http import Response
    from inkstand.wire import read_pages as room

    asked = []

    class Site:
        robots = ""

        async def __aenter__(self):
            return self

        async def __aexit__(self, *_):
            return None

        async def get(self, url, **_):
            asked.append(url)
            await asyncio.sleep(0)
            body = self.robots if url.endswith("robots.txt") else PAGE
            return Response(200, url, {"Content-Type": "text/html"}, body.encode(), (), 0.0)

    site = Site()
    site.asked = asked
    monkeypatch.setattr(room, "client", lambda: site)
    return site


@pytest.fixture
def article(db):
    source = a_feed()
    deliver(Source(source.feed, source.title), item(1, headline="Harbour shut", summary="It is shut."))
    return Article.objects.get()


def allow(article):
    Terms.objects.create(title_id=article.title_id, keep="page")


def test_the_page_adds_its_text_people_and_section_as_a_revision(article, site):
    allow(article)
    assert read_pages([article.pk], now=NOON) == 1
    article.refresh_from_db()
    assert "Paragraph 7 of the report" in article.current.body
    assert article.current.byline == ["Ada Reed"]
    assert (article.current.number, article.section) == (2, "Coast")


def test_without_the_publishers_leave_no_page_is_asked_for(article, site):
    assert read_pages([article.pk], now=NOON) == 0
    assert site.asked == []


def test_robots_txt_is_obeyed(article, site):
    allow(article)
    site.robots = "User-agent: *\nDisallow: /"
    assert read_pages([article.pk], now=NOON) == 0
    assert Revision.objects.count() == 1


def test_reading_twice_is_once(article, site):
    allow(article)
    assert [read_pages([article.pk], now=NOON) for _ in range(2)] == [1, 0]


def test_a_page_behind_its_own_wall_gives_nothing(article):
    from inkstand.wire.extract import extract
    from inkstand.wire.read_pages import draft_of

    walled = PAGE.replace('"NewsArticle"', '"NewsArticle", "isAccessibleForFree": false')
    assert enrich(draft_of(article), extract(walled.encode(), url="https://g.example/1")) is None


def test_new_articles_of_such_titles_wait_to_be_read(db):
    from procrastinate.contrib.django.models import ProcrastinateJob

    source = a_feed()
    deliver(Source(source.feed, source.title, reads_pages=True), item(1))
    assert list(ProcrastinateJob.objects.filter(task_name="wire.read_pages").values_list("args", flat=True)) == [
        {"articles": [Article.objects.get().pk]}
    ]
