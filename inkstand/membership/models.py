"""What readers have been granted: trials and memberships, each from one time to another. A standing is computed
from these rows and never stored, so nothing has to be switched off at the stroke of an hour.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Grant(models.Model):
    class Kind(models.TextChoices):
        TRIAL = "trial", "trial"
        MEMBER = "member", "member"
        GRACE = "grace", "grace"
        COMPED = "comped", "comped"
        GIFTED = "gifted", "gifted"

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: until withdrawn.")
    why = models.CharField(max_length=200, blank=True, help_text="As: paid, gift, library.")
    source = models.CharField(
        max_length=60, blank=True, editable=False, help_text="Who keeps this row, as `contract 17`; empty: by hand."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader"], condition=Q(kind="trial"), name="one_trial_a_reader"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="grant_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["reader", "starts_at"], name="grants_of_a_reader"),
            models.Index(fields=["source"], condition=~Q(source=""), name="grants_of_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of reader {self.reader_id}"


class TrialTaken(models.Model):
    """That a person has had their trial: nothing but a keyed hash of their mail address, so it outlives an account."""

    person = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.person[:8]


class TrialLetter(models.Model):
    """That a letter about a trial went out, so that each goes once."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=10)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "kind"], name="each_letter_once")]

    def __str__(self) -> str:
        return f"{self.kind} of grant {self.grant_id}"


class RangeSalt(models.Model):
    """What today's address ranges are counted under. Thrown away with the day."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField()

    def __str__(self) -> str:
        return str(self.day)


class RangeCount(models.Model):
    """How many free articles one address range opened on a day; which one, `mark` says to nobody without the salt."""

    salt = models.ForeignKey(RangeSalt, models.CASCADE, related_name="counts")
    mark = models.CharField(max_length=32)
    opened = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["salt", "mark"], name="each_range_once_a_day")]

    def __str__(self) -> str:
        return self.mark
