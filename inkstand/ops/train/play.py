"""Plays a set of articles through the live window in order, as a worker would place them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inkstand.ops.train.gold import Told
from inkstand.stories.consolidate import merges
from inkstand.stories.decide import Join
from inkstand.stories.features import Features, Reading
from inkstand.stories.placing import Placing
from inkstand.stories.rarity import Rarity

EVERY = 200  # articles between two consolidation passes, over events first and then over running stories


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


def consolidate(placing: Placing, told: Iterable[int]) -> None:
    """Merges events told again since the last pass, and running stories that have grown together."""
    for merge in list(merges(placing, sorted(told))):
        placing.merge(merge.story, merge.into)
    list(placing.gather())


def play(heard: Sequence[Heard], placing: Placing) -> Played:
    """All of `heard` must fit the window."""
    told: set[int] = set()
    for number, one in enumerate(heard):
        found = placing.place(one.article, one.told.at)
        story, of = (join.story if isinstance(join, Join) else number for join in (found.event, found.running))
        placing.add(one.article, at=one.told.at, story=story, of=of)
        told.add(story)
        if number % EVERY == EVERY - 1 or number == len(heard) - 1:
            consolidate(placing, told)
            told.clear()
    ended = [int(story) for story in placing.window.rows.story[placing.window.order()]]
    return Played(ended, [placing.follows[story] for story in ended])
