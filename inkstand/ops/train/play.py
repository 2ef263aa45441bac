"""Plays a set of articles through the live window in order, as a worker would place them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from inkstand.ops.train.gold import Told
from inkstand.stories.decide import Join, New, Weights, decide
from inkstand.stories.evidence import Evidence
from inkstand.stories.features import Features, Reading
from inkstand.stories.placing import Placing
from inkstand.stories.rarity import Rarity

EVERY = 200  # articles between two passes over running stories

Choose = Callable[[Told, Evidence], Join | New]
Note = Callable[[Told, int], None]


@dataclass(frozen=True, slots=True)
class Played:
    """For each article in order, the event and the running story it ended in."""

    events: list[int]
    running: list[int]


@dataclass(frozen=True, slots=True)
class Heard:
    """A told article, read once for all the times it is played: reading depends on the order alone."""

    told: Told
    article: Features


def hear(told: Sequence[Told]) -> list[Heard]:
    reading, heard = Reading(Rarity()), []
    for one in told:
        heard.append(Heard(one, reading.read(one.headline, one.text, "en")))
        reading.rarity.add(heard[-1].article.terms)
    return heard


def play(heard: Sequence[Heard], placing: Placing, choose: Choose | None = None, note: Note | None = None) -> Played:
    """`choose` decides in the place of the placing's own weights; `note` hears where each article went."""
    events: list[int] = []
    for number, one in enumerate(heard):
        at = one.told.at
        found = placing.place(one.article, at, partial(_chosen, choose, one.told) if choose else decide)
        story = found.event.story if isinstance(found.event, Join) else number
        placing.add(
            one.article, at=at, story=story, of=found.running.story if isinstance(found.running, Join) else number
        )
        events.append(story)
        if note:
            note(one.told, story)
        if number % EVERY == EVERY - 1 or number == len(heard) - 1:
            list(placing.gather())
    return Played(events, [placing.follows[story] for story in events])


def _chosen(choose: Choose, told: Told, evidence: Evidence, _: Weights) -> Join | New:
    return choose(told, evidence)
