"""Months and the rules they are settled by, readings while a month runs, and the ledger.

What must never change (ledger, rules, what a month was settled on) is held by triggers in the database: see
migration 0002. Amounts are whole minor units.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from inkstand.articles.models import Article
from inkstand.royalties.values import Pays, Ruling
from inkstand.titles.models import Publisher, Title


class Rule(models.Model):
    """How months from `starts` on are settled. Published, then never changed: a new version takes its place."""

    version = models.PositiveIntegerField(primary_key=True)
    starts = models.DateField(help_text="The first month it holds for.")
    pays = models.CharField(max_length=20, choices=[(rule.value, rule.value) for rule in Pays])
    operator_permille = models.PositiveIntegerField("operator's share", help_text="Of 1000, after tax and fees.")
    copy_permille = models.PositiveIntegerField(
        "weight of a copy", help_text="Of 1000: what reading a copy weighs against reading an original."
    )
    min_seconds = models.PositiveIntegerField("shortest reading", help_text="Seconds; less is not a reading.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(operator_permille__lte=1000, copy_permille__lte=1000), name="rule_of_a_thousand"
            )
        ]
        ordering = ["version"]

    def __str__(self) -> str:
        return f"rule {self.version}, {self.pays}"

    def ruling(self) -> Ruling:
        return Ruling(self.version, self.pays, self.operator_permille, self.copy_permille, self.min_seconds)


class Period(models.Model):
    """A month. While it is open it has the key of its blinded reader numbers; once settled, that is destroyed."""

    month = models.DateField(primary_key=True)
    key = models.BinaryField(null=True, editable=False)
    rule = models.ForeignKey(Rule, models.PROTECT, null=True, related_name="+", help_text="It was settled by.")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="period_begins_a_month"),
            models.CheckConstraint(
                condition=Q(settled_at=None, key__isnull=False, rule=None)
                | Q(settled_at__isnull=False, key=None, rule__isnull=False),
                name="period_settled_has_no_key",
            ),
        ]
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Reading(models.Model):
    """One blinded reader's reading of one article, while its month runs. No time is kept but its length."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_index=False)
    reader = models.BigIntegerField()
    article = models.ForeignKey(Article, models.PROTECT, related_name="+", db_index=False)
    title = models.ForeignKey(Title, models.PROTECT, related_name="+", db_index=False)
    seconds = models.PositiveIntegerField(default=0)
    seen = models.PositiveSmallIntegerField(default=0, help_text="Thousandths of the text that came into view.")
    limit_s = models.PositiveIntegerField()
    not_worth_it = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "reader", "article"], name="one_reading_an_article")]

    def __str__(self) -> str:
        return f"{self.seconds} s of article {self.article_id}"


class Pulse(models.Model):
    """When a blinded reader's last beat came: one pair of eyes, one clock, however many pages are open."""

    reader = models.BigIntegerField(primary_key=True)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.at}"


