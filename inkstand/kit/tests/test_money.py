"""Money: divided so that nothing is lost, and written as its currency is."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.kit.money import Money, minor_of, places, share, written

whole = st.integers(0, 10**12)
weights = st.lists(st.one_of(whole, st.fractions(0, 10**6, max_denominator=10**6)), min_size=1, max_size=40).filter(any)


@given(st.integers(-(10**15), 10**15), weights)
def test_shares_sum_to_the_whole_exactly(total, by):
    assert sum(share(total, by)) == total


@given(st.integers(-(10**15), 10**15), weights)
def test_no_share_is_a_unit_away_from_what_is_exact(total, by):
    exact = [Fraction(total) * Fraction(weight) / sum(map(Fraction, by)) for weight in by]
    assert all(abs(part - wanted) < 1 for part, wanted in zip(share(total, by), exact, strict=True))


@given(st.integers(0, 10**15), weights)
def test_more_weight_never_gets_less_and_no_weight_gets_nothing(total, by):
    parts = sorted(zip(by, share(total, by), strict=True))
    for (lighter, less), (heavier, more) in pairwise(parts):
        assert less <= more or lighter == heavier
    assert all(part == 0 for weight, part in parts if weight == 0)


@given(st.integers(0, 10**9), weights, st.integers(1, 1000))
def test_only_the_proportion_of_weights_counts(total, by, times):
    assert share(total, by) == share(total, [weight * times for weight in by])


def test_units_left_over_go_to_the_largest_remainders_and_among_equals_to_the_first():
    assert share(100, [1, 1, 1]) == [34, 33, 33]
    assert share(10, [5, 3, 2]) == [5, 3, 2]
    assert share(7, [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)]) == [4, 2, 1]
    assert share(-100, [1, 1, 1]) == [-33, -33, -34]


@pytest.mark.parametrize("by", [[], [0], [0, 0], [3, -1]])
def test_there_must_be_somebody_to_divide_among(by):
    with pytest.raises(ValueError, match="share"):
        share(100, by)


@pytest.mark.parametrize(
    ("minor", "currency", "says"),
    [
        (123456, "EUR", "1234.56 EUR"),
        (5, "GBP", "0.05 GBP"),
        (-5, "GBP", "-0.05 GBP"),
        (-1234, "EUR", "-12.34 EUR"),
        (1200, "JPY", "1200 JPY"),
        (1234, "KWD", "1.234 KWD"),
        (0, "USD", "0.00 USD"),
    ],
)
def test_money_is_written_with_its_currencys_places(minor, currency, says):
    assert str(Money(minor, currency)) == says


@given(st.integers(1 - 10**15, 10**15 - 1), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_what_is_written_is_read_again(minor, currency):
    assert minor_of(written(minor, currency), currency) == minor


def test_an_amount_may_have_fewer_places_and_never_more():
    assert [minor_of(text, "EUR") for text in ("12", "12.3", "-0.80", "007.00")] == [1200, 1230, -80, 700]
    for text, currency in (
        ("12.345", "EUR"),
        ("12.0", "JPY"),
        ("12,34", "EUR"),
        ("1e3", "EUR"),
        ("", "EUR"),
        (".5", "EUR"),
    ):
        with pytest.raises(ValueError, match=currency):
            minor_of(text, currency)


def test_places():
    assert (places("EUR"), places("KRW"), places("TND"), places("CLF")) == (2, 0, 3, 4)
