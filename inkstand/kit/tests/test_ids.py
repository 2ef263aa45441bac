"""Ids of rows, as they stand in addresses and forms."""

import pytest

from inkstand.kit.ids import is_id


@pytest.mark.parametrize("text", ["1", "0", "007", "9" * 18])
def test_what_may_be_an_id(text):
    assert is_id(text) and int(text) < 2**63


@pytest.mark.parametrize("text", ["", "-1", "1.5", " 1", "٣", "²", "9" * 19, "9" * 5000, "x"])
def test_what_is_none(text):
    assert not is_id(text)
