"""What an edition is made of, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from django.db import models

SIZES = (5, 10, 20)


class Half(models.TextChoices):
    """Of the day."""

    MORNING = "morning", "Morning"
    EVENING = "evening", "Evening"


# When everyone's editions are made, in the zone they are made for; and a reader's own, until they set other hours.
HOURS = {Half.MORNING: time(7), Half.EVENING: time(18)}
SIZE = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What one reader asked for. An hour is None where they want no such edition; `quiet` is from when to when no push
    comes; `bar` is from how many points of significance on breaking news does, None for never; `most` a day."""

    reader: int
    zone: ZoneInfo
    language: str = "en"
    country: str = ""
    morning: time | None = None
    evening: time | None = None
    size: int = SIZE
    by_mail: bool = False
    by_push: bool = False
    bar: float | None = None
    most: int = 3
    quiet: tuple[time, time] = (time(22), time(7))

    def hours(self) -> Iterator[tuple[Half, time]]:
        for half, at in ((Half.MORNING, self.morning), (Half.EVENING, self.evening)):
            if at is not None:
                yield half, at
