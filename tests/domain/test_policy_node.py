"""Lengths of time and numbers of a document are read exactly and written so that they are read the same."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.policy_node import Node, number_value, span_text


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30 s", 30),
        ("30s", 30),
        ("5 min", 300),
        ("4 h", 14_400),
        ("1 h 30 min", 5_400),
        ("1 h 30 min 5 s", 5_405),
        ("90 min", 5_400),
        ("0.5 s", 0.5),
        (" 2 h ", 7_200),
    ],
)
def test_a_length_of_time_is_read_as_people_write_it(text, seconds):
    assert Node(text).span() == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    ["", " ", "5", "min", "5 m", "1 d", "-5 min", "5 min 1 h", "1,5 h", "1.5 h", "five", 300, None],
)
def test_anything_else_is_no_length_of_time(text):
    with pytest.raises(DeskError, match="not a length of time"):
        Node(text, "snooze").span()


def test_no_time_at_all_needs_a_place_where_it_means_something():
    assert Node("0 min").span(may_be_zero=True) == timedelta()
    with pytest.raises(DeskError, match="no time at all"):
        Node("0 min").span()


@given(st.timedeltas(min_value=timedelta(microseconds=1), max_value=timedelta(days=40_000)))
def test_a_length_of_time_written_is_read_the_same(span):
    assert Node(span_text(span)).span() == span


@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**6))
def test_a_number_written_is_read_the_same(number):
    assert Node(number_value(number)).number() == number


def test_a_decimal_number_counts_as_it_is_written():
    assert Node(0.1).number() == Fraction(1, 10)


def test_a_path_grows_with_every_step():
    node = Node({"ladder": {"P1": [{"tell": "x"}]}})
    assert node.at("ladder").at("P1").at(0).at("tell").path == "ladder.P1[0].tell"


def test_a_long_value_is_cut_short_in_the_sentence():
    with pytest.raises(DeskError) as fault:
        Node("x" * 1_000_000, "name").whole(0, 1)
    assert len(fault.value.message) < 200
