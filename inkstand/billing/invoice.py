"""A payment's invoice as PDF: what every reader may keep for what they paid."""

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from inkstand.billing.models import Contract, Payment
from inkstand.billing.said import gift_said
from inkstand.kit.amounts import printed
from inkstand.kit.money import Money
from inkstand.kit.sheet import HEAD, SMALL, SUB, above_last, sheet, space, table, text

_WIDTHS = (110, 60)


def invoice(payment: Payment, *, what: str) -> bytes:
    """`what` is the plan's name in the reader's language. The same bytes every time, but for money given back since."""
    title = _("Invoice %(number)s") % {"number": payment.number}
    parts: list[Flowable] = [text(title, HEAD), *_parties(payment.contract), space(6), _sums(payment, what)]
    if payment.refunded:
        parts += [space(4), text(_("%(amount)s of it was given back.") % {"amount": _set(payment, payment.refunded)})]
    return sheet(title, [*parts, space(10), *_end(payment)], author=settings.NAME, language=get_language() or "en")


def _parties(contract: Contract) -> list[Flowable]:
    seller = [line.strip() for line in settings.SELLER.split(";") if line.strip()] or [settings.NAME, settings.ORIGIN]
    reader = contract.reader
    buyer = [line for line in (reader.name, reader.email) if line] if reader else []
    return [
        *(text(line) for line in seller),
        text(_("Billed to"), SUB),
        *(text(line) for line in buyer),
    ]


def _sums(payment: Payment, what: str) -> Flowable:
    head, line = paid_for(payment, what)
    net = payment.minor - payment.tax
    rows: list[list[object]] = [
        [head, ""],
        [text(line), _set(payment, net)],
        [_("Tax"), _set(payment, payment.tax)],
        [_("Paid on %(day)s") % {"day": _day(payment, "paid_at")}, _set(payment, payment.minor)],
    ]
    return table(rows, _WIDTHS, above_last())


def paid_for(payment: Payment, what: str) -> tuple[str, str]:
    """The head and the line of what was bought. A gift's days are not known: they begin when it is taken."""
    if payment.contract.once:
        return _("Gift"), gift_said(payment.contract.months)
    return _("Membership"), f"{what}, {_day(payment, 'covers_from')} – {_day(payment, 'covers_until')}"


def _end(payment: Payment) -> list[Flowable]:
    said = {"contract": payment.contract_id, "reference": payment.reference}
    return [text(_("Contract %(contract)s. The provider’s reference: %(reference)s.") % said, SMALL)]


def _set(payment: Payment, minor: int) -> str:
    return printed(Money(minor, payment.currency), to_locale(get_language() or "en"))


def _day(payment: Payment, field: str) -> str:
    return format_date(getattr(payment, field), "long", locale=to_locale(get_language() or "en"))
