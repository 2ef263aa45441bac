"""Erasing a reader: the rows of every room go at once, and a receipt says how many. It cannot be undone."""

from collections import Counter
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from inkstand.billing import erase as billing
from inkstand.billing.follow import lock_contracts_of
from inkstand.billing.providers import provider, takes_payments
from inkstand.kit.codes import fresh, in_fours
from inkstand.membership import erase as membership
from inkstand.readers.models import Erasure, Reader


def erase(*, reader: Reader, now: datetime) -> Erasure:
    """Ends what they pay for, then deletes their row and all that hangs on it. Kept: the books without their name, and
    readings under blinded numbers. `ProviderAway` where the membership could not be ended: then nothing is erased."""
    if takes_payments():
        billing.end_contracts(provider(), reader, now=now)
    with transaction.atomic():
        # Before any row is touched: a worker who follows one of these contracts holds some of the same rows.
        lock_contracts_of(reader.pk)
        gone = Counter({"sessions": _end_sessions(reader), "admin": _log_of(reader).delete()[0]})
        billing.forget(reader)
        membership.forget(reader)
        for table, rows in reader.delete()[1].items():
            gone[table.split(".")[0]] += rows
        counted = {room: rows for room, rows in sorted(gone.items()) if rows}
        return Erasure.objects.create(number=in_fours(fresh(8), "-"), at=now, rows=counted)


def _end_sessions(reader: Reader) -> int:
    """By what every signing in wrote down of itself: the sessions' own rows say whose they are only when opened, and
    opening a paper's hundred thousand takes six seconds."""
    theirs = UserSession.objects.filter(user=reader).values("session_key")
    return Session.objects.filter(pk__in=theirs).delete()[0]


def _log_of(reader: Reader) -> QuerySet[LogEntry]:
    """What the desk wrote down of changes to the reader's own row: it holds their name."""
    kind = ContentType.objects.get_for_model(Reader)
    return LogEntry.objects.filter(content_type=kind, object_id=str(reader.pk))
