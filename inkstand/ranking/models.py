"""Front pages as they were printed: computed once a minute, then only read."""

from django.db import models


class FrontPage(models.Model):
    """`page` is what `ranking.page` writes and reads: ids and reasons, never a text."""

    language = models.CharField(max_length=20, help_text="Of the edition, as en.")
    made_at = models.DateTimeField()
    page = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["language", "-made_at"], name="front_pages_newest")]

    def __str__(self) -> str:
        return f"front page in {self.language} of {self.made_at}"
