"""Counts readings from beats. Knows a ticket and its blinded number; never who reads."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from inkstand.royalties.attention import SoFar, credit
from inkstand.royalties.errors import MonthClosed
from inkstand.royalties.models import Period, Pulse, Reading
from inkstand.royalties.months import told
from inkstand.royalties.ticket import verified
from inkstand.royalties.values import Beat, Ticket


def count(beat: Beat, *, now: datetime) -> int:
    """Seconds this beat was worth: 0 where it came too soon, was not looked at, or the text's time is used up.

    `TicketRefused` for a ticket that is not ours or has run out, `MonthClosed` once its month is settled.
    """
    ticket = verified(beat.ticket, now)
    return _while_open(ticket, lambda: _count(ticket, beat, now))


def not_worth_it(ticket_text: str, *, now: datetime, is_so: bool = True) -> None:
    """The reader says the article was not worth it, or takes that back: counted for the publisher's report."""
    ticket = verified(ticket_text, now)
    _while_open(ticket, lambda: Reading.objects.filter(pk=_reading(ticket).pk).update(not_worth_it=is_so))


def _while_open(ticket: Ticket, deed: Callable[[], int]) -> int:
    _refuse_closed(ticket)
    try:
        with transaction.atomic():
            return deed()
    except IntegrityError:
        # It may have been settled while we waited for it; the database then let nothing in.
        _refuse_closed(ticket)
        raise


def _refuse_closed(ticket: Ticket) -> None:
    if not Period.objects.filter(month=ticket.month, settled_at=None).exists():
        raise MonthClosed(month=told(ticket.month))


def _count(ticket: Ticket, beat: Beat, now: datetime) -> int:
    # The row of the reader's pulse is the lock: beats of one reader are counted one after the other.
    pulse = _pulse(ticket)
    reading = _reading(ticket)
    worth = credit(beat, SoFar(reading.seconds, reading.seen, reading.limit_s, pulse.at), now)
    if worth is None:
        return 0
    Pulse.objects.filter(pk=pulse.pk).update(at=now)
    Reading.objects.filter(pk=reading.pk).update(seconds=reading.seconds + worth.seconds, seen=worth.seen)
    return worth.seconds


def _pulse(ticket: Ticket) -> Pulse:
    return Pulse.objects.select_for_update().get_or_create(
        reader=ticket.reader, defaults={"period_id": ticket.month, "at": ticket.opened_at}
    )[0]


def _reading(ticket: Ticket) -> Reading:
    return Reading.objects.get_or_create(
        period_id=ticket.month,
        reader=ticket.reader,
        article_id=ticket.article,
        defaults={"title_id": ticket.title, "limit_s": ticket.limit_s},
    )[0]
