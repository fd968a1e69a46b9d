import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.fuzzy import match


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ack", "Acknowledge"),
        ("snz", "Snooze reminders"),
        ("conf cont", "Confirm containment"),
        ("0412", "ESC-2026-0412"),
    ],
)
def test_few_letters_find_what_is_meant(query, text):
    assert match(query, text) is not None


def test_letters_in_another_order_find_nothing():
    assert match("kca", "Acknowledge") is None


def test_the_beginning_of_a_word_beats_letters_inside():
    assert match("set", "Set the severity").score > match("set", "Reset").score


def test_initials_of_words_beat_scattered_letters():
    assert match("ss", "Set the severity").score > match("ss", "Assess").score


def test_the_letters_that_fit_are_told():
    assert match("sev", "Set the severity").places == (8, 9, 10)


@given(st.text(max_size=30), st.text(max_size=60))
def test_the_places_are_inside_the_text_and_rise(query, text):
    found = match(query, text)
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert all(0 <= at < len(text) for at in found.places)


@given(st.text(alphabet="abc XY", min_size=1, max_size=20))
def test_a_text_finds_itself(text):
    assert match(text, text) is not None


def test_letters_strewn_over_a_text_find_nothing():
    assert match("snoo", "Send a test notification") is None
