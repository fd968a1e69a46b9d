"""Steps of a ladder while they are edited."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.ladder_editing import LadderRow
from desktop.ui.settings import ladder_rows as edit

OWNER = LadderRow("acknowledge", "0 min", ("owner",))
LEADER = LadderRow("acknowledge", "10 min", ("role:on-call leader",), 3, "10 min")
CONTAIN = LadderRow("contain", "15 min", ("role:lead",))
ROWS = (OWNER, LEADER, CONTAIN)
NAMES = {"owner": "Owner", "role:lead": "Lead"}


def test_a_new_step_finds_its_place_by_its_delay():
    rows, at = edit.placed(ROWS, LadderRow("acknowledge", "5 min", ("role:lead",)), None)
    assert [row.after for row in rows] == ["0 min", "5 min", "10 min", "15 min"]
    assert at == 1


def test_a_changed_step_goes_where_it_belongs_now():
    rows, at = edit.placed(ROWS, LadderRow("resolve", "1 min", ("owner",)), 0)
    assert [row.unless for row in rows] == ["acknowledge", "contain", "resolve"]
    assert at == 2


def test_who_moves_up_changes_places_and_the_times_stay():
    rows, at = edit.moved(ROWS, 1, -1)
    assert [(row.after, row.tell) for row in rows[:2]] == [("0 min", LEADER.tell), ("10 min", OWNER.tell)]
    assert (rows[0].times, at) == (3, 0)


def test_nothing_moves_into_the_steps_of_another_condition():
    assert edit.moved(ROWS, 1, 1) == (ROWS, 1)
    assert edit.moved(ROWS, 0, -1) == (ROWS, 0)


def test_a_step_is_said_in_words():
    assert (edit.after_words(OWNER), edit.after_words(LEADER)) == ("at once", "after 10 min")
    assert edit.told_words(CONTAIN, NAMES) == "Lead"
    assert edit.again_words(LEADER) == "3 × every 10 min"


def test_a_length_that_cannot_be_read_stands_last_and_is_not_lost():
    rows, at = edit.placed(ROWS, LadderRow("acknowledge", "soon", ("owner",)), None)
    assert (rows[at].after, at) == ("soon", 2)


@given(
    st.lists(st.sampled_from([OWNER, LEADER, CONTAIN]), max_size=6),
    st.integers(0, 5),
    st.sampled_from([-1, 1]),
)
def test_moving_keeps_order_and_everybody(rows, at, by):
    before = edit.in_order(rows)
    after, _ = edit.moved(before, at, by)
    assert edit.in_order(after) == after
    assert sorted(row.tell for row in after) == sorted(row.tell for row in before)
