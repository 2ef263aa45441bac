"""Fourteen days free, once a person."""

from datetime import datetime, timedelta

from django.db import transaction

from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.models import Grant, TrialTaken
from inkstand.membership.person import mark
from inkstand.readers.models import Reader

TRIAL = timedelta(days=14)


@transaction.atomic
def start_trial(*, reader: Reader, now: datetime) -> Grant:
    """The trial's grant; `TrialAlreadyUsed` where this person has had one, under this account or one now erased.

    The database holds it to one: two at once meet at the primary key of the mark.
    """
    _, fresh = TrialTaken.objects.get_or_create(person=mark(reader.email))
    if not fresh or Grant.objects.filter(reader=reader, kind=Grant.Kind.TRIAL).exists():
        raise TrialAlreadyUsed(reader_id=reader.pk)
    return Grant.objects.create(reader=reader, kind=Grant.Kind.TRIAL, starts_at=now, ends_at=now + TRIAL)
