"""What is kept no longer than it is of use: sessions that have ended, tries to sign in, exports nobody fetched."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, OuterRef

from inkstand.readers.models import Parcel

PARCELS_KEPT = timedelta(days=7)


def forget(*, now: datetime) -> int:
    """How many rows went."""
    gone: int = Session.objects.filter(expire_date__lt=now).delete()[0]
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    gone += UserSession.objects.exclude(Exists(alive)).delete()[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM readers_tries WHERE expires < %s", [now])
        gone += cursor.rowcount
    return gone + Parcel.objects.filter(asked_at__lt=now - PARCELS_KEPT).delete()[0]
