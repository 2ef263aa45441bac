"""Pages that are one list: a section, a title, the latest."""

from django.core.paginator import Paginator  # noqa: F401
