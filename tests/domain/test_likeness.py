"""What of a text is searched for, and how alike two titles are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.likeness import likeness, match_all, match_any, match_begun, telling_words, words_of


def test_words_are_runs_of_letters_and_digits_each_once():
    assert words_of("Checkout: times-out (EU), CHECKOUT _x_ 42") == [
        "checkout",
        "times",
        "out",
        "eu",
        "x",
        "42",
    ]


def test_empty_words_are_left_out_unless_there_is_nothing_else():
    assert telling_words("The checkout is not working for us") == ["checkout", "working"]
    assert telling_words("to be or not to be") == ["to", "be", "or", "not"]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("check", '"check" *'),
        ("check out", '"check" "out" *'),
        ("check ", '"check"'),
        ("a", '"a"'),
        ('" OR title:x NEAR(', '"or" "title" "x" "near" *'),
        ("\0 ' *", ""),
    ],
)
def test_whatever_is_typed_becomes_quoted_words(text: str, query: str):
    assert match_all(text) == query


def test_every_word_may_be_only_begun():
    assert match_begun("north log x") == '"north" * "log" * "x"'


def test_any_of_the_words_may_match():
    assert match_any(["a", "b"]) == '"a" OR "b"'


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Checkout times out for EU merchants", "Checkout timing out, EU merchants", 0.6, 1.0),
        ("Checkout times out for EU merchants", "Checkout times out", 1.0, 1.0),
        ("Invoice duplicated", "Invoices duplicated after migration", 1.0, 1.0),
        ("Login fails", "Nightly export is empty", 0.0, 0.0),
        ("Login", "Login loop on mobile after upgrade", 0.0, 0.5),
        ("", "Login fails", 0.0, 0.0),
    ],
)
def test_titles_are_alike_by_the_telling_words_they_share(one: str, other: str, least: float, most: float):
    assert least <= likeness(one, other) <= most


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_says_the_same_both_ways(one: str, other: str):
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, one) in (0.0, 1.0)
