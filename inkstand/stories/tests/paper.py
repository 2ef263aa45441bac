"""A small paper for tests: titles, articles printed in them, each a story of its own."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from inkstand.articles.models import Article, Placements
from inkstand.articles.publish import Piece, lock, publish
from inkstand.articles.values import Draft, Picture
from inkstand.stories.models import Account, Story
from inkstand.titles.models import Feed, Publisher, Terms, Title

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
LEAD = "The harbour froze over in the night, and the fleet stayed in."
SECRET = "Only whoever may read the whole of it learns what the harbour master said."
STORIES, ACCOUNTS = 1_000_000, 2_000_000
BODY = f"<p>{LEAD} {'Ice lay on the ropes. ' * 30}</p><p>{SECRET}</p>"


def title(name="Harbour Courier", *, readable="members", language="en", **said):
    publisher = Publisher.objects.create(name=f"{name} Press")
    made = Title.objects.create(
        publisher=publisher, name=name, slug=name.lower().replace(" ", "-"), language=language, **said
    )
    Terms.objects.create(title=made, readable=readable)
    Feed.objects.create(title=made, url=f"https://{made.slug}.example/feed", is_front=True)
    return made


def print_articles(title, *drafts, now=NOW):
    feed = title.feeds.get()
    with transaction.atomic():
        lock()
        ids = publish(
            [Piece(title=title.pk, draft=draft, address=draft.url, feed=feed.pk) for draft in drafts], now=now
        )
    Placements.objects.create(feed=feed, seen_at=now, articles=ids)
    printed = list(Article.objects.filter(pk__in=ids).order_by("pk"))
    for article in printed:
        tell(article)
    return printed


def tell(article):
    """Each article is a story of its own here: placing, which would see that they are all alike, is tried elsewhere.

    No number is that of an article: whoever asks for one thing by another's number finds nothing.
    """
    at = article.published_at
    story = Story.objects.create(pk=article.pk + STORIES, began_at=at, moved_at=at, lead=article)
    Account.objects.create(pk=article.pk + ACCOUNTS, article=article, story=story, published_at=at)


def draft(number=1, **said):
    kept = {
        "key": str(number),
        "url": f"https://example.org/{number}",
        "headline": f"Harbour report number {number}",
        "standfirst": "What the ice did, and whom it did it to.",
        "body": BODY,
        "section": "World",
        "byline": ("Ana Ruiz", "Tom Okafor"),
        "pictures": (
            Picture(f"https://pictures.example/{number}.jpg", "Ice in the harbour.", "Mara Lind", "Ice", 1600, 1000),
        ),
        "published": NOW - timedelta(minutes=number),
        "language": "en",
    }
    return Draft(**{**kept, **said})


def print_paper():
    """Three titles, thirty articles in three sections; the last title's articles."""
    for number, name in enumerate(("Harbour Courier", "Northern Ledger", "Meridian")):
        sections = ("World", "Business", "Science")
        drafts = [draft(100 * number + n, section=sections[n % 3]) for n in range(10)]
        printed = print_articles(title(name), *drafts)
    return printed
