"""What editors chose."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from inkstand.articles.models import Article


class Picks(models.QuerySet["Pick"]):
    def running(self, kind: str, now: datetime) -> "Picks":
        return self.filter(kind=kind, starts_at__lte=now).exclude(ends_at__lte=now).order_by("-starts_at")


class Pick(models.Model):
    class Kind(models.TextChoices):
        PICK = "pick", "our pick"
        GOOD = "good", "good news"
        PIN = "pin", "pinned to the front page"
        BURY = "bury", "held off the front page"

    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PICK)
    note = models.CharField(max_length=300, blank=True, help_text="Why you chose it: shown beside it.")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: until it is pushed off by newer ones.")

    objects = Picks.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "kind"], name="one_pick_an_article")]
        indexes = [models.Index(fields=["kind", "-starts_at"], name="picks_running")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.article_id}"
