"""Deeds on articles: read, forget, save."""

from datetime import datetime

from inkstand.readers.models import Reader
from inkstand.reading.models import Preferences, Read, Saved


def read(*, reader: Reader, article: int, revision: int, progress: int, at: datetime) -> None:
    """Marks the article as read up to `progress`; nothing is taken back by an earlier or shorter look.

    Not written where the reader keeps no history, or forgot it after `at`.
    """
    wants = Preferences.objects.filter(reader=reader).only("history_days", "history_from").first()
    if wants and (wants.history_days == 0 or (wants.history_from and at <= wants.history_from)):
        return
    known = Read.objects.filter(reader=reader, article=article).first()
    if known is None:
        seen = {"revision": revision, "progress": progress, "first_at": at, "last_at": at}
        Read.objects.create(reader=reader, article_id=article, **seen)
        return
    known.revision, known.progress = max(known.revision, revision), max(known.progress, progress)
    known.first_at, known.last_at = min(known.first_at, at), max(known.last_at, at)
    known.save(update_fields=["revision", "progress", "first_at", "last_at"])


def forget(*, reader: Reader, article: int, at: datetime) -> None:
    """As if never read: looks at it up to `at` are gone."""
    Read.objects.filter(reader=reader, article=article, first_at__lte=at).delete()


def forget_all(*, reader: Reader, at: datetime) -> None:
    """All history up to `at`, also what a device has not told yet."""
    Read.objects.filter(reader=reader, last_at__lte=at).delete()
    Preferences.objects.update_or_create(reader=reader, defaults={"history_from": at})


def save(*, reader: Reader, article: int, at: datetime) -> None:
    Saved.objects.get_or_create(reader=reader, article_id=article, defaults={"at": at})


def unsave(*, reader: Reader, article: int) -> None:
    Saved.objects.filter(reader=reader, article=article).delete()
