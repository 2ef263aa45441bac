"""Orders, contracts, payments, messages: what we know of a provider's books, and since when. The amounts that were
paid are kept for good, as the law of books wants; the reader's own row may go.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inkstand.billing.till.rows import TillCheckout, TillContract, TillMessage, TillPayment
from inkstand.kit.money import Money

__all__ = [
    "Contract",
    "Gift",
    "Message",
    "Order",
    "Payment",
    "TillCheckout",
    "TillContract",
    "TillMessage",
    "TillPayment",
]


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


class Contracts(models.QuerySet["Contract"]):
    def running(self, reader: int) -> "Contracts":
        """Under which this reader pays, cancelled for a later day or not; the first first, for a second is a double.

        In the provider's own order: ours would change where a row that was rolled back is written again, and then each
        of two has once been the second, and both are given back.
        """
        return self.filter(reader=reader, ended_at=None, doubles=None, once=False).order_by("began_at", "reference")


class Contract(models.Model):
    """What a reader agreed to pay, as the provider had it when we last looked."""

    provider = models.CharField(max_length=10)
    reference = models.CharField(max_length=200)
    customer = models.CharField(max_length=200, blank=True)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    plan = models.CharField(max_length=20)
    months = models.PositiveSmallIntegerField()
    seats = models.PositiveIntegerField(default=1, help_text="How many may read for it, the payer among them.")
    once = models.BooleanField(default=False, help_text="Paid once, and never charged again: a gift.")
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    began_at = models.DateTimeField()
    charge_from = models.DateTimeField()
    paid_until = models.DateTimeField()
    leaves_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True, help_text="Nothing is charged before that day.")
    card = models.CharField(max_length=64, blank=True, help_text="A keyed hash that tells one card from another.")
    announced = models.DateTimeField(null=True, blank=True, help_text="The day of the payment last written of.")
    looked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="When the reader declared to withdraw.")
    withdrawal_done_at = models.DateTimeField(null=True, blank=True)
    doubles = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Contracts.as_manager()

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


class Gift(models.Model):
    """A membership paid once for somebody else: sent on a day, and taken with its code, once."""

    order = models.OneToOneField(Order, models.SET_NULL, null=True, related_name="+")
    contract = models.OneToOneField(Contract, models.PROTECT, null=True, related_name="+")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    months = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24, unique=True)
    email = models.EmailField(blank=True, help_text="Where it is sent; empty: the giver hands it over.")
    says = models.CharField(max_length=500, blank=True)
    send_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taken_from = models.DateTimeField(null=True)
    taken_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["send_at"], condition=Q(sent_at=None), name="gifts_to_send")]

    def __str__(self) -> str:
        return f"gift {self.pk}"


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
