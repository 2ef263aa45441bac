"""Deeds on passages: highlight, note."""

from datetime import datetime
from uuid import UUID

from inkstand.readers.models import Reader
from inkstand.reading.models import Highlight


def highlight(
    *, reader: Reader, key: UUID, article: int, revision: int, quote: str, start: int, end: int, note: str, at: datetime
) -> None:
    passage = {"article_id": article, "revision": revision, "quote": quote, "start": start, "end": end}
    Highlight.objects.update_or_create(reader=reader, key=key, defaults={**passage, "note": note, "at": at})


def note(*, reader: Reader, key: UUID, note: str) -> None:
    Highlight.objects.filter(reader=reader, key=key).update(note=note)


def unhighlight(*, reader: Reader, key: UUID) -> None:
    Highlight.objects.filter(reader=reader, key=key).delete()
