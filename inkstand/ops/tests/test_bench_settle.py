"""The month that the bench of settling makes up fits the tables as they are, and can be settled."""

import pytest

from inkstand.ops.bench import settle as bench
from inkstand.royalties.models import Inputs, Reading
from inkstand.royalties.settle import settle

pytestmark = pytest.mark.django_db


def test_a_month_is_made_and_settled(monkeypatch, tmp_path):
    for name, count in (("READINGS", 600), ("MEMBERS", 60), ("TITLES", 12), ("ARTICLES", 120)):
        monkeypatch.setattr(bench, name, count)
    bench._make(lambda line: None)
    assert 500 < Reading.objects.count() <= 600  # some are drawn twice
    settle(bench.MONTH, now=bench.NOW, home=tmp_path)
    assert Inputs.objects.get().text
