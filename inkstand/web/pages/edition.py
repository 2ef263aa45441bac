"""Editions on the page: one edition, numbered, with an end; and the list of those there have been.

Everyone's stand under `/edition/DAY/HALF/TONGUE/`, the tongue as `en`, `en-GB` or `all`. Without it, that address is
the reader's own edition where they have one, else everyone's in their language.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from inkstand.articles.models import Revision
from inkstand.editions.models import Edition, Editions
from inkstand.editions.pieces import Piece, pieces
from inkstand.editions.values import Half
from inkstand.ranking.page import EVERY, main
from inkstand.web.pages import cards
from inkstand.web.pages.frame import now_of, reader_of, standing
from inkstand.web.pages.sieve import filters_of
from inkstand.web.places import country_name
from inkstand.web.values import Link, Shot

ALL = "all"
LISTED = 28


@dataclass(frozen=True, slots=True)
class Numbered:
    """A place of an edition with its picture, where it has one that can be shown."""

    piece: Piece
    shot: Shot | None


@dataclass(frozen=True, slots=True)
class EditionView:
    """`country` is its name where it was made for one, `mine` that it is this reader's own. `next_clock` is the hour
    of the one after it where it was made, `tomorrow` that it falls on another day."""

    half: str
    day: date
    address: str
    stories: tuple[Numbered, ...]
    country: str = ""
    mine: bool = False
    next_at: datetime | None = None
    next_clock: str = ""
    tomorrow: bool = False
    earlier: Link | None = None
    later: Link | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An edition in the list: what led it."""

    half: str
    day: date
    address: str
    headline: str
    language: str
    stories: int


def edition(request: HttpRequest, day: str, half: str, tongue: str = "") -> HttpResponse:
    found = find(request, day, half, tongue)
    return render(request, "edition.html", {"view": view_of(request, found)})


def newest_edition(request: HttpRequest) -> HttpResponse:
    """Where the newest edition stands; the list, which says when the first comes, while there is none."""
    return redirect(newest_address(request) or "editions")


def newest_address(request: HttpRequest) -> str:
    """The address of the newest edition for this reader, "" while there is none."""
    found = next((one for shelf in shelves(request, "") if (one := shelf.newest().first())), None)
    return address_of(found, "") if found else ""


def find(request: HttpRequest, day: str, half: str, tongue: str) -> Edition:
    """The edition at an address as this reader sees it; Http404 where there is none."""
    if half not in Half.values or not (on := _day(day)):
        raise Http404("There is no such edition.")
    rows = (shelf.filter(day=on, half=half).first() for shelf in shelves(request, tongue))
    if found := next((row for row in rows if row), None):
        return found
    raise Http404("There is no such edition.")


def shelves(request: HttpRequest, tongue: str) -> list[Editions]:
    """Where an edition is looked for, the first first."""
    public = Edition.objects.public()
    if tongue:
        language, _, country = ("" if tongue == ALL else tongue).partition("-")
        return [public.filter(language=language, country=country)]
    language = main(get_language() or "")
    everyones = [public.filter(language=language, country=""), public.filter(language=EVERY, country="")]
    reader = reader_of(request)
    return [Edition.objects.filter(reader=reader), *everyones] if reader else everyones


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def tongue_of(found: Edition) -> str:
    return "-".join(part for part in (found.language, found.country) if part) or ALL


def address_of(found: Edition, tongue: str) -> str:
    """Its address: the reader's own has no tongue in it, and everyone's only where one was asked for."""
    place = [found.day.isoformat(), found.half]
    return reverse("public-edition", args=[*place, tongue]) if tongue else reverse("edition", args=place)


def view_of(request: HttpRequest, found: Edition) -> EditionView:
    """Two statements besides those of its texts: the editions before and after."""
    around = Edition.objects.filter(reader=found.reader_id, language=found.language, country=found.country)
    before = around.filter(strikes_at__lt=found.strikes_at).newest().first()
    after = around.filter(strikes_at__gt=found.strikes_at).order_by("strikes_at").first()
    return replace(told(found, texts_for(request, found)), earlier=_link(before), later=_link(after))


def told(found: Edition, texts: Iterable[Piece]) -> EditionView:
    """An edition as it is told anywhere: on the page, in a letter, as a book."""
    next_at = found.next_at.astimezone(ZoneInfo(found.zone)) if found.next_at else None
    return EditionView(
        half=found.half,
        day=found.day,
        address=own_address(found),
        stories=numbered(texts),
        country=country_name(found.country, get_language() or "en"),
        mine=found.reader_id is not None,
        next_at=next_at,
        next_clock=f"{next_at:%H:%M}" if next_at else "",
        tomorrow=next_at is not None and next_at.date() != found.day,
    )


def texts_for(request: HttpRequest, found: Edition) -> tuple[Piece, ...]:
    """Its texts as this reader may have them, without what they block."""
    is_open = settings.ACCESS == "open"
    return pieces(found, standing(request), now_of(request), is_open=is_open, filters=filters_of(request))


def own_address(found: Edition) -> str:
    return address_of(found, "" if found.reader_id else tongue_of(found))


def _link(found: Edition | None) -> Link | None:
    return Link(found.half, own_address(found)) if found else None


def numbered(texts: Iterable[Piece]) -> tuple[Numbered, ...]:
    """Each picture once: agencies send one to all."""
    seen: set[str] = set()
    found: list[Numbered] = []
    for piece in texts:
        shot = shot_of(piece)
        found.append(Numbered(piece, shot if shot and shot.url not in seen else None))
        seen |= {shot.url} if shot else set()
    return tuple(found)


def shot_of(piece: Piece) -> Shot | None:
    """The first of its pictures that can be shown."""
    rows = [{name: getattr(picture, name) for name in picture.__struct_fields__} for picture in piece.pictures]
    return next(iter(cards.shots(rows)), None)


def editions(request: HttpRequest) -> HttpResponse:
    mine = [row for shelf in shelves(request, "")[:1] if reader_of(request) for row in shelf.newest()[:LISTED]]
    everyones = _everyones(request)
    heads = _heads([*mine, *everyones])
    return render(
        request,
        "editions.html",
        {
            "mine": [listed(row, "", heads) for row in mine],
            "everyones": [listed(row, tongue_of(row), heads) for row in everyones],
            "countries": countries(),
        },
    )


def _everyones(request: HttpRequest) -> list[Edition]:
    public = [shelf for shelf in shelves(request, "") if not reader_of(request)] or shelves(request, "")[1:]
    return next((rows for shelf in public if (rows := list(shelf.newest()[:LISTED]))), [])


def _heads(rows: Iterable[Edition]) -> dict[int, Revision]:
    """By id: what leads these editions, as printed, where it may be shown. One statement."""
    shown = Revision.objects.filter(article__withdrawn_at=None).select_related("article__title").defer("body")
    return shown.in_bulk({row.revisions[0] for row in rows})


def listed(row: Edition, tongue: str, heads: dict[int, Revision]) -> Listed:
    head = heads.get(row.revisions[0])
    language = head.article.language or head.article.title.language if head else ""
    return Listed(row.half, row.day, address_of(row, tongue), head.headline if head else "", language, len(row.stories))


def countries() -> list[Link]:
    """The newest edition of each country that has its own and a name, in their order. One statement."""
    shown_in = get_language() or "en"
    rows = Edition.objects.public().exclude(country="").order_by("language", "country", "-strikes_at")
    newest = rows.distinct("language", "country")
    links = (Link(country_name(row.country, shown_in), address_of(row, tongue_of(row))) for row in newest)
    return sorted((link for link in links if link.name), key=lambda link: link.name)
