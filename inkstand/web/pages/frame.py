"""What stands around every page: the date, the sections, how many titles, who is reading."""

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Window
from django.http import HttpRequest
from django.urls import reverse

from inkstand.articles.filled import filled
from inkstand.articles.sections import SECTIONS
from inkstand.kit import clock
from inkstand.membership.standing import standing_of
from inkstand.membership.values import READS_ALL, Standing
from inkstand.readers.models import Reader
from inkstand.titles.models import Title
from inkstand.web import library
from inkstand.web.values import Frame, Link, Mark

NAMES = 18


def context(request: HttpRequest) -> dict[str, object]:
    """Django's context processor: `frame` for every template that is drawn for a request."""
    return {"frame": frame_for(request, now_of(request))}


def now_of(request: HttpRequest) -> datetime:
    """The one time of a request: taken at its first asking, the same to its end."""
    now: datetime = vars(request).setdefault("now", clock.now())
    return now


def reader_of(request: HttpRequest) -> Reader | None:
    return request.user if isinstance(request.user, Reader) else None


def signed_in_reader(request: HttpRequest) -> Reader:
    """For pages under `login_required`, which lets nobody else by."""
    reader = reader_of(request)
    assert reader is not None, "login_required stands before"
    return reader


def standing(request: HttpRequest) -> Standing:
    """This reader's standing, asked of the database once a request."""
    kept = vars(request)
    if "standing" not in kept:
        own = standing_of(reader_of(request), now_of(request))
        lends = own not in READS_ALL and library.is_at_one(request.META, now_of(request))
        kept["standing"] = Standing.SEAT if lends else own
    found: Standing = kept["standing"]
    return found


def frame_for(request: HttpRequest, now: datetime) -> Frame:
    names, count = _titles()
    return Frame(
        now=now,
        titles=count,
        names=names,
        sections=menu(request.path, now),
        origin=settings.ADDRESS or request.build_absolute_uri("/")[:-1],
        signed_in=reader_of(request) is not None,
        reads_all=standing(request) in READS_ALL,
        selling=settings.ACCESS == "members",
        trial_by_card=settings.TRIAL == "card",
        # Pages of this standing are kept for nobody: what only editors see may stand in them.
        edits=standing(request) is Standing.EDITOR,
    )


def menu(path: str, now: datetime) -> tuple[Link, ...]:
    """The sections with something in them, and the one that is looked at. At most one statement."""
    there = filled(now)
    return tuple(
        link for section, link in zip(SECTIONS, sections(path), strict=True) if link.current or section.slug in there
    )


def sections(path: str = "") -> tuple[Link, ...]:
    addresses = ((str(section.name), reverse("section", args=[section.slug])) for section in SECTIONS)
    return tuple(Link(name, address, current=address == path) for name, address in addresses)


def _titles() -> tuple[tuple[Mark, ...], int]:
    """The first titles that were added, and how many are carried."""
    rows = (
        Title.objects.carried()
        .order_by("id")
        .annotate(total=Window(Count("*")))
        .values_list("name", "slug", "total")[:NAMES]
    )
    found = list(rows)
    return tuple(Mark(name, reverse("title", args=[slug])) for name, slug, _ in found), found[0][2] if found else 0
