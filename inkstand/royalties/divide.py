"""A month's pots divided by both rules, from sums by group and title. Pure; recompute.py does the same alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inkstand.kit.money import share
from inkstand.royalties.groups import FeeGroup
from inkstand.royalties.values import AT_LEAST, Pays


@dataclass(frozen=True, slots=True)
class Cell:
    """One group's reading of one title: `parts` is the sum of fee x points, `weight` of thousandths of seconds."""

    group: int
    title: int
    readers: int
    parts: int
    weight: int


@dataclass(frozen=True, slots=True)
class Pot:
    """One currency's money of a month: `minor` in all, `brought` of it from the month before, `fees` from members."""

    currency: str
    minor: int
    brought: int


@dataclass(frozen=True, slots=True)
class GroupRead:
    """A group, its members' fees together, and its parts of the titles that enough of its members read."""

    group: FeeGroup
    minor: int
    parts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Divided:
    """A pot, what it was divided by, and what came out: minor units by title under each rule.

    `few` are the parts, over all groups, of titles that few members of a group read: with the groups' own they sum to
    POINTS x the groups' fees. `unread` is what members paid who read nothing: it follows the others'. Where nobody
    read anything `amounts` is empty and the pot waits for the next month.
    """

    pot: Pot
    unread: int
    groups: tuple[GroupRead, ...]
    few: Mapping[int, int]
    weights: Mapping[int, int]
    amounts: Mapping[Pays, Mapping[int, int]]


def divided(pot: Pot, groups: Sequence[FeeGroup], counts: Mapping[int, int], cells: Iterable[Cell]) -> Divided:
    """`counts` is how many readers paid each fee. Units left over go to titles in the order of their numbers."""
    parts: list[dict[int, int]] = [{} for _ in groups]
    few: Counter[int] = Counter()
    weights: Counter[int] = Counter()
    for cell in cells:
        by_title = parts[cell.group] if cell.readers >= AT_LEAST else few
        by_title[cell.title] = by_title.get(cell.title, 0) + cell.parts
        weights[cell.title] += cell.weight
    read = tuple(
        GroupRead(group, sum(fee * counts[fee] for fee in group.fees), by_title)
        for group, by_title in zip(groups, parts, strict=True)
    )
    unread = pot.minor - pot.brought - sum(group.minor for group in read)
    return Divided(pot, unread, read, few, weights, _amounts(pot.minor, read, few, weights))


def _amounts(
    minor: int, groups: Iterable[GroupRead], few: Mapping[int, int], weights: Mapping[int, int]
) -> dict[Pays, dict[int, int]]:
    parts = Counter(few)
    for group in groups:
        parts.update(group.parts)
    if not weights:
        return {}
    titles = sorted(weights)
    return {
        rule: dict(zip(titles, share(minor, [by[title] for title in titles]), strict=True))
        for rule, by in ((Pays.USER_CENTRIC, parts), (Pays.PRO_RATA, weights))
    }
