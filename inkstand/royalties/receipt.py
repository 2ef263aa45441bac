"""A reader's own receipt: where your fee went. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inkstand.kit.money import share
from inkstand.royalties.values import POINTS, Pays


@dataclass(frozen=True, slots=True)
class Receipt:
    """`fee` is what was left for publishers after tax, fees and the operator's share, in minor units; `went` is what
    each title got of it, by its number, the most first. They sum to the fee; empty where it waits for next month.
    """

    month: date
    currency: str
    fee: int
    went: Mapping[int, int]


def receipt(
    month: date, currency: str, fee: int, read: Mapping[int, int], everyone: Mapping[int, int], pays: Pays
) -> Receipt:
    """`read` is this reader's time by title, `everyone` what all titles were paid out of the pot.

    User-centric, the fee follows the reader's own reading; where they read nothing, or by pro-rata, it goes the
    way of the whole pot.
    """
    weights = points(read) if pays is Pays.USER_CENTRIC and any(read.values()) else everyone
    if not any(weights.values()):
        return Receipt(month, currency, fee, {})
    titles = sorted(weights)
    parts = sorted(zip(share(fee, [weights[t] for t in titles]), titles, strict=True), key=lambda p: (-p[0], p[1]))
    return Receipt(month, currency, fee, {title: minor for minor, title in parts if minor})


def points(read: Mapping[int, int]) -> dict[int, int]:
    """A reader's time by title as POINTS points, by largest remainder, the lower title number first."""
    titles = sorted(read)
    return dict(zip(titles, share(POINTS, [read[title] for title in titles]), strict=True))
