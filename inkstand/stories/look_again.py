"""The second look, done: young stories that prove to be one are merged, articles that sit wrong are moved.

A merged story's row stays and says into which; one that was split off says from which. Every change is a `Shift`.
"""

from datetime import datetime

from django.db import transaction

from inkstand.stories import summing
from inkstand.stories.consolidate import YOUNG, merges, moves
from inkstand.stories.models import Account, RunningStory, Shift, Story
from inkstand.stories.standing import Standing, put_back, take

# Log-odds, both ways round, from which a second look is surer than the first.
SURE = 2.0


@transaction.atomic
def look_again(*, now: datetime) -> int:
    """How many stories and articles changed their place."""
    window = take(now)
    changed = _merge(window, now) | _move(window, now) | _gather(window)
    summing.sum_up([story for story in changed if story in window.placing.window.stories])
    window.shifts = Shift.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    put_back(window)
    return len(changed)


def _young(window: Standing, now: datetime) -> list[int]:
    rows = window.placing.window.rows
    return [
        story for story, held in window.placing.window.stories.items() if rows.at[held[-1]] > now.timestamp() - YOUNG
    ]


def _merge(window: Standing, now: datetime) -> set[int]:
    changed: set[int] = set()
    for merge in list(merges(window.placing, _young(window, now), SURE)):
        window.placing.merge(merge.story, merge.into)
        Account.objects.filter(story=merge.story).update(story=merge.into)
        Story.objects.filter(pk=merge.story).update(merged_into=merge.into)
        Story.objects.filter(merged_into=merge.story).update(merged_into=merge.into)
        Shift.objects.create(at=now, story_id=merge.story, into_id=merge.into)
        changed |= {merge.story, merge.into}
    _follow(window, changed)
    return changed


def _move(window: Standing, now: datetime) -> set[int]:
    changed: set[int] = set()
    for move in list(moves(window.placing, _young(window, now), SURE)):
        article = window.articles[move.row]
        window.placing.move(move.row, move.into, window.placing.follows[move.into])
        Account.objects.filter(article=article).update(story=move.into)
        Shift.objects.create(at=now, story_id=move.story, into_id=move.into, article=article)
        changed |= {move.story, move.into}
    return changed


def _gather(window: Standing) -> set[int]:
    """Running stories that have grown together."""
    changed: set[int] = set()
    for merge in window.placing.gather():
        changed |= set(Story.objects.filter(running=merge.running).values_list("pk", flat=True))
        Story.objects.filter(running=merge.running).update(running=merge.into)
        RunningStory.objects.filter(pk=merge.running).update(merged_into=merge.into)
        RunningStory.objects.filter(merged_into=merge.running).update(merged_into=merge.into)
    return changed


def _follow(window: Standing, stories: set[int]) -> None:
    """The rows of merged stories' running stories say what the window says."""
    for story in stories & window.placing.follows.keys():
        Story.objects.filter(pk=story).update(running=window.placing.follows[story])
