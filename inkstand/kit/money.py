"""Money in whole minor units (cents, yen), and dividing it so that nothing is lost and nothing made.

No float touches an amount. A share is by largest remainder: each part gets its whole units, and the units left over
go one each to the parts with the largest remainders, the earlier first among equals.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# ISO 4217, where it is not the usual two.
_PLACES = {
    currency: decimals
    for decimals, currencies in {
        0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
        3: "BHD IQD JOD KWD LYD OMR TND",
        4: "CLF UYW",
    }.items()
    for currency in currencies.split()
}


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` whole minor units of `currency`, three capital letters of ISO 4217. `str` writes it in major units."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return f"{written(self.minor, self.currency)} {self.currency}"


def places(currency: str) -> int:
    """How many decimal places a currency is written with: EUR 2, JPY 0, KWD 3."""
    return _PLACES.get(currency, 2)


def written(minor: int, currency: str) -> str:
    """1234 of EUR is "12.34"; of JPY, "1234"."""
    if not (decimals := places(currency)):
        return str(minor)
    whole, rest = divmod(abs(minor), 10**decimals)
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{decimals}}"


def minor_of(text: str, currency: str) -> int:
    """ "12.34" of EUR is 1234; of JPY, "1234" is 1234. What `written` wrote, and with fewer decimal places than that.

    Raises ValueError where it is no such number, or has more places than the currency.
    """
    found = re.fullmatch(r"(-?)([0-9]{1,15})(?:\.([0-9]+))?", text)
    decimals, most = (found and found[3]) or "", places(currency)
    if found is None or len(decimals) > most:
        raise ValueError(f"{text!r} is no amount of {currency}")
    return int(f"{found[1]}{found[2]}{decimals:0<{most}}")


def share(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """`total` minor units divided by `weights`, in their order; the parts sum to `total` exactly.

    No part is a whole unit away from its exact share. A negative total is divided as well. Raises ValueError where
    a weight is negative or none is above zero: then there is nobody to divide among.
    """
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("a share wants weights that are not negative, and one above zero")
    parts = [divmod(total * weight, whole) for weight in weights]
    left = total - sum(int(units) for units, _ in parts)
    order = sorted(range(len(parts)), key=lambda at: -parts[at][1])
    favoured = set(order[:left])
    return [int(units) + (at in favoured) for at, (units, _) in enumerate(parts)]
