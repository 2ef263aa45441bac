"""Plays a set of articles through the live window in order, as a worker would place them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from inkstand.ops.train.gold import Told
from inkstand.stories.consolidate import merges, splits
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


def consolidate(placing: Placing, numbers: Iterator[int]) -> None:
    """The second look as the product takes it, of all ages: most sets have no dates."""
    for split in list(splits(placing, sorted(placing.touched))):
        number = next(numbers)
        placing.split(split.rows, number, number)
    for merge in list(merges(placing, sorted(placing.touched))):
        placing.merge(merge.story, merge.into)
    list(placing.gather(sorted(placing.touched)))
    placing.touched.clear()


def play(heard: Sequence[Heard], placing: Placing) -> Played:
    """All of `heard` must fit the window."""
    fresh = count(len(heard))
    for number, one in enumerate(heard):
        found = placing.place(one.article, one.told.at)
        story, of = (join.story if isinstance(join, Join) else number for join in (found.event, found.running))
        placing.add(one.article, at=one.told.at, story=story, of=of)
        if number % EVERY == EVERY - 1 or number == len(heard) - 1:
            consolidate(placing, fresh)
    ended = [int(story) for story in placing.window.rows.story[placing.window.order()]]
    return Played(ended, [placing.follows[story] for story in ended])
