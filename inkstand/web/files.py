"""What a file that a reader takes away is called."""

from django.conf import settings
from django.utils.text import slugify


def file_name(what: str) -> str:
    """`what` after the paper's name, in signs that every device has: `harbour-times-2026-03.epub`."""
    return f"{slugify(settings.NAME) or 'paper'}-{what}"
