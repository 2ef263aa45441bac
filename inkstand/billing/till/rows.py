"""The till's own books. Nothing but the till reads them."""

from django.db import models
from django.db.models import Q


class TillCheckout(models.Model):
    reference = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=64, unique=True)
    order = models.JSONField()
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    contract = models.OneToOneField("billing.TillContract", models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.reference


class TillContract(models.Model):
    reference = models.CharField(max_length=40, unique=True)
    customer = models.CharField(max_length=40)
    order = models.JSONField()
    began_at = models.DateTimeField()
    charge_from = models.DateTimeField()
    charges = models.PositiveIntegerField(default=0, help_text="How many periods are over or paid.")
    card = models.CharField(max_length=10, default="good")
    due_at = models.DateTimeField(null=True, help_text="When the next charge is tried.")
    failed_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    leaves_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(ended_at=None), name="till_due")]

    def __str__(self) -> str:
        return self.reference


class TillPayment(models.Model):
    contract = models.ForeignKey(TillContract, models.CASCADE, related_name="payments")
    reference = models.CharField(max_length=40, unique=True)
    number = models.PositiveIntegerField(help_text="Which period it pays, from 0.")
    minor = models.BigIntegerField()
    paid_at = models.DateTimeField()
    covers_from = models.DateTimeField()
    covers_until = models.DateTimeField()
    refunds = models.JSONField(default=dict, help_text="Amounts given back, each under its key.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="till_each_period_once")]

    def __str__(self) -> str:
        return self.reference


class TillMessage(models.Model):
    """`delivered_at` is empty until the paper has taken it."""

    reference = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    contract = models.CharField(max_length=40)
    at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="till_messages")]

    def __str__(self) -> str:
        return self.reference
