"""Fourteen days free, once a person."""

from datetime import datetime, timedelta

from django.db import transaction

from inkstand.membership.errors import TrialAlreadyUsed
from inkstand.membership.grant import trial_ends
from inkstand.membership.models import Grant, TrialTaken
from inkstand.membership.person import mark
from inkstand.readers.models import Reader

TRIAL = timedelta(days=14)


@transaction.atomic
def start_trial(*, reader: Reader, now: datetime, card: str = "") -> Grant:
    """The trial's grant; `TrialAlreadyUsed` where this person has had one, under this account or one now erased, or
    another with their `card` (its mark; "" for none).

    The database holds it to one: two at once meet at the primary key of the mark.
    """
    marks = [one for one in (mark(reader.email), card) if one]
    fresh = [TrialTaken.objects.get_or_create(person=one)[1] for one in marks]
    if not all(fresh) or Grant.objects.filter(reader=reader, kind=Grant.Kind.TRIAL).exists():
        raise TrialAlreadyUsed(reader_id=reader.pk)
    return Grant.objects.create(reader=reader, kind=Grant.Kind.TRIAL, starts_at=now, ends_at=now + TRIAL)


def days_left(ends: datetime | None, now: datetime) -> int:
    """Days begun count: on the last of them one day is left."""
    return max(0, -((now - ends) // timedelta(days=1))) if ends else 0


def use_up(reader: Reader) -> None:
    """This person gets no trial any more."""
    TrialTaken.objects.get_or_create(person=mark(reader.email))


def free_until(reader: Reader, now: datetime, *, by_card: bool) -> datetime:
    """Until when nothing is due if they join now: the end of their trial, or, `by_card`, of one that would begin."""
    ends = trial_ends(reader)
    if ends is None and by_card and not TrialTaken.objects.filter(person=mark(reader.email)).exists():
        ends = now + TRIAL
    return max(ends or now, now)
