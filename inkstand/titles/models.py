"""Publishers, their titles, the feeds these deliver by, and the terms they are delivered on.

How a feed is faring (when polled, what went wrong) is not here but in wire: these rows change when a person
changes them, those change with every poll.
"""

from django.db import models
from django.db.models.functions import Now


class Publisher(models.Model):
    name = models.CharField(max_length=300, unique=True)
    home = models.URLField(max_length=2000, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="Two letters, as GB or IN.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Titles(models.QuerySet["Title"]):
    def carried(self) -> "Titles":
        """Those with a feed that is still polled."""
        return self.filter(models.Exists(Feed.objects.filter(title=models.OuterRef("pk"), retired_at=None)))


class Title(models.Model):
    class Funding(models.TextChoices):
        PRIVATE = "", "private or not known"
        PUBLIC = "public", "public broadcaster, editorially independent"
        STATE = "state", "funded and steered by a state"

    publisher = models.ForeignKey(Publisher, models.PROTECT, related_name="titles")
    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    name = models.CharField(max_length=300)
    home = models.URLField(max_length=2000, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="Two letters, as GB or IN.")
    language = models.CharField(max_length=20, blank=True, help_text="As en, pt-BR, ar.")
    section = models.CharField(max_length=120, blank=True, help_text="What it mostly writes about, as World.")
    logo = models.CharField(max_length=2000, blank=True, help_text="Address of a picture, or a file of ours.")
    about = models.TextField(blank=True)
    funding = models.CharField(max_length=10, choices=Funding, default=Funding.PRIVATE, blank=True)
    corrections = models.TextField(blank=True, help_text="How it corrects errors, in a sentence or two.")
    corrections_url = models.URLField(max_length=2000, blank=True, help_text="Where it says so itself.")
    is_demo = models.BooleanField(default=False, editable=False, help_text="Invented: of the demo edition.")
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = Titles.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Feed(models.Model):
    title = models.ForeignKey(Title, models.PROTECT, related_name="feeds")
    url = models.CharField(max_length=2000, unique=True)
    section = models.CharField(max_length=120, blank=True)
    is_front = models.BooleanField(
        "front page", default=False, help_text="The title's own front page: its order is its editors' ranking."
    )
    retired_at = models.DateTimeField(null=True, blank=True, help_text="Set when it is to be polled no more.")

    class Meta:
        ordering = ["title__name", "-is_front", "section"]

    def __str__(self) -> str:
        return self.url


class Terms(models.Model):
    """What a publisher allows with a title's articles. A title without a row is on the defaults below."""

    class Readable(models.TextChoices):
        EVERYONE = "everyone", "everyone"
        MEMBERS = "members", "members"
        HEADLINE = "headline", "headline and link only"

    class Keep(models.TextChoices):
        FEED = "feed", "what the feed delivers"
        PAGE = "page", "the page as well"

    title = models.OneToOneField(Title, models.CASCADE, related_name="terms")
    readable = models.CharField("who may read", max_length=10, choices=Readable, default=Readable.MEMBERS)
    keep = models.CharField("text kept", max_length=10, choices=Keep, default=Keep.FEED)
    embargo_minutes = models.PositiveIntegerField(default=0, help_text="Shown this long after publication.")
    expires_days = models.PositiveIntegerField(
        null=True, blank=True, help_text="Text not shown after this; empty: never."
    )

    is_canonical = models.BooleanField(
        "search engines find it here",
        default=False,
        help_text="No: our pages name the publisher's as the one to be found.",
    )

    class Meta:
        verbose_name_plural = "terms"

    def __str__(self) -> str:
        return f"{self.title}: {self.get_readable_display()}"
