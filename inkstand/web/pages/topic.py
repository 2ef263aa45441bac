"""Pages of what is found by searching and may be followed: topics, people, places; each drawn like a section."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from inkstand.search import week
from inkstand.search.find import find
from inkstand.search.subjects import Subject, subject
from inkstand.search.topics import BY_SLUG, TOPICS, Topic, parts_of
from inkstand.web.kept.alike import alike
from inkstand.web.pages.cards import by_id
from inkstand.web.pages.frame import now_of
from inkstand.web.pages.search import mark_from, mark_to, opens_members_texts
from inkstand.web.pages.sieve import filters_of
from inkstand.web.pages.subject import address_of, name_of
from inkstand.web.values import Link, ListView


@dataclass(frozen=True, slots=True)
class Group:
    """A topic of the first level on the page of all: the link to it, and to those within it, each with how many
    articles the last week had of it."""

    link: Link
    count: int
    parts: tuple[tuple[Link, int], ...]


@alike
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, subject("topic", slug), slug)


@alike
def person(request: HttpRequest, name: str) -> HttpResponse:
    return _page(request, subject("person", name), name)


@alike
def place(request: HttpRequest, name: str) -> HttpResponse:
    return _page(request, subject("place", name), name)


@alike
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic, and the names that publishers' keywords are full of."""
    now = now_of(request)
    counts, names = week.topics(now), week.names(now)
    groups = [_group(one, counts) for one in TOPICS if not one.broader]
    shown = {kind: [_name(kind, key) for of, key, _ in names if of == kind] for kind in ("person", "place")}
    return render(request, "topics.html", {"groups": groups, "people": shown["person"], "places": shown["place"]})


def _page(request: HttpRequest, wanted: Subject | None, asked: str) -> HttpResponse:
    if wanted is None:
        raise Http404(asked)
    now, filters, after = now_of(request), filters_of(request), mark_from(request.GET.get("before", ""))
    found = find(
        wanted.query, whole=opens_members_texts(request), now=now, after=after, newest_first=True, filters=filters
    )
    cards = by_id((match.place.article for match in found.matches), now, filters)
    view = ListView(
        name=name_of(wanted),
        about=_about(wanted),
        cards=tuple(cards[pk] for match in found.matches if (pk := match.place.article) in cards),
        links=tuple(_around(wanted)),
        follow=f"{wanted.kind}:{wanted.key}",
        older="?" + urlencode({"before": mark_to(found.after)}) if found.after else "",
    )
    return render(request, "list.html", {"view": view})


def _about(wanted: Subject) -> str:
    if wanted.kind == "topic":
        return _("What publishers file under this topic, the newest first.")
    return _("Articles that say this name, the newest first.")


def _around(wanted: Subject) -> Iterator[Link]:
    """The topic that this one is part of, and those that are part of it."""
    here = BY_SLUG.get(wanted.key) if wanted.kind == "topic" else None
    if here is None:
        return
    if here.broader:
        yield _link(BY_SLUG[here.broader])
    yield from map(_link, parts_of(here))


def _group(one: Topic, counts: Mapping[str, int]) -> Group:
    parts = tuple((_link(part), counts.get(part.slug, 0)) for part in parts_of(one))
    return Group(_link(one), counts.get(one.slug, 0), parts)


def _link(one: Topic) -> Link:
    return Link(str(one.name), reverse("topic", args=[one.slug]))


def _name(kind: str, key: str) -> Link:
    found = subject(kind, key)
    return Link(name_of(found), address_of(found)) if found else Link(key, reverse(kind, args=[key]))
