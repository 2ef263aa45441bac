"""Amounts of money as this reader's language writes them."""

from django.utils.translation import get_language, to_locale

from inkstand.kit import amounts
from inkstand.kit.money import Money


def printed(money: Money) -> str:
    return amounts.printed(money, to_locale(get_language() or "en"))
