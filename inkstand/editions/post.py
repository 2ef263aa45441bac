"""Editions brought by mail, over one connection for as long as there are any."""

from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from inkstand.editions.errands import NotNow, Outcome, carry_next
from inkstand.editions.models import Edition, Errand
from inkstand.readers.models import Reader

# The letter that brings an edition to a reader: the web room's affair.
Write = Callable[[Edition, Reader, datetime], EmailMessage]


def carry_mail(write: Write, now: datetime, go_on: Callable[[], bool]) -> int:
    """Brings what waits until nothing does, or until `go_on` says otherwise; how many letters were looked at."""
    line, looked_at = get_connection(), 0
    try:
        while go_on() and carry_next(Errand.Way.MAIL, lambda errand: _bring(errand, write, line, now), now):
            looked_at += 1
    finally:
        line.close()
    return looked_at


def _bring(errand: Errand, write: Write, line: BaseEmailBackend, now: datetime) -> Outcome:
    if errand.edition is None or not errand.reader.is_active:
        return Outcome.NOWHERE
    letter = write(errand.edition, errand.reader, now)
    letter.connection = line
    try:
        line.open()  # does nothing where it is open; who opens it keeps it so
        letter.send()
    except (SMTPException, OSError) as error:
        line.close()  # whatever state it is in, the next letter gets a fresh one
        if is_for_good(error):
            return Outcome.REFUSED
        raise NotNow from error
    return Outcome.BROUGHT


def is_for_good(error: Exception) -> bool:
    """Whether the mail server will say the same tomorrow: a reply that begins with 5 (RFC 5321, 4.2.1)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    # 535 and the like say that our own name or password is wrong: nothing the reader's address could mend.
    return isinstance(error, SMTPResponseException) and error.smtp_code in (550, 551, 552, 553, 554)
