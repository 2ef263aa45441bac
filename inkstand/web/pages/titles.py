"""Every title that is carried, by its first letter."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from inkstand.titles.models import Title
from inkstand.web.kept.alike import alike
from inkstand.web.pages.cards import mark_of
from inkstand.web.pages.sieve import filters_of
from inkstand.web.places import country_name
from inkstand.web.values import Mark


@alike
def titles(request: HttpRequest) -> HttpResponse:
    shown = get_language() or "en"
    carried = Title.objects.carried().exclude(pk__in=filters_of(request).titles)
    entries = [(mark_of(title), country_name(title.country, shown)) for title in carried]
    return render(request, "titles.html", {"letters": by_letter(entries)})


def by_letter(entries: Iterable[tuple[Mark, str]]) -> list[tuple[str, list[tuple[Mark, str]]]]:
    """Titles under their first letter, "The" not counted; those that begin with none under #."""
    ordered = sorted(entries, key=lambda entry: _sorted_by(entry[0].name))
    return [(letter, list(run)) for letter, run in groupby(ordered, lambda entry: _letter(entry[0].name))]


def _sorted_by(name: str) -> tuple[bool, str]:
    return _letter(name) == "#", _bare(name)


def _letter(name: str) -> str:
    first = _bare(name)[:1]
    return first.upper() if first.isalpha() else "#"


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")
