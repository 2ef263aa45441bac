"""Pictures of an item, captions and credits apart.

Media RSS lets a picture's words stand on the picture, on its group or on the item; the nearest speak. The same picture
in many sizes is one picture: the widest.
"""

import re
from collections.abc import Callable
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


def pictures(found: Found, groups: list[Found], sort: Sort, base: str) -> tuple[Picture, ...]:
    """All of an item's pictures, best source first: media:content, then thumbnails, enclosures and the rest.

    `found` are the item's parts, `groups` those of each of its media groups.
    """
    made = []
    if "media_content" in found:
        images = found["media_content"][: limits.MEDIA]
        made = [_picture(one, found, sort, base) for one in images if _is_image(one)]
    for group in groups:
        if (element := _widest(group)) is not None:
            made.append(_picture(element, found | group, sort, base))
    if not made:
        made = _thumbnails(found, groups, sort, base)
    if "enclosure" in found or ("link" in found and len(found["link"]) > 1):
        made += _enclosed(found, base)
    return tuple(made) if len(made) == 1 and made[0].url else _distinct(made)


def _widest(group: Found) -> etree._Element | None:
    """The widest picture of a group, which is one thing in many forms."""
    best, width = None, -1
    for one in group.get("media_content", ()):
        if _is_image(one) and (wide := _number(one.get("width"))) > width:
            best, width = one, wide
    return best


def _enclosed(found: Found, base: str) -> list[Picture]:
    """RSS's enclosures and Atom's links of that kind."""
    elements = (*found.get("enclosure", ()), *found.get("link", ()))
    return [Picture(absolute(one.get("url") or one.get("href"), base)) for one in elements if _is_enclosed_image(one)]


def _distinct(made: list[Picture]) -> tuple[Picture, ...]:
    """Each picture once: addresses that differ only in their query are sizes of one."""
    seen: dict[str, Picture] = {}
    for picture in made:
        key = picture.url.partition("?")[0]
        if key and (key not in seen or picture.width > seen[key].width):
            seen[key] = picture
    return tuple(seen.values())[: limits.PICTURES]


def _thumbnails(found: Found, groups: list[Found], sort: Sort, base: str) -> list[Picture]:
    """A thumbnail stands for a picture only where none is given: of a video, mostly. One an item is enough."""
    inside = [sort(one) for place in (found, *groups) for one in place.get("media_content", ()) if len(one)]
    for where in (found, *groups, *inside):
        if thumbnails := where.get("thumbnail"):
            element = thumbnails[0] if len(thumbnails) == 1 else max(thumbnails, key=_width)
            return [_picture(element, found | where, sort, base)]
    return []


def _picture(element: etree._Element, near: Found, sort: Sort, base: str) -> Picture:
    """A picture and its words: its own, or those that stand `near` it."""
    get = element.get
    address = get("url") or get("href") or get("src")
    if len(element):
        own = sort(element)
        near = near | own
        address = address or _written(own)
    credited = near.get("credit")
    return Picture(
        absolute(address if address is not None else element.text, base),
        line(near["media_text"][0]) if "media_text" in near else _caption(near),
        "" if not credited else line(credited[0]) if len(credited) == 1 else _joined(credited),
        line(near["media_title"][0]) if "media_title" in near else "",
        _number(get("width")),
        _number(get("height")),
    )


def _written(own: Found) -> str | None:
    """RSS's and the sitemap's way: the address as the text of a child."""
    return next((one.text for role in ("url", "loc") for one in own.get(role, ()) if one.text), None)


def _caption(near: Found) -> str:
    return line(near["caption"][0]) if "caption" in near else ""


def _joined(elements: Elements) -> str:
    return ", ".join(dict.fromkeys(filter(None, map(line, elements[: limits.AUTHORS]))))


def _is_image(element: etree._Element) -> bool:
    get = element.get
    if medium := get("medium"):
        return medium == "image"
    return _is_of_image(get)


def _is_enclosed_image(element: etree._Element) -> bool:
    get = element.get
    return _is_of_image(get) and get("rel", "enclosure") == "enclosure"


def _is_of_image(get: Callable[[str], str | None]) -> bool:
    """What the type says, else what the address ends in."""
    if kind := get("type"):
        return kind.startswith("image")
    address = get("url")
    return bool(address and _IMAGE.search(address))


def _width(element: etree._Element) -> int:
    return _number(element.get("width"))


def _number(said: str | None) -> int:
    if not said:
        return 0
    try:
        number = int(said)
    except ValueError:
        return 0
    return number if 0 < number < 100_000 else 0
