"""What the wire's tests are made of."""

from datetime import UTC, datetime

from inkstand.titles.enter import Address, Entry
from inkstand.wire.parse.values import Document, Item
from inkstand.wire.subscribe import subscribe
from inkstand.wire.take_in import Source, take_in

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_feed(url="https://gazette.example/feed", name="The Gazette", home="https://gazette.example/", **entry):
    (feed,) = subscribe([Entry(name, (Address(url),), home=home, **entry)], now=NOON)
    return Source(feed.pk, feed.title_id, feed.section, feed.title.language)


def item(number=1, **fields):
    values = {
        "id": f"id-{number}",
        "url": f"https://gazette.example/{number}",
        "headline": f"Headline {number}",
        "summary": f"Summary {number}",
        "published": NOON,
    }
    return Item(**{**values, **fields})


def deliver(source, *items, now=NOON):
    return take_in([(source, Document(items=items))], now=now)
