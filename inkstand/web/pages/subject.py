"""What may be followed, as pages show it: its name in the reader's language, and its page."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inkstand.articles.sections import BY_SLUG, Section
from inkstand.kit.ids import is_id
from inkstand.search.subjects import Subject, subject
from inkstand.search.values import Query
from inkstand.stories.models import Story
from inkstand.titles.models import Title
from inkstand.web.pages.facets import FACETS, address, named
from inkstand.web.places import country_name


@dataclass(frozen=True, slots=True)
class Told:
    """A story, by the headline of its lead."""

    pk: int
    headline: str


Followable = Title | Told | Section | Subject


def found(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Followable]:
    """By kind and key, as `reading` keeps them: what there is of these. A statement for titles, another for stories."""
    wanted = set(keys)
    ids = {kind: {int(key) for of, key in wanted if of == kind and is_id(key)} for kind in ("title", "story")}
    heads = Story.objects.filter(pk__in=ids["story"]).values_list("pk", "lead__current__headline")
    rows: dict[str, Mapping[int, Followable]] = {
        "title": Title.objects.in_bulk(ids["title"]),
        "story": {pk: Told(pk, headline) for pk, headline in heads if headline},
    }
    return {(kind, key): one for kind, key in wanted if (one := _one(kind, key, rows.get(kind)))}


def _one(kind: str, key: str, rows: Mapping[int, Followable] | None) -> Followable | None:
    if rows is not None:
        return rows.get(int(key)) if is_id(key) else None
    return BY_SLUG.get(key) if kind == "section" else subject(kind, key)


def name_of(wanted: Followable) -> str:
    """A country, topic or section in the reader's language, a search with its filters, another name as it is."""
    match wanted:
        case Told():
            return wanted.headline
        case Subject(kind="search"):
            return " · ".join(_said(wanted.query))
        case Subject(country=str(code)) if code:
            return country_name(code, get_language() or "en")
    return str(wanted.name)


def address_of(wanted: Followable) -> str:
    match wanted:
        case Title():
            return reverse("title", args=[wanted.slug])
        case Told():
            return reverse("story", args=[wanted.pk])
        case Section():
            return reverse("section", args=[wanted.slug])
        case Subject(kind="search"):
            return reverse("search") + address(fields_of(wanted.query))
    return reverse(wanted.kind, args=[wanted.key])


def fields_of(query: Query) -> Mapping[str, str]:
    """The fields of the search page's form that ask for this query."""
    title = Title.objects.filter(pk=query.title).values_list("slug", flat=True).first() if query.title else None
    said = {name: str(value) for name, value in asdict(query).items() if value and name != "title"}
    names = {"words": "q", "since": "from", "until": "to", "has_text": "text"}
    kept = {names.get(name, name): "1" if name == "has_text" else value for name, value in said.items()}
    return kept | ({"title": title} if title else {})


def _said(query: Query) -> list[str]:
    fields = fields_of(query)
    title = Title.objects.filter(pk=query.title).values_list("name", flat=True).first() if query.title else None
    narrowed = [named(field, fields[field]) or fields[field] for field in FACETS[1:] if field in fields]
    days = [str(day) for day in (query.since, query.until) if day]
    text = [_("has full text")] if query.has_text else []
    return [part for part in (query.words, title, *narrowed, " – ".join(days), *text) if part]
