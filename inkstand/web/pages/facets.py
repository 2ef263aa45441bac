"""What a search can be narrowed down by: the values that what was found has, with how many have each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inkstand.articles.sections import BY_SLUG as SECTIONS
from inkstand.search.topics import BY_SLUG as TOPICS
from inkstand.titles.models import Title
from inkstand.web.places import country_name, language_name

# Those that a value of is chosen for, in the order in which they are shown.
FACETS = ("title", "topic", "section", "language", "country")
_MOST = 24


@dataclass(frozen=True, slots=True)
class Option:
    """`address` leads to the same search within this value; `count` is None where it is the one that was chosen."""

    value: str
    name: str
    address: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to narrow down by. `chosen` is the value in force, or ""; then there is no other option."""

    field: str
    name: str
    chosen: str
    options: tuple[Option, ...]


def facets(
    counted: Mapping[str, Mapping[object, int]], fields: Mapping[str, str], title: Title | None
) -> Iterator[Facet]:
    """Where there is a choice, or one was made."""
    titles = Title.objects.in_bulk([pk for pk in list(counted.get("title", {}))[:_MOST] if isinstance(pk, int)])
    for field in FACETS:
        if chosen := fields[field]:
            name = title.name if title and field == "title" else named(field, chosen)
            options = [Option(chosen, name, address({**fields, field: chosen}))]
        else:
            counts = list(counted.get(field, {}).items())[:_MOST]
            options = [option for one, count in counts if (option := _option(field, one, count, fields, titles)).name]
        if chosen or len(options) > 1:
            yield Facet(field, _NAMES[field](), chosen, tuple(options))


def named(field: str, value: str) -> str:
    """A value in the reader's language; "" of a country that has no name, as the demo edition's."""
    shown = get_language() or "en"
    if field in ("section", "topic"):
        known = SECTIONS.get(value) or TOPICS.get(value)
        return str(known.name) if known else value
    return country_name(value, shown) if field == "country" else language_name(value, shown)


def address(fields: Mapping[str, str]) -> str:
    return "?" + urlencode({name: value for name, value in fields.items() if value})


def _option(field: str, value: object, count: int, fields: Mapping[str, str], titles: Mapping[int, Title]) -> Option:
    title = titles.get(value) if isinstance(value, int) else None
    name, kept = (title.name, title.slug) if title else (named(field, str(value)), str(value))
    return Option(kept, name, address({**fields, field: kept}), count)


# Called where they are shown, for the language is the reader's.
_NAMES: Mapping[str, Callable[[], str]] = {
    "title": lambda: _("Title"),
    "topic": lambda: _("Topic"),
    "section": lambda: _("Section"),
    "language": lambda: _("Language"),
    "country": lambda: _("Country"),
}
