"""Plans as data: what one may join for, and what it costs where. Amounts are whole minor units."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from inkstand.kit.money import Money
from inkstand.membership.errors import PlansUnreadable

OURS = Path(__file__).with_name("plans.toml")


@dataclass(frozen=True, slots=True)
class Price:
    """`countries` (ISO 3166, two letters) where this price holds; none: wherever no other price does."""

    money: Money
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """One payment pays for `months`. `prices[0]` is for everywhere.

    `seats`: how many may read for the price, the payer among them; with `a_seat` the price is for each of the seats the
    payer asks for, `seats` at least. `gift`: paid once, for somebody else. `domains`: only for addresses of these.
    """

    slug: str
    months: int
    prices: tuple[Price, ...]
    seats: int = 1
    a_seat: bool = False
    gift: bool = False
    domains: tuple[str, ...] = ()

    def price_in(self, country: str) -> Money:
        named = (price.money for price in self.prices if country in price.countries)
        return next(named, self.prices[0].money)

    def is_for(self, email: str) -> bool:
        """Whether whoever confirmed `email` may have it. A domain stands for those below it, too."""
        domain = f".{email.rpartition('@')[2].casefold()}"
        return not self.domains or any(domain.endswith(f".{one.lstrip('.')}") for one in self.domains)


@lru_cache(maxsize=4)
def plans(path: Path = OURS) -> tuple[Plan, ...]:
    """The plans in the file's order; `PlansUnreadable` says what is wrong with it, and where."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        found = tuple(_plan(row) for row in read["plan"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PlansUnreadable(path=path, reason=_said(error)) from error
    if len({plan.slug for plan in found}) != len(found) or not found:
        raise PlansUnreadable(path=path, reason="it wants one plan at least, and no slug twice")
    return found


def plan_named(slug: str, path: Path = OURS) -> Plan | None:
    return next((plan for plan in plans(path) if plan.slug == slug), None)


def _plan(row: Mapping[str, Any]) -> Plan:
    prices = tuple(_price(price) for price in row["price"])
    months = row["months"]
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,19}", row["slug"]) or not isinstance(months, int) or not 1 <= months <= 36:
        raise ValueError(f"plan {row['slug']!r} wants a short slug and 1 to 36 months")
    if not prices or prices[0].countries:
        raise ValueError(f"the first price of plan {row['slug']!r} is for everywhere and names no countries")
    seats = row.get("seats", 1)
    if not isinstance(seats, int) or not 1 <= seats <= 10_000:
        raise ValueError(f"plan {row['slug']!r} wants 1 to 10,000 seats")
    marks = {"a_seat": bool(row.get("a_seat")), "gift": bool(row.get("gift"))}
    return Plan(row["slug"], months, prices, seats, domains=tuple(row.get("domains", ())), **marks)


def _price(row: Mapping[str, Any]) -> Price:
    if not re.fullmatch("[A-Z]{3}", row["currency"]) or not isinstance(row["minor"], int) or row["minor"] <= 0:
        raise ValueError("a price wants a currency of three capital letters and a whole amount above zero")
    return Price(Money(row["minor"], row["currency"]), frozenset(row.get("countries", ())))


def _said(error: Exception) -> str:
    return f"it lacks {error}" if isinstance(error, KeyError) else str(error)
