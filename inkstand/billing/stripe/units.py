"""Stripe's amounts and ours. Both are whole minor units, but Stripe counts a few currencies' in its own way:
https://docs.stripe.com/currencies (zero-decimal, three-decimal and special cases).
"""

from inkstand.kit.money import Money, places

# ISO gives these no minor unit; Stripe wants them with two places, which must be zeros.
_TWO_AT_STRIPE = frozenset({"ISK", "UGX"})
# ISO gives it two places; Stripe wants none.
_NONE_AT_STRIPE = frozenset({"MGA"})


def to_stripe(money: Money) -> int:
    """Raises ValueError where Stripe has no such amount: the last digit of three must be zero, ariary are whole."""
    numerator, denominator = _scale(money.currency)
    units, rest = divmod(money.minor * numerator, denominator)
    if rest or (places(money.currency) == 3 and units % 10):
        raise ValueError(f"Stripe takes no {money}: it wants a rounder amount")
    return units


def to_stripe_at_least(money: Money) -> int:
    """The least that Stripe can move and that is not below `money`: 2.202 KWD goes back as 2.210."""
    numerator, denominator = _scale(money.currency)
    units = -(-money.minor * numerator // denominator)
    return -(-units // 10) * 10 if places(money.currency) == 3 else units


def from_stripe(units: int, currency: str) -> Money:
    numerator, denominator = _scale(currency.upper())
    return Money(units * denominator // numerator, currency.upper())


def _scale(currency: str) -> tuple[int, int]:
    if currency in _TWO_AT_STRIPE:
        return 100, 1
    return (1, 100) if currency in _NONE_AT_STRIPE else (1, 1)
