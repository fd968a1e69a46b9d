"""Text of others: nothing in it controls, turns or hides."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.inert import LONGEST_VALUE, inert, is_blank


@given(st.text(max_size=300))
def test_no_control_and_no_turning_sign_is_left(text: str):
    kept = inert(text)
    assert all(sign in "\n\t" or unicodedata.category(sign) != "Cc" for sign in kept)
    assert not any(unicodedata.bidirectional(sign) in {"LRE", "RLE", "LRO", "RLO", "PDF"} for sign in kept)
    assert inert(kept) == kept


@given(st.text(max_size=300))
def test_one_line_is_one_line(text: str):
    assert len(inert(text, one_line=True).splitlines()) <= 1


def test_languages_that_run_from_right_to_left_keep_their_letters():
    assert inert("שלום עולם") == "שלום עולם"
    assert inert("می‌خواهم") == "می‌خواهم"  # with a joiner between the letters, as it is written


def test_more_than_a_value_may_hold_is_cut_and_counted():
    assert inert("x" * (LONGEST_VALUE + 5)).endswith("… (and 5 more characters)")


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u202e", "\u2800", "\ufeff", "\u3164"])
def test_signs_that_nobody_sees_are_nothing(text: str):
    assert is_blank(text)