class Insider(models.Model):
    """That a reader works for a publisher: what they read of its titles is not counted."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    publisher = models.ForeignKey(Publisher, models.CASCADE, related_name="+")
    sees_months = models.BooleanField(
        "sees its months", default=False, help_text="Opens the publisher's pages: readings, earnings, statements."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "publisher"], name="insider_once")]

    def __str__(self) -> str:
        return f"reader {self.reader_id} of {self.publisher}"


class Account(models.Model):
    """A place money lies in the ledger. `members` and `paid_out` are outside: the one runs negative, the other up."""

    class Kind(models.TextChoices):
        MEMBERS = "members", "paid by members"
        TAX = "tax", "tax to hand on"
        PROVIDER = "provider", "kept by the payment provider"
        OPERATOR = "operator", "the operator's share"
        POT = "pot", "a month's pot"
        PUBLISHER = "publisher", "owed to a publisher"
        PAID_OUT = "paid-out", "paid out to publishers"

    kind = models.CharField(max_length=12, choices=Kind)
    currency = models.CharField(max_length=3)
    publisher = models.ForeignKey(Publisher, models.PROTECT, null=True, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "currency", "publisher", "period"], nulls_distinct=False, name="one_account_a_kind"
            ),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="account_currency_iso_4217"),
            models.CheckConstraint(
                condition=Q(kind="publisher", publisher__isnull=False, period=None)
                | Q(kind="pot", publisher=None, period__isnull=False)
                | (~Q(kind__in=["publisher", "pot"]) & Q(publisher=None, period=None)),
                name="account_says_whose",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.kind, self.publisher or self.period, self.currency) if part)


class Booking(models.Model):
    """One transaction of the ledger, in one currency. Its `entries` are as many as it says and sum to zero."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", "payment"
        REFUND = "refund", "refund"
        SETTLEMENT = "settlement", "settlement"
        CARRY = "carry", "carried to the next month"
        CORRECTION = "correction", "correction"
        PAY_OUT = "pay-out", "pay-out"

    kind = models.CharField(max_length=12, choices=Kind)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=200, unique=True)
    entries = models.PositiveIntegerField()
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", help_text="What it refunds.")
    why = models.CharField(max_length=300, blank=True)
    booked_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Entry(models.Model):
    """What one account gains by a booking; less than zero: what it gives."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="lines", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    minor = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.CheckConstraint(condition=~Q(minor=0), name="entry_moves_something")]
        indexes = [models.Index(fields=["booking", "id"], name="entries_of_a_booking")]

    def __str__(self) -> str:
        return f"{self.minor} to {self.account}"


class MonthsFee(models.Model):
    """What a payment put into a month's pot, with the blinded reader: thrown away when the month is settled."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    reader = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="+", help_text="The payment, for its refunds too."
    )

    def __str__(self) -> str:
        return f"{self.minor} {self.currency}"


class Tally(models.Model):
    """How often a title was read in a settled month, by whomever."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    title = models.ForeignKey(Title, models.PROTECT, related_name="+")
    publisher = models.ForeignKey(Publisher, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300, help_text="The title's, when the month was settled.")
    readings = models.PositiveIntegerField()
    readers = models.PositiveIntegerField()
    completed = models.PositiveIntegerField()
    not_worth_it = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [models.UniqueConstraint(fields=["period", "title"], name="one_tally_a_month")]

    def __str__(self) -> str:
        return f"{self.title} in {self.period}"


class Earning(models.Model):
    """What a title earned in a settled month by either rule; the month's rule says which was paid."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    title = models.ForeignKey(Title, models.PROTECT, related_name="+")
    publisher = models.ForeignKey(Publisher, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300, help_text="The title's, when the month was settled.")
    currency = models.CharField(max_length=3)
    user_centric = models.BigIntegerField()
    pro_rata = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "currency", "title"], name="one_earning_a_month")]

    def __str__(self) -> str:
        return f"{self.title} in {self.period}"


class ReceiptWish(models.Model):
    """That a reader wants each month's receipt: else nothing of what their fee paid for is kept."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        verbose_name_plural = "receipt wishes"

    def __str__(self) -> str:
        return f"reader {self.reader_id}"


class Receipt(models.Model):
    """Where a reader's fee of a settled month went, for the reader alone; erased with the reader."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    fee = models.BigIntegerField()
    went = models.JSONField(help_text="Minor units by title's number.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "period", "currency"], name="one_receipt_a_month")]

    def __str__(self) -> str:
        return f"receipt of reader {self.reader_id} for {self.period_id}"


class Inputs(models.Model):
    """The file a month can be recomputed from, as signed on the day it was settled."""

    period = models.OneToOneField(Period, models.PROTECT, primary_key=True, related_name="+")
    text = models.TextField()
    signature = models.BinaryField()

    class Meta:
        verbose_name_plural = "inputs"

    def __str__(self) -> str:
        return f"inputs of {self.period}"


class Collected(models.Model):
    """That a part of a payment which billing saw is booked: one for each reader it pays for."""

    payment = models.ForeignKey("billing.Payment", models.PROTECT, related_name="+")
    part = models.PositiveIntegerField()
    minor = models.BigIntegerField()
    tax = models.BigIntegerField()
    refunded = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "part"], name="each_part_collected_once")]

    def __str__(self) -> str:
        return f"part {self.part} of payment {self.payment_id}"
