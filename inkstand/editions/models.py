"""Editions as they were made, the hours they are made at, and the errands that bring them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from inkstand.editions.values import Half


class Editions(models.QuerySet["Edition"]):
    def public(self) -> "Editions":
        return self.filter(reader=None)

    def newest(self) -> "Editions":
        return self.order_by("-strikes_at", "-id")


class Edition(models.Model):
    """Never changed once made: the database refuses it. It holds ids, no text: which revision of whose account of
    which story, number 1 first; what a publisher withdraws is gone from it too."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", help_text="Empty: everyone's."
    )
    language = models.CharField(max_length=20, blank=True, help_text="As en; empty: every language.")
    country = models.CharField(max_length=2, blank=True, help_text="Made for this country; empty: the world's.")
    day = models.DateField(help_text="On the calendar of its zone.")
    half = models.CharField(max_length=7, choices=Half)
    zone = models.CharField(max_length=64)
    strikes_at = models.DateTimeField(help_text="The hour it was made for.")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, help_text="When the one after it was to come, as it was made.")
    size = models.PositiveSmallIntegerField(help_text="How many stories were wanted.")
    stories = ArrayField(models.BigIntegerField())
    articles = ArrayField(models.BigIntegerField())
    revisions = ArrayField(models.BigIntegerField())
    moved = ArrayField(models.BigIntegerField(), default=list, help_text="Stories that were in an earlier one.")

    objects = Editions.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "half", "language", "country"], condition=Q(reader=None), name="one_public_edition"
            ),
            models.UniqueConstraint(fields=["reader", "day", "half"], name="one_edition_of_a_reader"),
        ]
        indexes = [models.Index(fields=["reader", "-strikes_at"], name="editions_newest")]

    def __str__(self) -> str:
        return f"{self.half} edition of {self.day}"


class Hour(models.Model):
    """When a reader's next edition is due. `at` and `asked` (a zone, or "" for the paper's) are what `next_at` was
    worked out from: where the reader has since set others, it is worked out anew."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    half = models.CharField(max_length=7, choices=Half)
    asked = models.CharField(max_length=60, blank=True)
    at = models.TimeField()
    next_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "half"], name="one_hour_a_half")]

    def __str__(self) -> str:
        return f"{self.half} of reader {self.reader_id} at {self.at} {self.asked}"


class Errand(models.Model):
    """One thing to be brought to one reader in one way. It waits from `next_at` on, and is let go after `until`."""

    class Way(models.TextChoices):
        MAIL = "mail", "mail"
        PUSH = "push", "push"

    class Kind(models.TextChoices):
        EDITION = "edition", "an edition"
        BREAKING = "breaking", "breaking news"
        MOVED = "moved", "a followed story moved"

    class Outcome(models.TextChoices):
        WAITING = "", "waiting"
        BROUGHT = "brought", "brought"
        NOWHERE = "nowhere", "nowhere to bring it"
        LATE = "late", "too late"
        REFUSED = "refused", "refused for good"

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    way = models.CharField(max_length=4, choices=Way)
    kind = models.CharField(max_length=8, choices=Kind)
    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="+")
    story = models.BigIntegerField(null=True)
    article = models.BigIntegerField(null=True, help_text="Whose headline is brought.")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "way"], name="an_edition_once_a_way"),
            models.UniqueConstraint(
                fields=["reader", "story"], condition=Q(kind="breaking"), name="breaking_news_once_a_story"
            ),
            models.CheckConstraint(condition=Q(until__gt=F("made_at")), name="errand_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["way", "next_at"], condition=Q(done_at=None), name="errands_waiting"),
            models.Index(fields=["reader", "kind", "-made_at"], name="errands_of_a_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to reader {self.reader_id} by {self.way}"


class Subscription(models.Model):
    """A browser that a reader wants pushes in: where its push service takes them, and the keys to seal them with."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000, unique=True)
    public = models.BinaryField(help_text="The browser's point on P-256, 65 bytes.")
    secret = models.BinaryField(help_text="Its 16 bytes of authentication.")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reader"], name="subscriptions_of_a_reader")]

    def __str__(self) -> str:
        return f"browser {self.pk} of reader {self.reader_id}"
