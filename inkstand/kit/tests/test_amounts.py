"""Amounts as languages write them."""

import pytest

from inkstand.kit.amounts import printed
from inkstand.kit.money import Money


@pytest.mark.parametrize(
    ("minor", "currency", "language", "says"),
    [
        (1234, "EUR", "en", "€12.34"),
        (1234, "EUR", "de", "12,34 €"),
        (123456, "EUR", "de_AT", "€ 1.234,56"),
        (1200, "JPY", "en", "¥1,200"),
        (1200, "JPY", "fr", "1 200 JPY"),
        (12345, "KWD", "en", "KWD12.345"),
        (900, "EUR", "xx-nowhere", "€9.00"),
    ],
)
def test_in_whole_units_of_the_currencys_own_places(minor, currency, language, says):
    assert printed(Money(minor, currency), language).replace("\xa0", " ").replace("\u202f", " ") == says
