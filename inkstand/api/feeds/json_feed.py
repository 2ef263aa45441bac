"""A list as JSON Feed 1.1 (jsonfeed.org)."""

from collections.abc import Iterable

from inkstand.api.feeds.entry import Entry


def json_feed(name: str, page: str, itself: str, entries: Iterable[Entry], language: str) -> dict[str, object]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "home_page_url": page,
        "feed_url": itself,
        "language": language,
        "items": [_item(one) for one in entries],
    }


def _item(one: Entry) -> dict[str, object]:
    said = {
        "id": one.page,
        "url": one.page,
        "external_url": one.original,
        "title": one.headline,
        "summary": one.summary,
        # The standard wants a text, be it empty.
        "content_html": one.content or " ",
        "image": one.picture,
        "date_published": one.published.isoformat(),
        "date_modified": one.updated.isoformat(),
        "authors": [{"name": name} for name in (*one.authors, one.title)],
        "tags": [one.section] if one.section else [],
        "language": one.language,
    }
    return {name: value for name, value in said.items() if value}
