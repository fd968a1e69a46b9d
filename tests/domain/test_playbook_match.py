"""Which playbook fits, and which line of it holds the words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.playbook import Tags
from desktop.domain.playbook_match import Axis, Target, fit, matching_line, recency
from tests.factories import MONDAY

TARGET = Target("billing", "double_charge", "enterprise", "P1")


def test_tags_that_name_the_values_fit_in_the_order_they_are_told():
    fits = fit(Tags(("billing",), ("double_charge",), ("enterprise",), ()), TARGET)
    assert fits.matched == (Axis.AREA, Axis.TIER, Axis.TYPE)
    assert fits.score > 0


def test_no_tags_fit_everything_without_speaking_for_it():
    assert fit(Tags(), TARGET).score == 0
    assert fit(Tags(), TARGET).against == ()


def test_one_axis_that_names_only_others_speaks_against_all():
    assert fit(Tags(("billing",), ("refund",)), TARGET).score == 0


def test_what_is_not_known_speaks_neither_for_nor_against():
    assert fit(Tags(("billing",), ("refund",)), Target("billing")).matched == (Axis.AREA,)


def test_the_issue_type_counts_for_more_than_all_others_together():
    by_type = fit(Tags(types=("double_charge",)), TARGET).score
    assert by_type > fit(Tags(("billing",), (), ("enterprise",), ("P1",)), TARGET).score


@pytest.mark.parametrize(("days", "rank"), [(1, 4), (8, 3), (40, 2), (400, 1)])
def test_recency_goes_by_week_month_and_quarter(days, rank):
    assert recency(MONDAY - timedelta(days=days), MONDAY) == rank


def test_what_was_never_used_comes_last():
    assert recency(None, MONDAY) == 0


def test_the_line_with_the_most_of_the_words_is_shown_with_their_places():
    line = matching_line(
        ("Purpose of it\nCall the payment team", "Look at payments of the customer"), "pay cust"
    )
    assert line.text == "Look at payments of the customer"
    assert [line.text[begin:end] for begin, end in line.spans] == ["pay", "cust"]


def test_letters_are_found_without_their_accents():
    line = matching_line(("Der Kunde zählt Gebühren",), "zahlt gebuhr")
    assert [line.text[begin:end] for begin, end in line.spans] == ["zählt", "Gebühr"]


def test_a_long_line_is_cut_around_what_was_found():
    line = matching_line((f"{'word ' * 80}needle{' more' * 80}",), "needle")
    assert len(line.text) <= 112
    assert [line.text[begin:end] for begin, end in line.spans] == ["needle"]


@given(st.lists(st.text(max_size=400), max_size=3), st.text(max_size=40))
def test_places_always_lie_in_the_line_and_hold_a_word_that_was_looked_for(texts, query):
    line = matching_line(texts, query)
    for begin, end in line.spans:
        assert 0 <= begin < end <= len(line.text)
