"""What royalties refuses. Months are told as 2026-03."""

from inkstand.kit.errors import InkstandError


class TicketRefused(InkstandError):
    code = "ticket-refused"
    message = "This beat does not count: its ticket {reason}. Opening the article again gives a fresh one."


class MonthUnreadable(InkstandError):
    code = "month-unreadable"
    message = "“{text}” is not a month. Write it as 2026-03."


class MonthClosed(InkstandError):
    code = "month-closed"
    message = "{month} is settled and stays as it is. Book a correction in the month that is open."


class MonthNotOver(InkstandError):
    code = "month-not-over"
    message = "{month} can be settled from {ready} on, once its last readings and payments are in."


class EarlierMonthOpen(InkstandError):
    code = "earlier-month-open"
    message = "{earlier} is not settled yet. Settle months in their order: `inkstand royalties settle {earlier}`"


class MonthNotSettled(InkstandError):
    code = "month-not-settled"
    message = "{month} is not settled yet. Settle it first: `inkstand royalties settle {month}`"


class PaymentRefused(InkstandError):
    code = "payment-refused"
    message = "Payment {reference} cannot be booked: {reason}. Look it up at the payment provider."


class ReferenceTaken(InkstandError):
    code = "reference-taken"
    message = "{reference} is booked already, as something else. Give each event of money a reference of its own."


class PaymentUnknown(InkstandError):
    code = "payment-unknown"
    message = "There is no payment {reference} to refund. Book the payment first; the refund can then be sent again."


class RefundTooLarge(InkstandError):
    code = "refund-too-large"
    message = (
        "Refund {reference} is more than payment {payment} has left: {left} minor units, {tax} of them tax."
        " Refund at most that."
    )


class RuleTooEarly(InkstandError):
    code = "rule-too-early"
    message = "A rule is published before it holds: it may start in {earliest} at the earliest."


class NoSuchPublisher(InkstandError):
    code = "no-such-publisher"
    message = "No publisher has the number {publisher}. Numbers are in the desk's list of publishers."


class AmountUnreadable(InkstandError):
    code = "amount-unreadable"
    message = "“{text}” of “{currency}” is no amount to book. Write it as 12.34 EUR or -0.80 EUR, and not zero."


class NotOwed(InkstandError):
    code = "not-owed"
    message = "Publisher {publisher} is owed {owed}, so {asked} cannot be paid out. Pay at most what is owed."
