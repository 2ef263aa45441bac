"""`python -m inkstand.ops.train.stories DATA`: learns how sure a join must be, and writes `stories/weights.json`.

Articles are played through the window in order, each put where people say: each set as people collected it, whole
texts and nothing but stories of several accounts; each among strangers; and each as feeds tell it (`feeds.py`), where
most articles tell of something else. Folds are by gold story: what a fold's trees are scored on, they have not seen.
The weights that ship are fitted on all folds.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import fmean

import numpy as np
import numpy.typing as npt

import inkstand.stories
from inkstand.ops.train import forest
from inkstand.ops.train.feeds import DEALS, FEW, among_strangers, any_day, as_feeds_tell, far_apart, strangers
from inkstand.ops.train.gold import EVENTS, FOLDS, RUNNING, Told, bcubed, sets
from inkstand.ops.train.play import Heard, hear, play
from inkstand.stories.arrays import Doubles, Floats
from inkstand.stories.decide import Weights
from inkstand.stories.evidence import COLUMNS
from inkstand.stories.features import Features
from inkstand.stories.placing import Placing
from inkstand.stories.running import Likeness
from inkstand.stories.trees import Trees

LIKENESS = [Likeness(0.4, 2.5, 0.3, merge) for merge in (0.11, 0.12, 0.13, 0.14, 0.15)]
MEANING = [at for at, name in enumerate(COLUMNS) if "meaning" in name or name == "centre"]
FREE = {"size", "length", "their_length", "days", "crowd", "rank"}  # columns that may speak either way
RISING = [int(name not in FREE) for name in COLUMNS]
MADE_BY = "python -m inkstand.ops.train.stories"
FAR, FIRST = "weeks apart", "first of all"
NO_FOLD = -1
Bools = npt.NDArray[np.bool_]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One placing: the numbers of its candidates, and which of them people say is right. `fold` is that of the
    article's story, NO_FOLD for an article of none."""

    numbers: Floats
    right: Bools
    fold: int
    brief: bool


def run(data: Path, say: Say) -> None:
    told = {name: hear(some) for name, some in sets(data).items()}
    lessons = taught(data, told)
    say("heard every story as people tell it")
    with ProcessPoolExecutor(2) as pool:
        held = pool.map(partial(_held_out, lessons, told), range(FOLDS))
        final = Weights(*fit(lessons, None), plain=fit_plain(lessons), join=0.0)
        likeness, running = _likeness(told[RUNNING], final, say)
        folds = list(held)
    for fold, found in enumerate(folds):
        say(f"fold {fold}: " + ", ".join(f"{name} {f1:.3f}" for name, f1 in found.items()))
    means = {name: fmean(fold[name] for fold in folds) for name in folds[0]}
    spread = [fmean(fold[name] for name in EVENTS) for fold in folds]
    say(f"events on stories not seen: {fmean(spread):.4f}, folds {min(spread):.3f} to {max(spread):.3f}")
    report = {"events": means, "events_folds": spread, "running_folds": running}
    path = Path(inkstand.stories.__file__).with_name("weights.json")
    path.write_text(written(final, likeness, report))
    say(f"wrote {path.name}")


def taught(data: Path, told: Mapping[str, Sequence[Heard]]) -> dict[str, list[Lesson]]:
    fed = as_feeds_tell(data)
    return {
        **{name: teach(some) for name, some in told.items()},
        **{name: teach(hear(some)) for name, some in fed.items()},
        **{name: teach(hear(some), of_strangers=False) for name, some in among_strangers(data)},
        FAR: teach_apart(*far_apart(data)),
        FIRST: [lesson for some in _first_of_all(told, fed) for lesson in teach_strangers(some)],
    }


def _first_of_all(told: Mapping[str, Sequence[Heard]], fed: Mapping[str, Sequence[Told]]) -> Iterator[list[Told]]:
    whole = [one.told for name in EVENTS if name in told for one in told[name]]
    for deal in range(DEALS):
        yield strangers(whole, deal)
        yield strangers(chain(*fed.values()), deal)


def teach(told: Sequence[Heard], *, of_strangers: bool = True) -> list[Lesson]:
    """Plays a set, every article going where people say. Of an article of no story it is only known that it belongs to
    none of the set's; with `of_strangers` that is a lesson too."""
    placing, lessons = Placing(len(told), _NONE, LIKENESS[0]), []
    tells: dict[int, str] = {}  # story of the window → what people call it
    first: dict[str, int] = {}
    for number, one in enumerate(told):
        gold = one.told.story
        if gold or of_strangers:
            lessons.append(_lesson(placing, one, tells))
        story = first.setdefault(gold, number) if gold else number
        tells[story] = gold
        placing.add(one.article, at=one.told.at, story=story, of=story)
    return lessons


def _lesson(placing: Placing, one: Heard, tells: Mapping[int, str]) -> Lesson:
    gold = one.told.story
    found = placing.window.likeliest(one.article, placing.window.found(one.article))
    evidence = placing.weigh(one.article, one.told.at, found)
    theirs = [tells[story] for story in evidence.stories]
    known = np.array([bool(gold or other) for other in theirs], bool)
    right = np.array([bool(gold) and other == gold for other in theirs], bool)
    fold = one.told.fold if gold else NO_FOLD
    return Lesson(evidence.numbers[known], right[known], fold, evidence.brief)


