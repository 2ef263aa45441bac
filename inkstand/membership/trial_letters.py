"""Which letters about trials are due, and sending each once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from inkstand.membership import letters
from inkstand.membership.letters import Letter
from inkstand.membership.models import Grant, TrialLetter

BEFORE = timedelta(days=3)
# A letter about something long past is no news: a paper whose mail was away for a week does not write it up.
STALE = timedelta(days=2)


def send_due(*, now: datetime) -> int:
    """How many letters went out."""
    sent = 0
    for kind in letters.LETTERS:
        for grant in _due(kind, now):
            sent += _send(kind, grant, now)
    return sent


def _due(kind: str, now: datetime) -> "QuerySet[Grant]":
    span = {"began": "starts_at", "ending": "ends_at", "ended": "ends_at"}[kind]
    ahead = BEFORE if kind == "ending" else timedelta()
    due = Grant.objects.filter(
        ~Exists(TrialLetter.objects.filter(grant=OuterRef("pk"), kind=kind)),
        kind=Grant.Kind.TRIAL,
        **{f"{span}__lte": now + ahead, f"{span}__gt": now + ahead - STALE},
    ).select_related("reader")
    return due if kind == "began" else due.filter(~Exists(_reads_on(now)))


def _reads_on(now: datetime) -> "QuerySet[Grant]":
    """Whoever has joined, or been given a membership, is told nothing of a trial's end."""
    lasts = Q(ends_at=None) | Q(ends_at__gt=OuterRef("ends_at"))
    return Grant.objects.filter(lasts, reader=OuterRef("reader")).exclude(kind=Grant.Kind.TRIAL)


def _send(kind: str, grant: Grant, now: datetime) -> bool:
    """The row first: another worker that would send the same letter meets it. No mail, no row."""
    try:
        with transaction.atomic():
            TrialLetter.objects.create(grant=grant, kind=kind, sent_at=now)
            letters.send(_written(kind, grant), grant.reader.email)
    except IntegrityError:
        return False
    return True


def _written(kind: str, grant: Grant) -> Letter:
    assert grant.ends_at is not None
    if kind == "ended":
        return letters.trial_ended()
    return letters.trial_began(grant.ends_at) if kind == "began" else letters.trial_ending(grant.ends_at)
