"""Amounts of money as a language writes them."""

from decimal import Decimal

from babel.core import UnknownLocaleError
from babel.numbers import format_currency

from inkstand.kit.money import Money, places


def printed(money: Money, language: str) -> str:
    """`€12.34` in `en`, `12,34 €` in `de`, `￥1,200` of yen. A language that is not known writes as English does."""
    whole = Decimal(money.minor).scaleb(-places(money.currency))
    try:
        return format_currency(whole, money.currency, locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return format_currency(whole, money.currency, locale="en")
