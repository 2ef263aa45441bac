"""The ticket an article page is given, and shows with each beat. Signed: what it says, we said.

It holds a blinded reader number and nothing else of the reader, so that whoever counts beats never learns who reads.
"""

from datetime import UTC, date, datetime, timedelta

from django.core.signing import BadSignature, Signer

from inkstand.royalties.errors import TicketRefused
from inkstand.royalties.values import Ticket

LIFE = timedelta(hours=4)
_SIGNER = "royalties.ticket"


def signed(ticket: Ticket) -> str:
    """Safe in an attribute and in an address."""
    parts = [ticket.month.isoformat(), ticket.article, ticket.title, ticket.reader, ticket.limit_s]
    return Signer(salt=_SIGNER).sign_object([*parts, int(ticket.opened_at.timestamp())])


def verified(text: str, now: datetime) -> Ticket:
    """`TicketRefused` where it was not signed by us, or is older than LIFE, or from later than now."""
    try:
        month, article, title, reader, limit_s, opened = Signer(salt=_SIGNER).unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise TicketRefused(reason="is not ours") from error
    opened_at = datetime.fromtimestamp(opened, UTC)
    if not timedelta(0) <= now - opened_at <= LIFE:
        raise TicketRefused(reason="has run out")
    return Ticket(date.fromisoformat(month), article, title, reader, limit_s, opened_at)
