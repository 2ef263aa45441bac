"""What is found by searching and may be followed, as pages show it: its name in the reader's language, and its page."""

from collections.abc import Mapping
from dataclasses import asdict

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inkstand.search.subjects import Subject
from inkstand.search.values import Query
from inkstand.titles.models import Title
from inkstand.web.pages.facets import FACETS, address, named
from inkstand.web.places import country_name


def name_of(wanted: Subject) -> str:
    """A country or a topic in the reader's language, another name as it was asked for, a search with its filters."""
    if wanted.kind == "search":
        return " · ".join(_said(wanted.query))
    return country_name(wanted.country, get_language() or "en") if wanted.country else str(wanted.name)


def address_of(wanted: Subject) -> str:
    if wanted.kind == "search":
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
