"""Plans as data: every price whole, every mistake in a file named."""

import pytest

from inkstand.kit.money import Money
from inkstand.membership.errors import PlansUnreadable
from inkstand.membership.plans import plan_named, plans

GOOD = '[[plan]]\nslug = "month"\nmonths = 1\n[[plan.price]]\ncurrency = "EUR"\nminor = 900\n'


def test_ours_cost_the_same_countries_something_everywhere():
    month, year = plans()[:2]
    assert (month.months, year.months) == (1, 12)
    named = {code for price in month.prices for code in price.countries}
    for code in [*named, "AQ", ""]:
        assert month.price_in(code).currency == year.price_in(code).currency
        assert month.price_in(code).minor * 8 <= year.price_in(code).minor < month.price_in(code).minor * 12


def test_a_price_is_the_countrys_or_the_one_for_everywhere():
    month = plan_named("month")
    assert month.price_in("JP") == Money(1200, "JPY")
    assert month.price_in("DE") == month.price_in("") == Money(900, "EUR")
    assert plan_named("decade") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lacks 'plan'"),
        ("plan = [", "Invalid"),
        (GOOD.replace("900", "0"), "above zero"),
        (GOOD.replace("900", "9.0"), "whole amount"),
        (GOOD.replace('"EUR"', '"euro"'), "three capital letters"),
        (GOOD.replace("months = 1", "months = 0"), "1 to 36 months"),
        (GOOD + 'countries = ["DE"]\n', "for everywhere"),
        (GOOD + GOOD, "no slug twice"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path, text, says):
    path = tmp_path / "plans.toml"
    path.write_text(text)
    with pytest.raises(PlansUnreadable, match=says):
        plans(path)


def test_a_file_of_ones_own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(GOOD)
    assert plans(path)[0].price_in("JP") == Money(900, "EUR")


def test_no_such_file(tmp_path):
    with pytest.raises(PlansUnreadable, match=r"none\.toml"):
        plans(tmp_path / "none.toml")
