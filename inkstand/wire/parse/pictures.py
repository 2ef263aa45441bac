"""Pictures of an item, captions and credits apart.

Media RSS lets a picture's words stand on the picture, on its group or on the item; the nearest speak. The same picture
in many sizes is one picture: the widest.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from lxml import etree

from inkstand.articles.values import Picture
from inkstand.wire.parse import limits
from inkstand.wire.parse.links import absolute
from inkstand.wire.parse.text import line

Elements = list[etree._Element]
Found = dict[str, Elements]
Sort = Callable[[etree._Element], Found]

_IMAGE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|heic)(?:$|[?#&])", re.I)
_MEDIA: Final = frozenset(("media_content", "media_group"))
_NOTHING: Final[Found] = {}


def pictures(found: Found, sort: Sort, base: str) -> tuple[Picture, ...]:
    """All of an item's pictures, best source first: media:content, then thumbnails, enclosures and the rest."""
    made = [] if _MEDIA.isdisjoint(found) else list(_media(found, sort, base))
    if not made:
        made = list(_thumbnails(found, sort, base))
    for element in (*found.get("enclosure", ()), *found.get("link", ())):
        if _is_enclosed_image(element):
            made.append(Picture(absolute(element.get("url") or element.get("href"), base)))
    return tuple(made) if len(made) == 1 and made[0].url else _distinct(made)


def _distinct(made: Iterable[Picture]) -> tuple[Picture, ...]:
    """Each picture once: addresses that differ only in their query are sizes of one."""
    seen: dict[str, Picture] = {}
    for picture in made:
        key = picture.url.partition("?")[0]
        if picture.url and (key not in seen or picture.width > seen[key].width):
            seen[key] = picture
    return tuple(seen.values())[: limits.PICTURES]


def _media(found: Found, sort: Sort, base: str) -> Iterator[Picture]:
    """Each media picture, with the places where its words may stand, nearest first."""
    for element in found.get("media_content", ()):
        if _is_image(element):
            yield _picture(element, (_within(element, sort), found), base)
    for group in found.get("media_group", ()):
        inner = sort(group)
        images = [one for one in inner.get("media_content", ()) if _is_image(one)]
        if images:
            element = images[0] if len(images) == 1 else max(images, key=_width)
            yield _picture(element, (_within(element, sort), inner, found), base)


def _thumbnails(found: Found, sort: Sort, base: str) -> Iterator[Picture]:
    """A thumbnail stands for a picture only where none is given: of a video, mostly."""
    outer = (*found.get("media_group", ()), *found.get("media_content", ()))
    for place in (found, *(sort(one) for one in outer if len(one))):
        if thumbnails := place.get("thumbnail"):
            element = thumbnails[0] if len(thumbnails) == 1 else max(thumbnails, key=_width)
            yield _picture(element, (_within(element, sort), place, found), base)


def _within(element: etree._Element, sort: Sort) -> Found:
    return sort(element) if len(element) else _NOTHING


def _picture(element: etree._Element, places: tuple[Found, ...], base: str) -> Picture:
    get = element.get
    address = get("url") or get("href") or get("src") or _written(places[0]) or element.text
    return Picture(
        absolute(address, base),
        _words(places, "media_text") or _words(places, "caption"),
        _credit(places),
        _words(places, "media_title"),
        _number(get("width")),
        _number(get("height")),
    )


def _written(place: Found) -> str | None:
    """RSS's and the sitemap's way: the address as the text of a child."""
    return next((one.text for role in ("url", "loc") for one in place.get(role, ()) if one.text), None)


def _words(places: tuple[Found, ...], role: str) -> str:
    for place in places:
        if role in place:
            return line(place[role][0])
    return ""


def _credit(places: tuple[Found, ...]) -> str:
    for place in places:
        if "credit" in place:
            return ", ".join(dict.fromkeys(filter(None, map(line, place["credit"][: limits.AUTHORS]))))
    return ""


def _is_image(element: etree._Element) -> bool:
    get = element.get
    if medium := get("medium"):
        return medium == "image"
    if kind := get("type"):
        return kind.startswith("image")
    return bool(_IMAGE.search(get("url") or ""))


def _is_enclosed_image(element: etree._Element) -> bool:
    get = element.get
    rel, kind = get("rel"), get("type")
    if rel is None and element.text:
        return False
    if rel not in (None, "enclosure"):
        return False
    return kind.startswith("image") if kind else bool(_IMAGE.search(get("url") or ""))


def _width(element: etree._Element) -> int:
    return _number(element.get("width"))


def _number(said: str | None) -> int:
    return int(said) if said and len(said) < 6 and said.isascii() and said.isdigit() else 0
