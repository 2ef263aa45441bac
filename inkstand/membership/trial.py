"""Fourteen days free, once a person."""

from datetime import datetime, timedelta

from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.models import Grant
from inkstand.readers.models import Reader

TRIAL = timedelta(days=14)


def start_trial(*, reader: Reader, now: datetime) -> Grant:
    """The trial's grant; `TrialAlreadyUsed` where this reader has had one. The database holds it to one."""
    grant, fresh = Grant.objects.get_or_create(
        reader=reader, kind=Grant.Kind.TRIAL, defaults={"starts_at": now, "ends_at": now + TRIAL}
    )
    if not fresh:
        raise TrialAlreadyUsed(reader_id=reader.pk)
    return grant
