"""What an editor chose stands on the front page at once, not at the next full minute."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

# Before whatever else waits: an editor is looking.
FIRST = 100


def print_anew() -> None:
    """Has the front page printed as soon as what is being written is there to be read."""
    # Not in the same transaction: a print that waits already could start before we are done, and not see it.
    transaction.on_commit(_defer)


def _defer() -> None:
    job = app.configure_task(
        "ranking.print", queue="ranking", lock="ranking.print", queueing_lock="ranking.print", priority=FIRST
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(timestamp=0)
