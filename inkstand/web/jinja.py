"""The Jinja environment of our pages."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    made = Environment(**options, extensions=["jinja2.ext.i18n"])  # noqa: S701 - Django turns autoescape on
    made.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static, url=reverse)
    return made
