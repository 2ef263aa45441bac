"""Receipts of readers: of the month that runs for whoever asks, of settled months for whoever wanted them kept.

A settled month's can only be written while it is being settled: afterwards nobody knows whose reading was whose.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db import connection
from django.db.models import Sum

from inkstand.royalties.blind import blinded
from inkstand.royalties.models import MonthsFee, Period, ReceiptWish
from inkstand.royalties.models import Receipt as Kept
from inkstand.royalties.periods import reader_number
from inkstand.royalties.receipt import Receipt, receipt
from inkstand.royalties.rules import rule_for
from inkstand.royalties.values import Fee, Pays

_OF_READERS = """
    SELECT m.reader, m.currency, m.minor, p.title_id, p.weight
    FROM royalties_member m LEFT JOIN royalties_points p USING (reader) WHERE m.reader = ANY(%s)
"""
_OWN = """
    SELECT r.title_id, sum(r.seconds * CASE WHEN a.copy_of_id IS NULL THEN 1000 ELSE %s END)::bigint
    FROM royalties_reading r LEFT JOIN stories_account a ON a.article_id = r.article_id
    WHERE r.period_id = %s AND r.reader = %s AND r.seconds >= %s GROUP BY r.title_id
"""


def receipts(reader: int, month: date) -> list[Receipt]:
    """A reader's receipts of a month, one a currency: kept ones once it is settled, else as it stands now."""
    found = Period.objects.filter(month=month).first()
    if found is not None and found.settled_at:
        kept = Kept.objects.filter(reader=reader, period=found).order_by("currency")
        return [Receipt(month, r.currency, r.fee, {int(t): m for t, m in r.went.items()}) for r in kept]
    return _so_far(reader, month)


def keep_receipts(*, reader: int, keep: bool) -> None:
    """From the month that is open on. Turned off, those kept are erased too."""
    if keep:
        ReceiptWish.objects.get_or_create(reader_id=reader)
    else:
        ReceiptWish.objects.filter(reader=reader).delete()
        Kept.objects.filter(reader=reader).delete()


def keeps_receipts(reader: int) -> bool:
    return ReceiptWish.objects.filter(reader=reader).exists()


def _so_far(reader: int, month: date) -> list[Receipt]:
    """By the reader's own reading, whichever rule will pay: what a pot pays everyone is not known before its end."""
    number, rule = reader_number(month, reader), rule_for(month)
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [rule.copy_permille, month, number, rule.min_seconds])
        read = dict(cursor.fetchall())
    return [receipt(month, fee.currency, fee.minor, read, {}, Pays.USER_CENTRIC) for fee in fees(month, number)]


def fees(month: date, number: int) -> list[Fee]:
    """What the blinded reader `number` has put into the month's pots, by currency."""
    rows = MonthsFee.objects.filter(period=month, reader=number).values_list("currency").annotate(minor=Sum("minor"))
    return [Fee(number, minor, currency) for currency, minor in rows.order_by("currency") if minor > 0]


def write_receipts(settling: Period, paid: Mapping[str, Mapping[int, int]], pays: str) -> None:
    """For those who wanted theirs kept. Called while a month is being settled: `gather` has made the tables."""
    assert settling.key is not None
    numbers = {blinded(bytes(settling.key), pk): pk for pk in ReceiptWish.objects.values_list("reader", flat=True)}
    with connection.cursor() as cursor:
        cursor.execute(_OF_READERS, [list(numbers)])
        rows = cursor.fetchall()
    read: defaultdict[tuple[int, str, int], dict[int, int]] = defaultdict(dict)
    for number, currency, fee, title, weight in rows:
        read[number, currency, fee] |= {title: weight} if title else {}
    Kept.objects.bulk_create(
        _kept(numbers[number], settling, receipt(settling.month, currency, fee, by, paid.get(currency, {}), Pays(pays)))
        for (number, currency, fee), by in read.items()
    )


def _kept(reader: int, settling: Period, made: Receipt) -> Kept:
    return Kept(reader_id=reader, period=settling, currency=made.currency, fee=made.fee, went=made.went)
