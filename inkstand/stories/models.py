"""Stories: which articles are about one event, and which events follow from one another.

What a story shows (its headline, picture, counts) is worked out from its accounts when one joins and kept on its
row, so that a page of forty stories is one statement. A story's address never dies: a merged one says into which.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from inkstand.articles.models import Article


class RunningStory(models.Model):
    """Events that follow from one another, over days and weeks."""

    began_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "running stories"

    def __str__(self) -> str:
        return f"running story {self.pk}"


class Story(models.Model):
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="When its newest account was published.")
    lead = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+", help_text="Whose headline it wears.")
    first = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+", help_text="Who reported it first.")
    original = ArrayField(models.BigIntegerField(), default=list, help_text="Articles whose reporting others credit.")
    picture = models.JSONField(null=True, blank=True)
    accounts = models.PositiveIntegerField(default=1)
    voices = models.PositiveIntegerField(default=1, help_text="Accounts, copies folded.")
    titles = models.PositiveIntegerField(default=1)
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    running = models.ForeignKey(RunningStory, models.PROTECT, null=True, related_name="events")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["-moved_at"], name="stories_newest", condition=models.Q(merged_into=None))]

    def __str__(self) -> str:
        return f"story {self.pk}"


class Account(models.Model):
    """That an article is of a story. Its number is the order of placing: a window catches up by it.

    `features` and `fingerprint` are what placing and copies read of the text, kept so that a restart need not read it
    again. `copy_of` is the article whose text it prints.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="account")
    story = models.ForeignKey(Story, models.PROTECT, related_name="telling")
    copy_of = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    score = models.FloatField(default=0, help_text="How sure the placing was, as log-odds.")
    features = models.BinaryField(default=b"")
    fingerprint = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["-published_at"], name="accounts_newest")]

    def __str__(self) -> str:
        return f"article {self.article_id} of story {self.story_id}"


class Shift(models.Model):
    """What a second look changed: a story that ended in another, or an article that moved out of one."""

    at = models.DateTimeField()
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    into = models.ForeignKey(Story, models.CASCADE, related_name="+")
    article = models.BigIntegerField(null=True, help_text="Empty: the whole story.")

    def __str__(self) -> str:
        return f"{self.article or 'all'} of story {self.story_id} into {self.into_id}"
