"""What readers have been granted: trials and memberships, each from one time to another. A standing is computed
from these rows and never stored, so nothing has to be switched off at the stroke of an hour.
"""

import ipaddress

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from inkstand.articles.models import Article


class Grant(models.Model):
    class Kind(models.TextChoices):
        TRIAL = "trial", "trial"
        MEMBER = "member", "member"
        GRACE = "grace", "grace"
        COMPED = "comped", "comped"
        GIFTED = "gifted", "gifted"
        SEAT = "seat", "seat"

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


class FreeNote(models.Model):
    """The free articles that a reader who is no member opened this month: `YYYY-MM:id.id.id`."""

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    note = models.TextField()

    def __str__(self) -> str:
        return f"note of reader {self.reader_id}"


class GiftLink(models.Model):
    """An article that a member gave: whoever has the key may open it for a while."""

    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    key = models.CharField(max_length=24, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["giver", "article"], name="each_article_given_once")]

    def __str__(self) -> str:
        return f"article {self.article_id} of reader {self.giver_id}"


class Group(models.Model):
    """Readers who are paid for together: a family, an office, a library. Each has an account and a history alone."""

    name = models.CharField(max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    seats = models.PositiveIntegerField(help_text="How many may read, besides the owner.")
    domains = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        help_text="Mail domains, as library.example: whoever confirms such an address may take a seat.",
    )
    claims = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Of an OpenID provider, as affiliation=member@library.example: who has one of them is given a seat.",
    )
    ranges = ArrayField(
        models.CharField(max_length=50),
        default=list,
        blank=True,
        help_text="Address ranges, as 192.0.2.0/24: who asks from there reads without signing in, and takes no seat.",
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: until withdrawn.")
    source = models.CharField(
        max_length=60, blank=True, editable=False, help_text="Who keeps this row; empty: by hand."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="one_group_a_source"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What is typed at the desk, refused there rather than met by every visitor."""
        for claim in self.claims:
            if not all(part.strip() for part in claim.partition("=")):
                raise ValidationError({"claims": f"{claim} is no claim: write it as groups=readers."})
        for text in self.ranges:
            try:
                ipaddress.ip_network(text, strict=False)
            except ValueError as error:
                raise ValidationError({"ranges": f"{text} is no address range: write it as 192.0.2.0/24."}) from error


class Seat(models.Model):
    """A reader has one seat at most."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="taken")
    reader = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    taken_at = models.DateTimeField()
    claim = models.CharField(max_length=200, blank=True, help_text="By which it was given; empty: they took it.")

    def __str__(self) -> str:
        return f"seat {self.pk}"


class Voucher(models.Model):
    """A code that gives some days of membership to as many readers as it has uses."""

    code = models.CharField(max_length=40, unique=True, help_text="Capital letters and digits.")
    days = models.PositiveSmallIntegerField()
    uses = models.PositiveIntegerField()
    until = models.DateTimeField(null=True, blank=True, help_text="Empty: it does not run out.")
    why = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.code


class VoucherUse(models.Model):
    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="used")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voucher", "reader"], name="each_voucher_once_a_reader")]

    def __str__(self) -> str:
        return f"{self.voucher_id} by reader {self.reader_id}"
