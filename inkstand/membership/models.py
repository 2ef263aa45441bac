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

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: until withdrawn.")
    why = models.CharField(max_length=200, blank=True, help_text="As: paid, gift, library.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader"], condition=Q(kind="trial"), name="one_trial_a_reader"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="grant_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["reader", "starts_at"], name="grants_of_a_reader")]

    def __str__(self) -> str:
        return f"{self.kind} of reader {self.reader_id}"
