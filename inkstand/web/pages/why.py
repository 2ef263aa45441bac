"""Why is this here? What ranking kept of a placement, who chose a pick, that a piece is new: in the reader's words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inkstand.kit.isolate import isolated
from inkstand.ranking.reasons import Reason
from inkstand.web.moments import day
from inkstand.web.values import Why


def why(slot: Mapping[str, Any]) -> Why:
    """Of a slot of `ranking.page.front_page`."""
    return Why(tuple(Reason(**reason).sentence(ngettext) for reason in slot["why"]), tuple(_points(slot["parts"])))


def why_chosen(editor: str, at: datetime) -> Why:
    """Of a pick. `editor` "": nobody by name."""
    said = _("%(editor)s, an editor here, chose it on %(day)s.") if editor else _("Our editors chose it on %(day)s.")
    return Why((said % {"editor": isolated(editor), "day": day(at)},))


def why_new() -> Why:
    """Of what stands behind the placed: no weight has put it there."""
    return Why((_("It is among the newest articles."),))


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
