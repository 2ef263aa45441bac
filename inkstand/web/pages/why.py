"""Why is this here? What ranking kept of a placement, in the reader's words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inkstand.ranking.reasons import Reason
from inkstand.web.values import Why


def why(slot: Mapping[str, Any]) -> Why:
    """Of a slot of `ranking.page.front_page`."""
    return Why(tuple(Reason(**reason).sentence(ngettext) for reason in slot["why"]), tuple(_points(slot["parts"])))


def _points(parts: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """The parts that count for anything at one decimal; those whose name is not known here are left unsaid."""
    # A pin is no number of newsrooms, and no sum that a reader should add up: it is said in words.
    if parts.get("editors", 0.0) > 0:
        yield _("Our editors"), _("Placed above all")
    for part, name in _NAMES.items():
        points = round(parts.get(part, 0.0), 1)
        if points:
            yield name(), f"{'+' if points > 0 else '−'}{number_format(abs(points), 1)}"


# Called where they are shown, for the language is the reader's.
_NAMES: dict[str, Callable[[], str]] = {
    "voices": lambda: _("Titles that tell it"),
    "readers": lambda: _("Readers who were disappointed"),
    "placements": lambda: _("Newsrooms’ own fronts"),
    "home": lambda: _("Told at home"),
    "growth": lambda: _("How fast it grows"),
    "depth": lambda: _("Length and own reporting"),
    "age": lambda: _("Its age"),
}
