"""The deed of the settings page: how one reader wants the paper."""

from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError

from inkstand.readers.models import Reader
from inkstand.reading.errors import PreferenceRefused
from inkstand.reading.models import Lever, Preferences, Read, Shown


def prefer(*, reader: Reader, **wishes: Any) -> Preferences:
    """The reader's preferences with `wishes` (columns of Preferences) set; PreferenceRefused names one that cannot be.

    Who turns history off has none: what was written goes at once, not at night. Nor does For You leave anything that
    was learned behind when it is turned off; what the reader never wants to see is not learned, and stays.
    """
    kept = Preferences.objects.filter(reader=reader).first() or Preferences(reader=reader)
    for name, value in wishes.items():
        setattr(kept, name, value)
    _check(kept, wishes)
    kept.save()
    if kept.history_days == 0:
        Read.objects.filter(reader=reader).delete()
    if not kept.for_you:
        Shown.objects.filter(reader=reader).delete()
        Lever.objects.filter(reader=reader).exclude(say=Lever.Say.NEVER).delete()
    return kept


def _check(kept: Preferences, wishes: dict[str, Any]) -> None:
    if kept.time_zone and kept.time_zone not in available_timezones():
        raise PreferenceRefused(name="time_zone", value=kept.time_zone)
    try:
        kept.clean_fields(exclude={"reader"})
        kept.validate_constraints(exclude={"reader"})
    except ValidationError as error:
        name = next((name for name in error.message_dict if name in wishes), "") or next(iter(wishes))
        raise PreferenceRefused(name=name, value=wishes[name]) from None
