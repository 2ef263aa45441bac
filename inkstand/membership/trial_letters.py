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
    lasts = Q(ends_at=None) | Q(ends_at__gt=OuterRef("ends_at"))
    others = Grant.objects.filter(reader=OuterRef("reader")).exclude(kind=Grant.Kind.TRIAL)
    if kind == "began":
        # Of a trial that came with joining, the letter of joining tells.
        return due.filter(~Exists(others.filter(source__startswith="contract", starts_at=OuterRef("starts_at"))))
    # Whoever has joined, or been given a membership, is told nothing of a trial's end.
    return due.filter(~Exists(others.filter(lasts)))


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
