"""The Jinja environment of our pages: what a template may call, and how times, people and addresses are set."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup

from inkstand.membership.letters import paper
from inkstand.web import assets, moments, pictures
from inkstand.web.book.plain import address
from inkstand.web.devices import device
from inkstand.web.headers import FIRST_SCRIPT
from inkstand.web.tongues import direction


def environment(**options: Any) -> Environment:
    made = Environment(**options, extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Django turns autoescape on
    made.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        static=assets.address,
        styles=assets.styles,
        url=reverse,
        picture=pictures.address,
        sources=pictures.sources,
        direction=direction,
        language=translation.get_language,
        get_messages=get_messages,
        oidc_name=lambda: settings.OIDC_NAME,
        paper=paper,
        paper_name=lambda: settings.NAME,
        first_script=lambda: Markup(FIRST_SCRIPT),  # noqa: S704 - a constant of ours
    )
    made.filters.update(
        iso=moments.iso,
        clock=moments.clock,
        stamp=moments.stamp,
        full=moments.full,
        day=moments.day,
        month=moments.month,
        short_month=moments.short_month,
        weekday=moments.weekday,
        date_of=moments.date_of,
        people=people,
        ld=linked_data,
        device=device,
    )

    made.filters["web_address"] = address
    made.filters["host"] = lambda url: urlsplit(url).netloc.removeprefix("www.")
    return made


def people(names: tuple[str, ...]) -> str:
    """A byline as it is printed: `Ana Ruiz`, `Ana Ruiz and Tom Oka`, `Ana Ruiz, Tom Oka and Li Wei`."""
    if len(names) < 2:
        return "".join(names)
    return translation.gettext("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def linked_data(value: object) -> Markup:
    """JSON that may stand in a script element: no `<`, `>` or `&` of the text can close it."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - every sign that means something to HTML is gone
