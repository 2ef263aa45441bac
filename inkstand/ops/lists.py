"""What the command line lists, brings in and prints: titles, articles, the front page."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from inkstand.articles.models import Article
from inkstand.kit import clock
from inkstand.ops.errors import FileUnreadable
from inkstand.ops.say import say
from inkstand.titles import opml
from inkstand.titles.enter import entry_of
from inkstand.titles.models import Feed, Title
from inkstand.wire.subscribe import subscribe


def import_opml(file: str) -> None:
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise FileUnreadable(path=file, reason=error.strerror) from error
    entries, refused = opml.sound(opml.read(body, name=file))
    for feed in refused:
        say(f"left out: {feed} is not a web address")
    fresh = subscribe(entries, now=clock.now())
    named = sum(len(entry.feeds) for entry in entries)
    say(f"{len(fresh)} feeds are new, of {named} in {len(entries)} titles")


def export_opml() -> None:
    carried = Title.objects.filter(is_demo=False).prefetch_related("feeds")
    sys.stdout.buffer.write(opml.write([entry_of(title) for title in carried], title=settings.NAME))


def add(url: str) -> None:
    from inkstand.wire.discover import discover

    entry = discover(url)
    fresh = subscribe([entry], now=clock.now())
    say(f"{entry.name}: {entry.feeds[0].url}" if fresh else f"{entry.name} is in the paper already")


def titles(*, as_json: bool) -> None:
    for feed in Feed.objects.select_related("title__publisher", "poll"):
        print(json.dumps(_feed(feed), ensure_ascii=False) if as_json else f"{feed.title.name:<40} {feed.url}")


def _feed(feed: Feed) -> dict[str, Any]:
    poll = getattr(feed, "poll", None)
    return {
        "id": feed.title.pk,
        "title": feed.title.name,
        "publisher": feed.title.publisher.name,
        "home": feed.title.home,
        "country": feed.title.country,
        "language": feed.title.language,
        "feed": feed.url,
        "section": feed.section,
        "front": feed.is_front,
        "failures": poll.failures if poll else 0,
        "trouble": poll.trouble if poll else "",
        "message": poll.message if poll else "",
        "checked": poll.checked_at.isoformat() if poll and poll.checked_at else None,
    }


_ARTICLES = """
    SELECT a.id, t.name AS title, r.headline, a.url, f.url AS feed, a.feed_item_id, a.published_at AS published,
           r.number AS revision, s.story_id AS story
    FROM articles_article a
    JOIN titles_title t ON t.id = a.title_id
    JOIN articles_revision r ON r.id = a.current_id
    LEFT JOIN titles_feed f ON f.id = a.feed_id
    LEFT JOIN stories_account s ON s.article_id = a.id
    ORDER BY a.published_at DESC, a.id DESC LIMIT %s
"""


def articles(*, as_json: bool, limit: int | None) -> None:
    # A cursor of the server's own: a million articles pass through without being held.
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ARTICLES, [limit])
        for values in cursor:
            row = dict(zip((column.name for column in cursor.description), values, strict=True))
            row["published"] = row["published"].isoformat()
            print(
                json.dumps(row, ensure_ascii=False)
                if as_json
                else f"{row['published'][:16]}  {row['title'][:24]:<24}  {row['headline']}"
            )


def front(*, as_json: bool) -> None:
    """The front page as it was last printed, with the words its ids stand for."""
    from inkstand.ranking.page import front_page
    from inkstand.ranking.reasons import Reason

    page = front_page(clock.now())
    parts = [page["top"], page["latest"], page["picks"], page["good_news"], *page["sections"].values()]
    words = _words({slot["article"] for slots in parts for slot in slots})
    for slots in parts:
        for slot in slots:
            slot |= words[slot["article"]]
            slot["reasons"] = [Reason(**reason).sentence() for reason in slot["why"]]
    if as_json:
        page["lead"] = page["top"][0] if page["top"] else None
        print(json.dumps(page, ensure_ascii=False))
        return
    for number, slot in enumerate(page["top"], 1):
        print(f"{number:>3}  {slot['title_name'][:24]:<24}  {slot['headline']}")


def _words(articles: set[int]) -> dict[int, dict[str, str]]:
    rows = Article.objects.filter(pk__in=articles).values_list("pk", "title__name", "current__headline", "url")
    return {pk: {"title_name": name, "headline": headline or "", "url": url} for pk, name, headline, url in rows}
