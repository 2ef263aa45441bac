"""One reader's rows. An article's row never changes because somebody read it: the marks are here.

Every table has its reader first in its key, and is read through `mine.of(reader)` only.
"""

from datetime import time

from django.conf import settings
from django.db import models

from inkstand.articles.models import Article
from inkstand.stories.models import Story
from inkstand.titles.models import Title

HISTORY_DAYS = 90


class Theirs(models.Model):
    """A row of one reader's; it goes when they go."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Read(Theirs):
    """That the reader opened an article: which revision (its number), how far they came, when first and last."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(help_text="The number of the newest revision they saw.")
    progress = models.PositiveSmallIntegerField(default=0, help_text="The furthest they came, in hundredths.")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "read"
        constraints = [
            models.UniqueConstraint(fields=["reader", "article"], name="read_once"),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="progress_in_hundredths"),
        ]
        indexes = [
            models.Index(fields=["reader", "-last_at"], name="read_newest"),
            models.Index(fields=["last_at"], name="read_oldest"),
        ]

    def __str__(self) -> str:
        return f"article {self.article_id}, read"


class Saved(Theirs):
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "saved"
        constraints = [models.UniqueConstraint(fields=["reader", "article"], name="saved_once")]
        indexes = [models.Index(fields=["reader", "-at"], name="saved_newest")]

    def __str__(self) -> str:
        return f"article {self.article_id}, saved"


class Kind(models.TextChoices):
    """What may be followed. Its key is a title's or story's id, a section's slug, a topic's, person's or place's key,
    or the query of a search."""

    TITLE = "title", "title"
    SECTION = "section", "section"
    TOPIC = "topic", "topic"
    PERSON = "person", "person"
    PLACE = "place", "place"
    STORY = "story", "story"
    SEARCH = "search", "search"


class Follow(Theirs):
    """`seen_at`: when the reader last looked at it. A story that moved since has moved for this reader."""

    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=300)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "kind", "key"], name="followed_once")]
        indexes = [models.Index(fields=["kind", "key"], name="followers")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Mute(Theirs):
    word = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "word"], name="muted_once")]

    def __str__(self) -> str:
        return self.word


class Block(Theirs):
    title = models.ForeignKey(Title, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "title"], name="blocked_once")]

    def __str__(self) -> str:
        return f"title {self.title_id}, blocked"


class Highlight(Theirs):
    """A marked passage of one revision. `start` and `end` count characters of the body's plain text; the quote finds
    it again where a later revision moved it. The key is made where it was marked, so that a note may follow unsent."""

    key = models.UUIDField()
    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "key"], name="one_highlight_a_key")]
        indexes = [models.Index(fields=["reader", "article"], name="highlights_of_an_article")]

    def __str__(self) -> str:
        return f"highlight {self.key}"


class Lever(Theirs):
    """What the reader told For You with a lever. Each "more" and "less" counts; "never" stands until undone."""

    class Say(models.TextChoices):
        MORE = "more", "more of this"
        LESS = "less", "less of this"
        NEVER = "never", "never again"

    say = models.CharField(max_length=10, choices=Say)
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reader", "at"], name="levers_in_order")]

    def __str__(self) -> str:
        return f"{self.say} {self.kind}:{self.key}"


class Shown(Theirs):
    """How often a story stood before the reader in For You."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "shown"
        constraints = [models.UniqueConstraint(fields=["reader", "story"], name="shown_counted_once")]
        indexes = [models.Index(fields=["last_at"], name="shown_oldest")]

    def __str__(self) -> str:
        return f"story {self.story_id}, shown {self.times} times"


class Preferences(models.Model):
    """How one reader wants the paper. No row: the defaults.

    Who uses what: this room history_days, history_from, only_open; ranking for_you; the article page text_size,
    text_width, text_face; every page theme, language, time_zone; editions morning_at to quiet_until.
    """

    class Width(models.TextChoices):
        NARROW = "narrow", "narrow"
        MEDIUM = "medium", "medium"
        WIDE = "wide", "wide"

    class Face(models.TextChoices):
        SERIF = "serif", "serif"
        SANS = "sans", "sans serif"

    class Theme(models.TextChoices):
        DEVICE = "", "as my device"
        LIGHT = "light", "light"
        SEPIA = "sepia", "sepia"
        DARK = "dark", "dark"

    class Size(models.IntegerChoices):
        SMALL = 5
        MEDIUM = 10
        LARGE = 20

    reader = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True)
    history_days = models.PositiveIntegerField(
        null=True, blank=True, default=HISTORY_DAYS, help_text="0: history is not written. Empty: kept for good."
    )
    history_from = models.DateTimeField(null=True, blank=True, help_text="All before was forgotten, and stays so.")
    only_open = models.BooleanField(default=False, help_text="Only articles whose text this reader may read here.")
    for_you = models.BooleanField(default=True)
    text_size = models.PositiveSmallIntegerField(default=100, help_text="In hundredths of the usual.")
    text_width = models.CharField(max_length=10, choices=Width, default=Width.MEDIUM)
    text_face = models.CharField(max_length=10, choices=Face, default=Face.SERIF)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.DEVICE, blank=True)
    language = models.CharField(max_length=20, blank=True, help_text="Of the interface; empty: the browser's.")
    time_zone = models.CharField(max_length=60, blank=True, help_text="As Asia/Kolkata; empty: the paper's.")
    morning_at = models.TimeField(null=True, blank=True, default=time(7), help_text="Empty: no Morning edition.")
    evening_at = models.TimeField(null=True, blank=True, default=time(18), help_text="Empty: no Evening edition.")
    edition_size = models.PositiveSmallIntegerField(choices=Size, default=Size.MEDIUM)
    by_mail = models.BooleanField(default=False)
    by_push = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True, help_text="As IN: its titles weigh more in editions.")
    push_bar = models.FloatField(
        null=True, blank=True, help_text="Breaking news of at least this significance is pushed; empty: none."
    )
    push_most = models.PositiveSmallIntegerField(default=3, help_text="Breaking news pushed a day, at most.")
    quiet_from = models.TimeField(default=time(22), help_text="From then on nothing is pushed but editions,")
    quiet_until = models.TimeField(default=time(7), help_text="until then. The same as before: no quiet hours.")

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            models.CheckConstraint(condition=models.Q(text_size__range=(50, 300)), name="text_size_can_be_read"),
        ]

    def __str__(self) -> str:
        return f"preferences of reader {self.reader_id}"


class Done(Theirs):
    """An action that was carried out: what comes a second time is not carried out again, and of two that contradict
    each other the later one stands, in whatever order they arrive. Forgotten after `carry_out.REMEMBERED`; what is
    older than that is not carried out at all."""

    action = models.UUIDField()
    subject = models.CharField(max_length=350, blank=True, help_text="What it was about, where a later one undoes it.")
    at = models.DateTimeField(help_text="When the reader did it, by their device.")

    class Meta:
        verbose_name_plural = "done"
        constraints = [models.UniqueConstraint(fields=["reader", "action"], name="done_once")]
        indexes = [
            models.Index(fields=["reader", "subject"], name="done_to", condition=~models.Q(subject="")),
            models.Index(fields=["at"], name="done_oldest"),
        ]

    def __str__(self) -> str:
        return f"action {self.action}"
