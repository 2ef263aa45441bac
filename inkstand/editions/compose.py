"""Which stories an edition holds, and in which order: decided from values alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from inkstand.ranking.front import Candidate, Rules, Slot, fill

# An edition is short: its shares are tighter than the front page's.
BALANCE = Rules(title_share=0.2, section_share=0.4, running_share=0.2)
LOOSE = Rules(title_share=1.0)
# A story has moved since, where so many more accounts of its own have come, and so many to each there was before.
FRESH, FRESH_SHARE = 2, 1 / 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A story that may be in an edition. `articles` are all its accounts, by which it is known again whatever has
    been merged meanwhile; `told` is when each account of its own, no copies, was published."""

    candidate: Candidate
    articles: frozenset[int]
    told: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A place in an edition; `moved`: an earlier edition had the story, and it has moved since."""

    slot: Slot
    moved: bool = False


def compose(
    choices: Iterable[Choice], size: int, *, printed: Mapping[int, datetime], read: Collection[int]
) -> tuple[Chosen, ...]:
    """At most `size` stories, the weightiest first; the last is good news where there is any.

    `printed` is when this reader's earlier editions had an article: its story comes again only if it moved since.
    `read` are the articles they have opened: their stories come last, where there are too few others.
    """
    came = {choice.candidate.story: _last(choice, printed) for choice in choices}
    left = [c for c in choices if (since := came[c.candidate.story]) is None or moved(c.told, since)]
    unread = [choice.candidate for choice in left if choice.articles.isdisjoint(read)]
    others = [choice.candidate for choice in left if not choice.articles.isdisjoint(read)]
    slots = _slots(_weightiest(unread), _weightiest(others), size)
    return tuple(Chosen(slot, moved=came[slot.story] is not None) for slot in slots)


def moved(told: Collection[datetime], since: datetime) -> bool:
    """Whether enough own accounts came after `since` that somebody who knew the story then would want to hear of it."""
    fresh = sum(at > since for at in told)
    return fresh >= max(FRESH, FRESH_SHARE * (len(told) - fresh))


def _last(choice: Choice, printed: Mapping[int, datetime]) -> datetime | None:
    return max((printed[article] for article in choice.articles if article in printed), default=None)


def _weightiest(stories: Iterable[Candidate]) -> list[Candidate]:
    worth = [story for story in stories if story.score.value > 0 and story.titles]
    return sorted(worth, key=lambda story: (-story.score.value, story.story))


def _slots(unread: Sequence[Candidate], others: Sequence[Candidate], size: int) -> list[Slot]:
    """Balanced as long as there is enough to choose from, then whatever there is."""
    used: set[int] = set()
    good = fill([story for story in unread if story.good_news], 1, BALANCE, used)[: size - 1]
    slots: list[Slot] = []
    for stories, rules, crowding in (
        (unread, BALANCE, True),
        (unread, BALANCE, False),
        (unread, LOOSE, False),
        (others, LOOSE, False),
    ):
        slots += fill(stories, size - len(good) - len(slots), rules, used, crowding=crowding)
    return [*sorted(slots, key=lambda slot: -slot.score.value), *good]
