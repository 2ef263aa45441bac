"""Codes that people copy by hand."""

from hypothesis import given
from hypothesis import strategies as st

from inkstand.kit.codes import fresh, in_fours, plain


@given(st.integers(0, 40), st.sampled_from([" ", "-", " – "]))
def test_a_code_is_read_back_however_it_was_copied(length, between):
    code = fresh(length)
    assert len(code) == length
    assert plain(in_fours(code, between).lower()) == code


def test_a_code_stands_in_fours():
    assert in_fours("ABCDEFGHIJ") == "ABCD EFGH IJ"


@given(st.text(max_size=200))
def test_anything_may_be_typed(typed):
    assert plain(plain(typed)) == plain(typed)
