"""The till's round: charges that are due, and its messages brought to the paper, until the paper has taken them."""

from datetime import datetime

from inkstand.billing import receive
from inkstand.billing.till import books
from inkstand.billing.till.provider import SIGNATURE, Till, signature, written
from inkstand.billing.till.rows import TillMessage


def run(*, now: datetime) -> int:
    """How many messages were taken."""
    books.run(now=now)
    count = 0
    for row in TillMessage.objects.filter(delivered_at=None).order_by("at", "pk"):
        body = written(row).encode()
        count += receive.receive(Till(), body, {SIGNATURE: signature(body)}, now=now)
        row.delivered_at = now
        row.save(update_fields=["delivered_at"])
    return count
