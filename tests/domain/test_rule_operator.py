"""Patterns and numbers as operators read them."""

from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.rule_operator import number_of, trial_of

FEW_LETTERS = st.text("ab*?", max_size=8)


@given(FEW_LETTERS, st.text("ab", max_size=10))
def test_a_pattern_matches_as_it_does_in_a_shell(pattern, text):
    assert trial_of("matches", pattern)(text) == fnmatchcase(text, pattern)


@pytest.mark.parametrize("text", ["[a]", "a.b", "a\nb"])
def test_in_a_pattern_only_stars_and_question_marks_are_wild(text):
    assert trial_of("matches", text)(text)
    assert not trial_of("matches", text)("a")


@pytest.mark.parametrize("pattern", ["a*b", "a?b"])
def test_a_pattern_reaches_over_line_ends(pattern):
    assert trial_of("matches", pattern)("a\nb")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5),
        ("5", 5),
        (" -5.25 ", -5.25),
        ("93 %", 93),
        ("1e3", 1000.0),
        (True, None),
        ("", None),
        ("5 GB", None),
        ("nan", None),
        ("1e999", None),
        ("9" * 400, None),
        (None, None),
        ({}, None),
    ],
)
def test_a_number_is_read_from_numbers_and_plain_texts_only(value, number):
    assert number_of(value) == number
