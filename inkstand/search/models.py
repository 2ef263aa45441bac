"""What search looks in: one entry an article, and the words that headlines, bylines and titles use."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from inkstand.articles.models import Article
from inkstand.titles.models import Title


class Entry(models.Model):
    """An article as its newest revision has it.

    `words` holds, by weight: A the headline, B standfirst, byline and keywords, C the text that everyone may see, D
    the text that only those see who may open it. What a reader filters by stands there too, each as one word that no
    text can contain (see facts.py), so that one index answers words and filters together. The columns beside it are
    for counts.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    revision = models.BigIntegerField(help_text="Id of the revision that was read.")
    readable = models.CharField(max_length=10, help_text="Who might read it then; where that changes, it is read anew.")
    title = models.ForeignKey(Title, models.CASCADE, related_name="+", db_index=False)
    published_at = models.DateTimeField()
    shown_from = models.DateTimeField(help_text="When the embargo ends.")
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=20, blank=True, help_text="Its first part, as pt.")
    section = models.CharField(max_length=40, blank=True, help_text="Slug of our section, not the title's name for it.")
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="Slugs, the wider too.")
    has_text = models.BooleanField(help_text="More than headline and standfirst can be read here.")
    words = SearchVectorField()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            # Its list of pending rows is emptied after every batch (fill.py).
            GinIndex(fields=["words"], name="entries_words", fastupdate=True),
            models.Index(fields=["-published_at", "-article"], name="entries_newest"),
            models.Index(fields=["-revision"], name="entries_last_read"),
        ]

    def __str__(self) -> str:
        return f"entry of article {self.article_id}"


class Rules(models.Model):
    """The name of a language's rules that an entry was ever read by: no others need be asked."""

    rules = models.CharField(max_length=20, primary_key=True)

    class Meta:
        verbose_name_plural = "rules"

    def __str__(self) -> str:
        return self.rules


class Word(models.Model):
    """A word of headlines, bylines and titles, without accents: what a mistyped word may have meant."""

    word = models.CharField(max_length=40, primary_key=True)
    seen = models.PositiveIntegerField(help_text="In how many entries, as they were first read.")

    class Meta:
        indexes = [GinIndex(fields=["word"], name="words_alike", opclasses=["gin_trgm_ops"], fastupdate=False)]

    def __str__(self) -> str:
        return self.word
