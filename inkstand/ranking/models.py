"""Front pages as they were printed, and what For You needs of the paper: computed at times, then only read.

Of a reader there is nothing here but what they asked us to forget.
"""

from django.conf import settings
from django.db import models

from inkstand.articles.models import Article


class FrontPage(models.Model):
    """`page` is what `ranking.page` writes and reads: ids and reasons, never a text."""

    language = models.CharField(max_length=20, help_text="Of the edition, as en.")
    made_at = models.DateTimeField()
    page = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["language", "-made_at"], name="front_pages_newest")]

    def __str__(self) -> str:
        return f"front page in {self.language} of {self.made_at}"


class Offers(models.Model):
    """The stories that For You chooses from, as `ranking.offers` writes and reads them: of each language's newest page
    alone."""

    page = models.OneToOneField(FrontPage, models.CASCADE, primary_key=True, related_name="+")
    stories = models.JSONField()

    class Meta:
        verbose_name_plural = "offers"

    def __str__(self) -> str:
        return f"offers of page {self.page_id}"


class TasteSpace(models.Model):
    """What readers read together, as `ranking.spaces` packs it. Only the newest is used; it tells of no reader."""

    made_at = models.DateTimeField()
    packed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["-made_at"], name="taste_spaces_newest")]

    def __str__(self) -> str:
        return f"space of taste of {self.made_at}"


class Worth(models.Model):
    """What an account counts for, where enough readers called it not worth reading. Of who did there is nothing."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    factor = models.FloatField(help_text="From 1 down.")

    def __str__(self) -> str:
        return f"article {self.article_id}, {self.factor:.2f}"


class Forgotten(models.Model):
    """Until when what was learned of a key is not to be used for this reader; an empty key means all of it."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=320, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "forgotten"
        constraints = [models.UniqueConstraint(fields=["reader", "key"], name="forgotten_once_a_key")]

    def __str__(self) -> str:
        return self.key or "everything"
