"""Titles and feeds in: from a catalogue, an OPML file or a person's hand. Entering one twice changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from inkstand.titles.models import Feed, Publisher, Title


@dataclass(frozen=True, slots=True)
class Address:
    """One feed of a title. `front`: it is the title's own front page, so its order is its editors' ranking."""

    url: str
    section: str = ""
    front: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A title as somebody names it, with its feeds."""

    name: str
    feeds: tuple[Address, ...]
    publisher: str = ""
    home: str = ""
    country: str = ""
    language: str = ""
    section: str = ""
    funding: str = ""
    logo: str = ""
    about: str = ""


@transaction.atomic
def enter(entries: Iterable[Entry]) -> list[Feed]:
    """The feeds that are new, in the order given. A feed that is known stays with the title it has."""
    wanted = list(entries)
    known = set(_known_feeds(wanted))
    fresh: list[Feed] = []
    for entry in wanted:
        addresses = {address.url: address for address in entry.feeds if address.url not in known}
        if addresses:
            title = _title(entry)
            fresh += [
                Feed(title=title, url=a.url, section=a.section[:120], is_front=a.front) for a in addresses.values()
            ]
            known.update(addresses)
    return Feed.objects.bulk_create(fresh)


def entry_of(title: Title) -> Entry:
    """The title as it travels to other programs: with the feeds that are still polled."""
    feeds = (Address(feed.url, feed.section, feed.is_front) for feed in title.feeds.all() if not feed.retired_at)
    return Entry(name=title.name, feeds=tuple(feeds), home=title.home, language=title.language)


def _known_feeds(entries: Sequence[Entry]) -> Iterable[str]:
    urls = [address.url for entry in entries for address in entry.feeds]
    return Feed.objects.filter(url__in=urls).values_list("url", flat=True)


def _title(entry: Entry) -> Title:
    """The title this entry names: the same name at the same home is the same title."""
    if found := Title.objects.filter(name=entry.name, home=entry.home).first():
        return found
    publisher, _ = Publisher.objects.get_or_create(
        name=(entry.publisher or entry.name)[:300], defaults={"home": entry.home[:2000], "country": entry.country}
    )
    return Title.objects.create(
        publisher=publisher,
        slug=free_slug(entry.name),
        name=entry.name[:300],
        home=entry.home[:2000],
        country=entry.country,
        language=entry.language,
        section=entry.section[:120],
        funding=entry.funding,
        logo=entry.logo[:2000],
        about=entry.about,
    )


def free_slug(name: str) -> str:
    """A slug nobody has: the-times, the-times-2, …"""
    base = slugify(name, allow_unicode=True)[:100] or "title"
    taken = set(Title.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := base if number == 1 else f"{base}-{number}") not in taken
    )
