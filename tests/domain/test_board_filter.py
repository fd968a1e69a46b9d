"""What a filter lets through."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.board import BREACHED
from desktop.domain.board_filter import BoardFilter
from tests.domain.boards import MINUTE_US, NOW_US, a_board_row


def passes(wanted: BoardFilter, **fields: object) -> bool:
    return wanted.matches(a_board_row(**fields), NOW_US)


def test_an_empty_filter_lets_everything_through():
    assert BoardFilter(text="  ").is_empty
    assert passes(BoardFilter())


@pytest.mark.parametrize("text", ["checkout", "CHECK", "acme checkout", "0412", "quist check 0412"])
def test_every_word_typed_must_occur_somewhere(text: str):
    fields = {
        "number": "ESC-2026-0412",
        "title": "Checkout times out",
        "customer": "Acme",
        "owner": "Ada Quist",
    }
    assert passes(BoardFilter(text=text), **fields)
    assert not passes(BoardFilter(text=f"{text} zebra"), **fields)


def test_kinds_are_and_and_choices_within_a_kind_are_or():
    wanted = BoardFilter(severities=frozenset({1, 2}), tiers=frozenset({"Strategic"}))
    assert passes(wanted, severity=1, tier="Strategic")
    assert passes(wanted, severity=2, tier="Strategic")
    assert not passes(wanted, severity=2, tier="Growth")
    assert not passes(wanted, severity=3, tier="Strategic")


def test_mine_and_unowned_are_one_kind():
    wanted = BoardFilter(mine=7, unowned=True)
    assert passes(wanted, owner_id=7)
    assert passes(wanted, owner_id=0)
    assert not passes(wanted, owner_id=8)


def test_without_an_operator_nothing_is_mine_and_nobodys_is_not_mine_either():
    wanted = BoardFilter.from_mapping({"mine": True}, operator_id=None)
    assert not passes(wanted, owner_id=0)
    assert not wanted.is_empty


@pytest.mark.parametrize(
    ("wanted", "inside", "outside"),
    [
        (BoardFilter(unacknowledged=True), {"unacknowledged": True}, {}),
        (BoardFilter(needs_review=True), {"needs_review": True}, {}),
        (BoardFilter(waiting=True), {"waiting_on": "supplier, customer"}, {"waiting_on": "supplier"}),
        (BoardFilter(snoozed=True), {"snoozed_us": NOW_US + 1}, {"snoozed_us": NOW_US}),
        (BoardFilter(steps=frozenset({BREACHED})), {"left_min": 0}, {"left_min": 1}),
        (BoardFilter(states=frozenset({"new"})), {"state": "new"}, {"state": "working"}),
        (BoardFilter(due_within_min=60), {"left_min": 60}, {"left_min": 61}),
        (BoardFilter(due_within_min=60), {"left_min": -5}, {"left_min": -5, "clock_paused": True}),
        (BoardFilter(standing_h=24), {"opened_us": NOW_US - 1440 * MINUTE_US}, {"opened_us": NOW_US}),
        (BoardFilter(customers=frozenset({"A"})), {"customer": "A"}, {"customer": "B"}),
        (BoardFilter(areas=frozenset({"A"})), {"area": "A"}, {"area": ""}),
        (BoardFilter(teams=frozenset({"A"})), {"team": "A"}, {"team": "B"}),
    ],
)
def test_each_chip_lets_its_own_through(
    wanted: BoardFilter, inside: dict[str, object], outside: dict[str, object]
):
    assert passes(wanted, **inside)
    assert not passes(wanted, **outside)


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        (BoardFilter(due_within_min=60), {"left_min": 100}),
        (BoardFilter(standing_h=24), {}),
        (BoardFilter(snoozed=True), {"snoozed_us": NOW_US + 10}),
    ],
)
def test_a_row_comes_or_goes_at_the_instant_foretold(wanted: BoardFilter, fields: dict[str, object]):
    row = a_board_row(**fields)
    turn_us = wanted.turn_us(row, NOW_US)
    assert wanted.matches(row, turn_us - 1) == wanted.matches(row, NOW_US)
    assert wanted.matches(row, turn_us) != wanted.matches(row, NOW_US)


@pytest.mark.parametrize(
    ("before", "after", "narrows"),
    [
        ("", "a", True),
        ("ab", "abc", True),
        ("ab cd", "cde abx", True),
        ("abc", "ab", False),
        ("ab", "cd", False),
    ],
)
def test_more_typed_narrows(before: str, after: str, narrows: bool):
    assert BoardFilter(text=after).narrows(BoardFilter(text=before)) is narrows


def test_another_chip_does_not_narrow():
    assert not BoardFilter(text="abc", unowned=True).narrows(BoardFilter(text="ab"))


filters = st.builds(
    BoardFilter,
    text=st.text(max_size=10),
    steps=st.frozensets(st.integers(0, 4)),
    mine=st.none() | st.just(3),
    unowned=st.booleans(),
    customers=st.frozensets(st.text(max_size=4)),
    severities=st.frozensets(st.integers(1, 4)),
    due_within_min=st.integers(0, 90),
)


@given(filters)
def test_a_filter_survives_being_saved(wanted: BoardFilter):
    stored = json.loads(json.dumps(wanted.to_mapping()))
    assert BoardFilter.from_mapping(stored, operator_id=3) == wanted


def test_what_this_version_does_not_know_of_a_saved_filter_is_left_out():
    body = {"colour": "red", "text": 7, "unowned": True, "severities": [1], "due_within_min": True}
    assert BoardFilter.from_mapping(body) == BoardFilter(unowned=True, severities=frozenset({1}))


def test_a_nul_in_the_search_text_is_a_space():
    assert set(BoardFilter(text="a\0b").words) == {"a", "b"}
