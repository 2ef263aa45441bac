"""`inkstand royalties`: settle a month, write what is published of it, book what was paid out and put right."""

import re
from pathlib import Path

from django.conf import settings

from inkstand.kit import clock
from inkstand.kit.money import Money, minor_of
from inkstand.ops.errors import FileUnwritable
from inkstand.ops.say import counted, progress, say
from inkstand.royalties.collect import collect
from inkstand.royalties.corrections import correct
from inkstand.royalties.errors import AmountUnreadable
from inkstand.royalties.ledger import Kind, Place, balances
from inkstand.royalties.models import Earning
from inkstand.royalties.months import parsed, told
from inkstand.royalties.papers import papers
from inkstand.royalties.payments import book_pay_out
from inkstand.royalties.settle import settle
from inkstand.royalties.statement import publishers


def settle_month(text: str) -> None:
    month = parsed(text)
    collect(now=clock.now())
    settled = settle(month, now=clock.now(), home=settings.HOME)
    titles = Earning.objects.filter(period=month).values("title").distinct().count()
    say(f"{text} settled by {settled.rule}: {counted(titles, 'title') if titles else 'no title'} earned")


def write_statements(text: str, publisher: int | None, folder: Path) -> None:
    """Of one publisher, or of everyone whose account has moved."""
    month = parsed(text)
    wanted = publishers(month) if publisher is None else [publisher]
    for number in progress(wanted, "statements"):
        _write(folder, papers(number, month, settings.HOME))
    if wanted:
        say(f"{counted(len(wanted), 'statement')} of {text} in {folder.absolute()}")
    else:
        say(f"nothing was earned in {text}: there is no statement to write")


def book_paid(publisher: int, amount: str, currency: str, reference: str) -> None:
    """Has no money moved: it was, and this is written down."""
    minor = _minor(amount, currency)
    book_pay_out(publisher=publisher, minor=minor, currency=currency, reference=reference, now=clock.now())
    owed = balances(Place(Kind.PUBLISHER, publisher)).get(currency, 0)
    say(f"publisher {publisher} was paid {Money(minor, currency)} and is owed {Money(owed, currency)}")


def book_correction(text: str, publisher: int, amount: str, currency: str, *, reference: str, why: str) -> None:
    """Of a settled month, in the one that is open; below zero, less."""
    gains = {publisher: _minor(amount, currency)}
    made = correct(of=parsed(text), currency=currency, gains=gains, reference=reference, why=why, now=clock.now())
    say(f"booked in {told(made.period_id)}, and stands on the statement of that month: {made.why}")


def _minor(amount: str, currency: str) -> int:
    try:
        minor = minor_of(amount, currency)
    except ValueError:
        minor = 0
    if not minor or not re.fullmatch("[A-Z]{3}", currency):
        raise AmountUnreadable(text=amount, currency=currency)
    return minor


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise FileUnwritable(path=folder, reason=error.strerror) from error
