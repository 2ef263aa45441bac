"""The time and memory that PostgreSQL gets for one search, and what happens when they are used up."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

_LIMITS = {
    "statement_timeout": "700ms",
    # A set of a third of a million rows must be held exactly, or every page of it is read again.
    "work_mem": "32MB",
    # To compile a statement, or to start workers for it, takes longer than it does.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
}
_CANCELED = "57014"


class OutOfTime(Exception):
    """A statement took longer than it may. Whoever searches makes do with what was found before: no reader sees it."""


@contextmanager
def bounded() -> Iterator[None]:
    """One search, within the limits."""
    with transaction.atomic(), connection.cursor() as cursor:
        calls = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in _LIMITS.items())
        cursor.execute(f"SELECT {calls}")
        yield


@contextmanager
def in_time() -> Iterator[None]:
    """A part of a search. Cut short, it is `OutOfTime` and takes nothing else with it."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _CANCELED:
            raise
        raise OutOfTime from error
