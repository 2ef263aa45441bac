"""An edition as plain text: its subject, its stories numbered, its end."""

import textwrap

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inkstand.web.moments import date_of
from inkstand.web.pages.edition import EditionView, Numbered

WIDTH = 72


def name_of(view: EditionView) -> str:
    return _("Morning edition") if view.half == "morning" else _("Evening edition")


def subject(view: EditionView) -> str:
    """What leads it, where that is still to be told: one line, whatever a publisher put into a headline."""
    head = next((place.piece.headline for place in view.stories if not place.piece.withdrawn), "")
    return " ".join(f"{name_of(view)}: {head}".split()) if head else f"{name_of(view)}, {date_of(view.day)}"


def ending(view: EditionView) -> str:
    all_of_it = _("That is all for this morning.") if view.half == "morning" else _("That is all for this evening.")
    if view.next_at is None:
        return all_of_it
    following = _("The next comes tomorrow at %(hour)s.") if view.tomorrow else _("The next comes at %(hour)s.")
    return f"{all_of_it} {following % {'hour': view.next_clock}}"


def plain(view: EditionView, origin: str, stop: str) -> str:
    head = f"{name_of(view)}\n{date_of(view.day)}\n{origin}{view.address}"
    foot = _("You get this because you asked for editions by mail. To end that:")
    stories = [_story(place, origin) for place in view.stories]
    return "\n\n".join([head, *stories, "* * *", ending(view), f"-- \n{foot}\n{stop}"]) + "\n"


def _story(place: Numbered, origin: str) -> str:
    piece = place.piece
    if piece.withdrawn:
        return f"{piece.number}. " + _("%(title)s has withdrawn this article.") % {"title": piece.title}
    lines = [f"{piece.number}. {' '.join(piece.headline.split())}", _of(place)]
    lines += [textwrap.fill(piece.lead, WIDTH)] if piece.lead else []
    lines += [_("Correction") + ": " + piece.notice] if piece.notice else []
    return "\n".join([*lines, f"{origin}/article/{piece.article}/"])


def _of(place: Numbered) -> str:
    piece = place.piece
    others = ngettext("also in %(num)s other title", "also in %(num)s other titles", piece.others)
    return " · ".join([piece.title, *([others % {"num": piece.others}] if piece.others else [])])
