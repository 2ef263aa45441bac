"""The second look, done: young stories that prove to be one are merged, one that proves to be two is split.

A merged story's row stays and says into which; one that was split off says from which. Every change is a `Shift`.
"""

from datetime import datetime

from django.db import transaction

from inkstand.stories import summing
from inkstand.stories.consolidate import merges, splits, young
from inkstand.stories.models import Account, RunningStory, Shift, Story
from inkstand.stories.standing import Standing, put_back, take


@transaction.atomic
def look_again(*, now: datetime) -> int:
    """How many stories changed."""
    window = take(now)
    changed = _split(window, now) | _merge(window, now)
    changed |= _gather(window)
    window.placing.touched.clear()
    summing.sum_up([story for story in changed if story in window.placing.window.stories])
    window.shifts = Shift.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    put_back(window)
    return len(changed)


def _split(window: Standing, now: datetime) -> set[int]:
    changed: set[int] = set()
    for split in list(splits(window.placing, _young(window, now))):
        running = RunningStory.objects.create(began_at=now, moved_at=now)
        into = Story.objects.create(began_at=now, moved_at=now, running=running, split_from_id=split.story)
        window.placing.split(split.rows, into.pk, running.pk)
        articles = [window.articles[row] for row in split.rows]
        Account.objects.filter(article__in=articles).update(story=into)
        Shift.objects.bulk_create(
            Shift(at=now, story_id=split.story, into=into, article=article) for article in articles
        )
        changed |= {split.story, into.pk}
    return changed


def _merge(window: Standing, now: datetime) -> set[int]:
    changed: set[int] = set()
    for merge in list(merges(window.placing, _young(window, now))):
        window.placing.merge(merge.story, merge.into)
        Account.objects.filter(story=merge.story).update(story=merge.into)
        Story.objects.filter(pk=merge.story).update(merged_into=merge.into)
        Story.objects.filter(merged_into=merge.story).update(merged_into=merge.into)
        Shift.objects.create(at=now, story_id=merge.story, into_id=merge.into)
        changed |= {merge.story, merge.into}
    _follow(window, changed)
    return changed


def _young(window: Standing, now: datetime) -> list[int]:
    return young(window.placing, window.placing.touched, now.timestamp())


def _gather(window: Standing) -> set[int]:
    """Running stories that have grown together."""
    changed: set[int] = set()
    for merge in window.placing.gather(sorted(window.placing.touched)):
        changed |= set(Story.objects.filter(running=merge.running).values_list("pk", flat=True))
        Story.objects.filter(running=merge.running).update(running=merge.into)
        RunningStory.objects.filter(pk=merge.running).update(merged_into=merge.into)
        RunningStory.objects.filter(merged_into=merge.running).update(merged_into=merge.into)
    return changed


def _follow(window: Standing, stories: set[int]) -> None:
    """The rows of merged stories' running stories say what the window says."""
    for story in stories & window.placing.follows.keys():
        Story.objects.filter(pk=story).update(running=window.placing.follows[story])
