"""JSON Feed 1.0 and 1.1, and what calls itself that. Every field is taken only in the type it should have."""

import json
from collections.abc import Iterable, Iterator
from typing import cast

from inkstand.articles.values import Picture
from inkstand.wire.dates import instant
from inkstand.wire.errors import FeedUnreadable, Why
from inkstand.wire.parse import limits
from inkstand.wire.parse.links import absolute
from inkstand.wire.parse.text import hypertext, plain, squeezed, storable
from inkstand.wire.parse.values import Document, Item

Json = dict[str, object]


def document(text: bytes, url: str) -> Document:
    """The feed in a JSON text. Raises `FeedUnreadable` where it is no JSON, or JSON of something else."""
    feed = _loaded(text)
    items = _records(feed.get("items"))
    if not isinstance(feed.get("items"), list) and "jsonfeed.org" not in _text(feed, "version"):
        raise FeedUnreadable(why=Why.NOT_A_FEED)
    home = _text(feed, "home_page_url")
    base = url or _text(feed, "feed_url") or home
    people = _people(feed)
    return Document(
        items=tuple(_item(one, base, people) for one in items[: limits.ITEMS]),
        title=plain(_text(feed, "title")),
        home=absolute(home, base),
        about=plain(_text(feed, "description")),
        language=_text(feed, "language")[: limits.LINE],
        logo=absolute(_text(feed, "icon") or _text(feed, "favicon"), base),
        hub=next((absolute(_text(one, "url"), base) for one in _records(feed.get("hubs")) if _is_websub(one)), ""),
        self_url=absolute(_text(feed, "feed_url"), base),
        dialect=f"json {_text(feed, 'version').rpartition('/')[2]}".strip()[: limits.LINE],
    )


def _loaded(text: bytes) -> Json:
    try:
        feed = json.loads(text.decode("utf-8", "ignore"), strict=False, parse_int=str)
    except ValueError:
        raise FeedUnreadable(why=Why.NOT_XML) from None
    except RecursionError:
        raise FeedUnreadable(why=Why.TOO_DEEP) from None
    if isinstance(feed, list):
        feed = {"items": feed} if feed and all(isinstance(one, dict) for one in feed) else {}
    return cast(Json, feed) if isinstance(feed, dict) else {}


def _item(one: Json, base: str, people: tuple[str, ...]) -> Item:
    tags = _strings(one.get("tags"))
    return Item(
        id=_text(one, "id")[: limits.ADDRESS],
        url=absolute(_text(one, "url") or _text(one, "external_url"), base),
        headline=plain(_text(one, "title")),
        summary=hypertext(_text(one, "summary"))[: limits.HTML],
        body=(_text(one, "content_html").strip() or hypertext(_text(one, "content_text")))[: limits.HTML],
        authors=_people(one) or people,
        section=tags[0] if tags else "",
        tags=tags,
        pictures=_pictures(one, base),
        published=instant(_text(one, "date_published")),
        updated=instant(_text(one, "date_modified")),
        language=_text(one, "language")[: limits.LINE],
    )


def _text(record: Json, key: str) -> str:
    """A string field; a number counts as one (ids often are), anything else as absent. NUL and half pairs go."""
    value = record.get(key)
    if not isinstance(value, str):
        return str(value) if isinstance(value, float) else ""
    return storable(value)


def _records(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _strings(value: object) -> tuple[str, ...]:
    words = [plain(storable(one)) for one in value if isinstance(one, str)] if isinstance(value, list) else []
    return tuple(dict.fromkeys(filter(None, words)))[: limits.TAGS_EACH]


def _people(record: Json) -> tuple[str, ...]:
    """1.1's list of authors, or 1.0's one; some write a bare name."""
    said = record.get("authors") or record.get("author")
    return tuple(dict.fromkeys(filter(None, _names(said if isinstance(said, list) else [said]))))[: limits.AUTHORS]


def _names(said: Iterable[object]) -> Iterator[str]:
    for one in said:
        name = (
            storable(one) if isinstance(one, str) else _text(cast(Json, one), "name") if isinstance(one, dict) else ""
        )
        yield squeezed(plain(name), limits.LINE)


def _pictures(one: Json, base: str) -> tuple[Picture, ...]:
    attached = [at for at in _records(one.get("attachments")) if _text(at, "mime_type").startswith("image/")]
    addresses = [_text(one, "image"), _text(one, "banner_image"), *(_text(at, "url") for at in attached)]
    whole = filter(None, (absolute(address, base) for address in addresses))
    return tuple(Picture(address) for address in dict.fromkeys(whole))[: limits.PICTURES]


def _is_websub(hub: Json) -> bool:
    return _text(hub, "type").lower() in ("websub", "pubsubhubbub", "")
