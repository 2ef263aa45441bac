"""Amounts of money as a reader's own language writes them."""

from decimal import Decimal

from babel.core import UnknownLocaleError
from babel.numbers import format_currency
from django.utils.translation import get_language, to_locale

from inkstand.kit.money import places


def amount(minor: int, currency: str) -> str:
    """1234 of EUR is "€12.34" in English, "12,34 €" in German."""
    whole = Decimal(minor).scaleb(-places(currency))
    try:
        return format_currency(whole, currency, locale=to_locale(get_language() or "en"))
    except UnknownLocaleError:
        return format_currency(whole, currency, locale="en")
