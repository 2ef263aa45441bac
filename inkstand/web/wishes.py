"""The forms of the settings page: each a few columns of the reader's Preferences, in words."""

from collections.abc import Callable
from datetime import time
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from inkstand.editions import places
from inkstand.reading.models import HISTORY_DAYS, Preferences
from inkstand.titles.models import Title
from inkstand.web.places import country_name

# By the name under which a page wears it: in hundredths of the usual, and in words.
SIZES = {"small": (90, _("Small")), "": (100, _("Usual")), "large": (125, _("Large")), "larger": (150, _("Larger"))}
FACES = [("serif", _("Serif")), ("sans", _("Sans serif"))]
WIDTHS = [("narrow", _("Narrow")), ("medium", _("Usual")), ("wide", _("Wide"))]
THEMES = [("", _("As my device")), ("light", _("Light")), ("sepia", _("Sepia")), ("dark", _("Dark"))]
DAYS = [(0, _("Not at all")), (30, _("30 days")), (HISTORY_DAYS, _("90 days")), (365, _("A year")), ("", _("For good"))]
STORIES = [(5, _("5 stories")), (10, _("10 stories")), (20, _("20 stories"))]
# One point of significance is one newsroom that tells a story this minute.
BARS = [
    ("", _("Never")),
    (40.0, _("When some forty newsrooms tell it at once")),
    (20.0, _("When some twenty do")),
    (10.0, _("When some ten do")),
]


def hours(first: int, last: int) -> list[tuple[str, Any]]:
    """Every half hour, and none."""
    clock = [f"{hour:02}:{minute:02}" for hour in range(first, last) for minute in (0, 30)]
    return [("", _("None")), *((at, at) for at in clock)]


class Wishes(forms.Form):
    """Its fields bear the names of columns; what is valid may go to `reading.prefer` as it is."""

    @classmethod
    def of(cls, kept: Preferences, said: Any = None) -> "Wishes":
        """Filled with what the reader has, or with what they sent."""
        initial = {name: _shown(getattr(kept, name)) for name in cls.base_fields}
        return cls(said, initial=initial)


def _shown(value: Any) -> Any:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else value


def _maybe(label: Any, choices: Any, kind: Callable[[str], Any]) -> forms.TypedChoiceField:
    """A choice of which "" means none."""
    return forms.TypedChoiceField(label=label, choices=choices, coerce=kind, empty_value=None, required=False)


class Reading(Wishes):
    text_size = forms.TypedChoiceField(label=_("Text size"), choices=SIZES.values(), coerce=int)
    text_face = forms.ChoiceField(label=_("Letters"), choices=FACES)
    text_width = forms.ChoiceField(label=_("Width of the text"), choices=WIDTHS)
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES, required=False)
    only_open = forms.BooleanField(label=_("Show me only what I can open here"), required=False)


class History(Wishes):
    history_days = _maybe(_("Keep what I read"), DAYS, int)


class Place(Wishes):
    language = forms.ChoiceField(label=_("Language of the paper"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    country = forms.ChoiceField(label=_("Country whose news weighs more in editions"), required=False)

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        ours = _("The paper’s: %(zone)s") % {"zone": settings.TIME_ZONE}
        cast(forms.ChoiceField, self.fields["language"]).choices = [("", _("As my browser")), *settings.LANGUAGES]
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = [
            ("", ours),
            *zones(self.initial.get("time_zone", "")),
        ]
        cast(forms.ChoiceField, self.fields["country"]).choices = [("", _("None")), *countries()]


class Editions(Wishes):
    morning_at = forms.TypedChoiceField(
        label=_("Morning edition at"), choices=hours(4, 12), coerce=time.fromisoformat, empty_value=None, required=False
    )
    evening_at = forms.TypedChoiceField(
        label=_("Evening edition at"),
        choices=hours(15, 24),
        coerce=time.fromisoformat,
        empty_value=None,
        required=False,
    )
    edition_size = forms.TypedChoiceField(label=_("How long"), choices=STORIES, coerce=int)
    by_mail = forms.BooleanField(label=_("Send them to me by mail"), required=False)


class ForYou(Wishes):
    for_you = forms.BooleanField(label=_("Put a page together for me from what I read"), required=False)


class Notices(Wishes):
    push_bar = _maybe(_("Breaking news"), BARS, float)
    by_push = forms.BooleanField(label=_("Tell me on this device when an edition is out"), required=False)


FORMS: dict[str, type[Wishes]] = {
    "reading": Reading,
    "history": History,
    "place": Place,
    "editions": Editions,
    "for-you": ForYou,
    "notices": Notices,
}


def zones(kept: str = "") -> list[tuple[str, str]]:
    """Those named for a place, as `Europe/Berlin`: no others know of summer time. `kept` stays, whatever it is called
    by now."""
    names = {*places.zones(), kept} - {""}
    return [(name, name.replace("_", " ")) for name in sorted(names)]


def countries() -> list[tuple[str, str]]:
    """Those that have a title here, by their names in the language of the page."""
    spoken = get_language() or "en"
    codes = Title.objects.exclude(country="").order_by().values_list("country", flat=True).distinct()
    named = ((code, country_name(code, spoken)) for code in codes)
    return sorted((pair for pair in named if pair[1]), key=lambda pair: pair[1])
