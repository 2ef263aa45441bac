"""Articles as published. What an article said is never changed: a change is one more revision.

An `Article` is the identity and where the piece stands now; a `Revision` is what it said at one time. The columns
that lists sort and filter by are kept on the article too, so that a page reads one index and then thirty rows.
"""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from inkstand.titles.models import Feed, Title


class Articles(models.QuerySet["Article"]):
    def in_the_paper(self, now: datetime) -> "Articles":
        """What may be listed: not withdrawn, embargo over."""
        return self.filter(withdrawn_at=None, shown_from__lte=now)

    def newest(self) -> "Articles":
        return self.order_by("-published_at", "-id")

    def whole(self) -> "Articles":
        """Those that have a text, with it and with what the gate and a page of their own ask of their title."""
        return self.filter(current__isnull=False).select_related("current", "title__terms", "title__publisher")

    def for_cards(self) -> "Articles":
        """With all that a card shows, in one statement; the body stays in the database."""
        return self.select_related("current", "title__terms").defer("current__body")


class Article(models.Model):
    title = models.ForeignKey(Title, models.PROTECT, related_name="+")
    address = models.CharField(max_length=2000, null=True, help_text="Canonical address where it identifies the piece.")
    url = models.CharField(max_length=2000, blank=True, help_text="The original at the publisher.")
    feed = models.ForeignKey(Feed, models.PROTECT, null=True, related_name="+", help_text="Where it first came from.")
    feed_item_id = models.TextField(blank=True, help_text="The publisher's own id there.")
    section = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()
    published_at = models.DateTimeField(help_text="The publisher's time, held to the time received.")
    dated = models.BooleanField(default=True, help_text="No: the publisher gave no time; the time received stands in.")
    shown_from = models.DateTimeField(help_text="When the embargo ends.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    notice = models.TextField(blank=True, help_text="Correction or reason of withdrawal, shown at the top.")
    current = models.ForeignKey("Revision", models.PROTECT, null=True, related_name="+", db_constraint=False)

    objects = Articles.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title", "address"], name="one_article_an_address"),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="articles_newest"),
            models.Index(fields=["title", "-published_at"], name="articles_title_newest"),
            # Few: whoever keeps an index of their own asks for them alone.
            models.Index(fields=["id"], name="articles_withdrawn", condition=Q(withdrawn_at__isnull=False)),
            models.Index(fields=["section", "-published_at"], name="articles_section_newest", condition=~Q(section="")),
        ]

    def __str__(self) -> str:
        return self.current.headline if self.current else f"article {self.pk}"


class Revision(models.Model):
    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    headline = models.TextField()
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True, help_text="Sanitised HTML.")
    section = models.CharField(max_length=120, blank=True)
    tags = ArrayField(models.TextField(), default=list, blank=True)
    byline = ArrayField(models.TextField(), default=list, blank=True)
    pictures = models.JSONField(default=list, blank=True)
    rights = models.TextField(blank=True)
    updated_at = models.DateTimeField(null=True, blank=True, help_text="The publisher's time of this state.")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_revision_a_number")]

    def __str__(self) -> str:
        return f"{self.headline} ({self.number})"


class Placements(models.Model):
    """One look at a feed: which articles stood in it, in its own order. Position 1 is the first.

    One row a look, not a row an article: an editor's front of forty that gains one piece on top moves all forty.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    articles = ArrayField(models.BigIntegerField())

    class Meta:
        verbose_name_plural = "placements"
        indexes = [models.Index(fields=["feed", "-seen_at"], name="placements_latest")]

    def __str__(self) -> str:
        return f"{self.feed_id} at {self.seen_at}"
