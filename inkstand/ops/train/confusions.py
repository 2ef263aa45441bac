"""The worst mistakes in words, for a person to look at. They quote the data, so they never go into the repository."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from inkstand.ops.train.gold import EVENTS, Told, sets
from inkstand.ops.train.play import hear, play
from inkstand.stories.placing import Placing

WORST = 10
Group = tuple[int, str, list[Told]]


def confusions(data: Path) -> str:
    """Ten clusters that hold most pairs of different stories, ten stories that lie in most pieces, sets beside them."""
    merged: list[Group] = []
    split: list[Group] = []
    for name in EVENTS:
        told = sets(data)[name]
        placed = play(hear(told), Placing(len(told))).events
        merged += _groups(name, told, placed, [one.story for one in told])
        split += _groups(name, told, [one.story for one in told], placed)
    return "\n".join(["WORST MERGES", *_shown(merged), "", "WORST SPLITS", *_shown(split)])


def _groups(name: str, told: Sequence[Told], by: Sequence[object], against: Sequence[object]) -> list[Group]:
    """Per group of `by`, how many of its pairs `against` keeps apart."""
    groups: defaultdict[object, list[tuple[Told, object]]] = defaultdict(list)
    for one, key, other in zip(told, by, against, strict=True):
        groups[key].append((one, other))
    return [(_apart([other for _, other in group]), name, _in_parts(group)) for group in groups.values()]


def _apart(labels: Sequence[object]) -> int:
    return sum(one != other for at, one in enumerate(labels) for other in labels[:at])


def _in_parts(group: Sequence[tuple[Told, object]]) -> list[Told]:
    return [one for one, _ in sorted(group, key=lambda pair: str(pair[1]))]


def _shown(groups: Iterable[Group]) -> list[str]:
    worst = sorted(groups, key=lambda group: -group[0])[:WORST]
    return [line for pairs, name, told in worst for line in [f"\n{pairs} pairs, {name}", *map(_line, told)]]


def _line(one: Told) -> str:
    return f"  {one.story:>16}  {one.headline or one.text[:90]!r}"
