"""An edition as a book, bound when it is asked for: what is in it is what the gate opens to whoever asks."""

from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from lxml import html

from inkstand.editions.models import Edition
from inkstand.membership.letters import paper
from inkstand.web.book.bind import KIND, MOST_PICTURES, bind
from inkstand.web.edition_letter import jpeg_of
from inkstand.web.edition_text import name_of
from inkstand.web.files import file_name
from inkstand.web.moments import date_of
from inkstand.web.pages.edition import EditionView, Numbered, find, texts_for, told

WIDTH = 640
AT_ONCE = 8


def book(request: HttpRequest, day: str, half: str, tongue: str = "") -> HttpResponse:
    found = find(request, day, half, tongue)
    view = told(found, texts_for(request, found))
    name = f"{paper()}: {name_of(view)}, {date_of(view.day)}"
    _fetch_all(view)
    data = bind(view, name=name, origin=settings.ORIGIN, made_at=found.made_at, fetch=_fetch)
    # A member's copy holds members' texts: no cache between us may hand it on.
    said = {"Content-Disposition": f'attachment; filename="{_file(found)}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=KIND, headers=said)


def _file(found: Edition) -> str:
    return file_name(f"{found.day.isoformat()}-{found.half}.epub")


def _fetch(url: str) -> bytes | None:
    return jpeg_of(url, WIDTH)


def _fetch_all(view: EditionView) -> None:
    """All that are not on our disk yet, at once: one after the other, a book of twenty could take minutes."""
    wanted = [url for place in view.stories for url in _pictures(place)][:MOST_PICTURES]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(_fetch, dict.fromkeys(wanted)))


def _pictures(place: Numbered) -> list[str]:
    body = getattr(place.piece.answer, "body", "")
    inside = html.fragment_fromstring(body, create_parent="div").xpath(".//img/@src") if "<img" in body else []
    return [*([place.shot.url] if place.shot else []), *inside]
