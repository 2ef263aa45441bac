"""The worked example of docs/money.md, worked: what it prints is what the code pays."""

from pathlib import Path

import pytest

from inkstand.kit.money import written
from inkstand.royalties.models import Earning, Inputs, MonthsFee
from inkstand.royalties.settle import settle
from inkstand.royalties.tests.town import ADA, BO, CY, MARCH, SPRING, a_title, an_article, pays, reads

DOC = Path(__file__).parents[3] / "docs" / "money.md"
PAID = ((ADA, "Ada", 1000, 160, 40), (BO, "Bo", 1000, 160, 40), (CY, "Cy", 500, 80, 20))
MINUTES = ((ADA, 0, 10), (ADA, 1, 30), (BO, 1, 5), (BO, 2, 15), (CY, 0, 200))


def row(*amounts):
    return " | ".join(written(amount, "EUR") for amount in amounts)


@pytest.mark.django_db
def test_the_worked_example_is_what_happens(tmp_path):
    text = DOC.read_text(encoding="utf-8")
    articles = [an_article(a_title(name)) for name in ("Harbour Courier", "Northern Ledger", "Meridian")]
    for reader, name, gross, tax, provider in PAID:
        pays(reader, gross, tax=tax, provider=provider)
        fee = MonthsFee.objects.latest("pk").minor
        assert f"| {name} | {row(gross, tax, provider, gross - tax - provider - fee, fee)} |" in text
    for reader, article, minutes in MINUTES:
        reads(reader, articles[article], minutes * 60)
    settle(MARCH, now=SPRING, home=tmp_path)
    earned = Earning.objects.order_by("title_id")
    for rule, field in (("user-centric", "user_centric"), ("pro-rata", "pro_rata")):
        amounts = list(earned.values_list(field, flat=True))
        assert f"| {rule} | {row(*amounts, sum(amounts))} |" in text
    assert '"readers": 3' in Inputs.objects.get().text
