"""What the wire remembers: how each feed is faring, and what each has delivered.

Both tables are written set-wise in SQL and are apart from `titles.Feed`, whose rows change only when a person
changes them.
"""

from django.db import models
from django.db.models.functions import Now

from inkstand.titles.models import Feed


class Poll(models.Model):
    """How one feed is faring. `due_at` and `lease_until` are the queue: there is no other."""

    feed = models.OneToOneField(Feed, models.CASCADE, primary_key=True, related_name="poll")
    due_at = models.DateTimeField(db_default=Now())
    lease_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=100, blank=True, help_text="The machine whose worker holds it.")
    checked_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    etag = models.TextField(blank=True)
    modified = models.TextField(blank=True, help_text="Last-Modified as the server wrote it.")
    body_hash = models.BinaryField(default=b"")
    hours = models.BinaryField(default=b"", help_text="Items in each of the last 336 hours: see rhythm.History.")
    learned_at = models.DateTimeField(null=True, blank=True)
    known_since = models.DateTimeField(null=True, blank=True)
    hint_s = models.PositiveIntegerField(default=0, help_text="The publisher's own wish between polls, in seconds.")
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=60, blank=True, help_text="The error's code.")
    message = models.TextField(blank=True, help_text="What is wrong, for a person.")
    flagged_at = models.DateTimeField(null=True, blank=True, help_text="Failing for 30 days: wants a person.")
    moved_to = models.TextField(blank=True)
    moves = models.PositiveSmallIntegerField(default=0, help_text="Permanent redirects in a row.")
    read_by = models.CharField(max_length=20, blank=True, help_text="Which parser read the last document.")
    hub = models.TextField(blank=True)
    topic = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="polls_due")]

    def __str__(self) -> str:
        return self.feed.title.name


class Delivery(models.Model):
    """That a feed delivered an item, and what it last looked like: how new and changed are told from known.

    `key` and `digest` are 16-byte hashes (of the item's id, of its content); `article` has no foreign key so
    that the wire's memory may outlive a purge and twenty thousand rows cost one index each.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="+", db_index=False)
    key = models.UUIDField()
    digest = models.UUIDField()
    article = models.BigIntegerField()
    origin = models.BooleanField(help_text="This feed brought the article in, and alone revises it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="one_delivery_an_item")]

    def __str__(self) -> str:
        return f"{self.feed_id}/{self.key}"


class Push(models.Model):
    """That a hub delivers a feed to us (WebSub). `token` is the end of the address it calls: hard to guess."""

    feed = models.OneToOneField(Feed, models.CASCADE, primary_key=True, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    hub = models.TextField()
    topic = models.TextField()
    secret = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    renew_at = models.DateTimeField(help_text="When to ask the hub again.")
    verified_at = models.DateTimeField(null=True, blank=True)
    lease_s = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)
    message = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "pushes"

    def __str__(self) -> str:
        return f"{self.feed_id} by {self.hub}"
