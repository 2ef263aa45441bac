"""Orders, contracts, payments, messages: what we know of a provider's books, and since when. The amounts that were
paid are kept for good, as the law of books wants; the reader's own row may go.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inkstand.billing.till.rows import TillCheckout, TillContract, TillMessage, TillPayment
from inkstand.kit.money import Money

__all__ = ["Contract", "Message", "Order", "Payment", "TillCheckout", "TillContract", "TillMessage", "TillPayment"]


class Order(models.Model):
    """That a reader asked to join. One open order a reader: a second checkout beside it could be paid as well."""

    key = models.UUIDField(unique=True)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    provider = models.CharField(max_length=10)
    plan = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    charge_from = models.DateTimeField()
    checkout = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader"], condition=Q(closed_at=None), name="one_open_order_a_reader")
        ]

    def __str__(self) -> str:
        return f"order {self.pk} of reader {self.reader_id}"


class Contract(models.Model):
    """What a reader agreed to pay, as the provider had it when we last looked."""

    provider = models.CharField(max_length=10)
    reference = models.CharField(max_length=200)
    customer = models.CharField(max_length=200, blank=True)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    plan = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    began_at = models.DateTimeField()
    charge_from = models.DateTimeField()
    paid_until = models.DateTimeField()
    leaves_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="When the reader declared to withdraw.")
    withdrawal_done_at = models.DateTimeField(null=True, blank=True)
    doubles = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "reference"], name="each_contract_once")]
        indexes = [
            models.Index(fields=["reader", "began_at"], name="contracts_of_a_reader"),
            models.Index(fields=["customer"], name="contracts_of_a_customer"),
            models.Index(fields=["looked_at"], condition=Q(ended_at=None), name="running_contracts"),
        ]

    def __str__(self) -> str:
        return f"contract {self.pk}"

    @property
    def price(self) -> Money:
        return Money(self.minor, self.currency)


class Payment(models.Model):
    """One charge that went through. `number` is the receipt's: in order, without a gap, ours."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=200, unique=True)
    number = models.PositiveBigIntegerField(unique=True)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    tax = models.BigIntegerField()
    kept = models.BigIntegerField(help_text="What the provider keeps.")
    refunded = models.BigIntegerField()
    paid_at = models.DateTimeField()
    covers_from = models.DateTimeField()
    covers_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(refunded__range=(0, F("minor"))), name="refund_within_payment"),
            models.CheckConstraint(condition=Q(covers_until__gt=F("covers_from")), name="payment_covers_some_time"),
        ]

    def __str__(self) -> str:
        return f"payment {self.number}"

    @property
    def total(self) -> Money:
        return Money(self.minor, self.currency)


class Message(models.Model):
    """What the provider told us, stored once, and when it was acted on."""

    provider = models.CharField(max_length=10)
    reference = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    about = models.CharField(max_length=200, blank=True)
    customer = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    at = models.DateTimeField()
    came_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    mended = models.BooleanField(default=False, help_text="It never came: the nightly round fetched it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "reference"], name="each_message_once")]
        indexes = [models.Index(fields=["came_at"], condition=Q(done_at=None), name="messages_to_do")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
