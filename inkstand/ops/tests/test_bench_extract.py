"""The measure counts what it says, and real pages give their text."""

import pytest

from inkstand.ops.bench.gold import GoldPage, gold_pages, measure
from inkstand.ops.bench.shared import NO_SHARED, data_dir
from inkstand.wire.extract import extract


@pytest.mark.shared
def test_real_pages_give_their_gold_text():
    data = data_dir()
    if data is None:
        pytest.skip(NO_SHARED)
    pages = gold_pages(data)[::6]
    found = {one.name: extract(one.data, url=one.url).text for one in pages}
    assert measure(pages, found)[0] >= 0.97


def test_the_measure_counts_runs_of_four_words():
    one = GoldPage("a", "", b"", "one two three four five")
    assert measure([one], {"a": "one two three four five"}) == (1, 1, 1)
    assert measure([one], {"a": "one two three four"})[1:] == (1, 0.5)
    assert measure([one], {"a": "six seven eight nine"})[0] == 0