def teach_apart(early: Sequence[Told], late: Sequence[Told]) -> list[Lesson]:
    """News of one week weighed against that of another: nothing is to be joined."""
    placing = Placing(len(early), _NONE, LIKENESS[0])
    for number, one in enumerate(hear(list(map(any_day, early)))):
        placing.add(one.article, at=one.told.at, story=number, of=number)
    return [_nothing(placing, placing.read(one.headline, one.text, "en"), one) for one in map(any_day, late)]


def teach_strangers(told: Sequence[Told]) -> list[Lesson]:
    """A paper's first articles, FEW at a time in an empty window, each of another story. Where little is known, a word
    that two of them share looks rare, and the likeliest story far ahead of the next."""
    lessons = []
    for first in range(0, len(told), FEW):
        placing = Placing(FEW, _NONE, LIKENESS[0])
        for number, one in enumerate(map(any_day, told[first : first + FEW])):
            article = placing.read(one.headline, one.text, "en")
            lessons.append(_nothing(placing, article, one))
            placing.add(article, at=one.at, story=number, of=number)
    return lessons


def _nothing(placing: Placing, article: Features, told: Told) -> Lesson:
    """None of what the window holds is this article's story."""
    evidence = placing.weigh(article, told.at, placing.window.likeliest(article, placing.window.found(article)))
    fold = told.fold if told.story else NO_FOLD
    return Lesson(evidence.numbers, np.zeros(len(evidence.stories), bool), fold, evidence.brief)


def fit(lessons: Mapping[str, Sequence[Lesson]], without: int | None) -> tuple[Trees, Trees]:
    """Trees for whole articles and for mere headlines, that never saw the stories of fold `without`."""
    whole, brief = (forest.grow(*_rows(lessons, without, (kind,)), RISING) for kind in (False, True))
    return whole, brief


def fit_plain(lessons: Mapping[str, Sequence[Lesson]]) -> Trees:
    """Outside English all is learned from English, its meaning taken away."""
    numbers, right, weight = _rows(lessons, None, (True, False))
    numbers[:, MEANING] = 0
    return forest.grow(numbers, right, weight, RISING)


def _rows(
    lessons: Mapping[str, Sequence[Lesson]], without: int | None, brief: Sequence[bool]
) -> tuple[Floats, Bools, Doubles]:
    """Each set weighs the same, however many articles it has. Of running stories only this is learned: that two of
    them tell two events; for within one there may be many."""
    rows = [
        (one.numbers[used], one.right[used], np.full(int(used.sum()), 1000 / len(some)))
        for name, some in lessons.items()
        for one in some
        if one.fold != without and one.brief in brief
        for used in [~one.right if name == RUNNING else np.ones(len(one.right), bool)]
    ]
    numbers, right, weight = (np.concatenate(part) for part in zip(*rows, strict=True))
    return numbers, right, weight


def _held_out(
    lessons: Mapping[str, Sequence[Lesson]], told: Mapping[str, Sequence[Heard]], fold: int
) -> dict[str, float]:
    """F1 of each set over the fold's stories, placed among all others by trees that never saw them."""
    weights, found = Weights(*fit(lessons, fold), plain=_EMPTY, join=0.0), {}
    for name in EVENTS:
        some = told[name]
        placed = play(some, Placing(len(some), weights, LIKENESS[0])).events
        only = [one.told.fold == fold for one in some]
        found[name] = bcubed([one.told.story for one in some], placed, only).f1
    return found


def _likeness(told: Sequence[Heard], weights: Weights, say: Say) -> tuple[Likeness, list[float]]:
    """The best over all stories; beside it, on each fold, what the best of the other folds gives."""
    gold = [one.told.story for one in told]
    placed = {how: play(told, Placing(len(told), weights, how)).running for how in LIKENESS}

    def f1(how: Likeness, folds: set[int]) -> float:
        return bcubed(gold, placed[how], [one.told.fold in folds for one in told]).f1

    every = set(range(FOLDS))
    held = [f1(max(LIKENESS, key=partial(f1, folds=every - {fold})), {fold}) for fold in every]
    best = max(LIKENESS, key=partial(f1, folds=every))
    say(f"running stories {f1(best, every):.3f} at {best}; on folds held out {', '.join(f'{one:.3f}' for one in held)}")
    return best, held


def written(weights: Weights, likeness: Likeness, report: Mapping[str, object]) -> str:
    """One tree a line, so that a change can be read."""
    head = {
        "made_by": MADE_BY,
        "held_out": report,
        "join": weights.join,
        "running": asdict(likeness),
    }
    forests = {"full": weights.full, "brief": weights.brief, "plain": weights.plain}
    parts = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    parts += [f"{json.dumps(name)}: {forest.written(trees, COLUMNS)}" for name, trees in forests.items()]
    return "{" + ",\n".join(parts) + "}\n"


_EMPTY = Trees(0.0, 1, np.zeros((1, 1), np.intp), np.zeros((1, 1), np.float32), np.zeros((1, 2)))
_NONE = Weights(_EMPTY, _EMPTY, _EMPTY, 0.0)


if __name__ == "__main__":
    run(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"), print)
