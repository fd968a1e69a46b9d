"""A list of injects is looked through row by row: errors leave a row out, oddities are told."""

import pytest

from desktop.domain.drill_msel_check import ListMapping, columns_of, heading_at, look_through, samples

HEADING = ("#", "Time", "To", "Title", "Message", "Expected action", "Phase")


def rows(*lines: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    return list(enumerate((("Name of Exercise", "Winter storm"), HEADING, *lines), start=1))


GOOD = rows(
    ("1", "0:00", "Triage", "First call", "It is down", "Take it on", "One"),
    ("Part two",),
    ("2", "0:10", "Lead", "Second call", "Still down", "", "One"),
)


def found(*lines: tuple[str, ...], **more: object) -> list[tuple[int, str, bool]]:
    faults = look_through(rows(*lines), 1, ListMapping(), **more).faults
    return [(fault.row, fault.target, fault.is_error) for fault in faults]


def test_the_heading_is_found_below_a_preamble():
    assert heading_at(GOOD) == 1
    assert heading_at([(1, ("a", "b"))]) is None


def test_section_rows_and_the_preamble_are_no_injects():
    looked = look_through(GOOD, 1, ListMapping())
    assert [number for number, _ in looked.rows] == [3, 5]
    assert [number for number, _ in looked.sections] == [4]
    assert [number for number, _ in looked.preamble] == [1]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (("1", "0:00", "Lead", "", "", "Act", ""), (3, "title", True)),
        (("1", "soonish", "Lead", "Call", "", "", ""), (3, "at", True)),
    ],
)
def test_errors_are_told_by_row_and_column(line, fault):
    assert fault in found(line)


def test_a_time_of_the_story_without_its_day_is_an_error():
    heading = ("Title", "Scenario Time", "Scenario Day")
    looked = look_through([(1, heading), (2, ("Call", "14:30"))], 0, ListMapping())
    assert [(fault.target, fault.is_error) for fault in looked.faults] == [("day", True)]
    assert look_through([(1, heading), (2, ("Call", "14:30", "2"))], 0, ListMapping()).faults == ()


def test_numbers_given_twice_and_times_that_go_back_are_odd():
    lines = (("1", "0:10", "Lead", "A", "", "", ""), ("1", "0:05", "Lead", "B", "", "", ""))
    assert found(*lines) == [(4, "number", False), (4, "at", False)]


def test_roles_and_phases_that_a_scenario_does_not_have_are_odd():
    line = ("1", "0:00", "Triage, Press", "Call", "", "", "Two")
    assert found(line, roles=("triage",), phases=("One",)) == [(3, "to", False), (3, "phase", False)]


def test_a_row_put_right_by_hand_is_good():
    line = ("1", "soonish", "Lead", "Call", "", "", "")
    looked = look_through(rows(line), 1, ListMapping(), fixes={(3, "at"): "0:20"})
    assert looked.faults == ()
    assert looked.good[0][1][1] == "0:20"


def test_times_that_can_be_read_in_two_ways_are_asked_about_once():
    assert look_through(GOOD, 1, ListMapping()).short == ("0:00", "0:10")
    own = [(1, ("Title", "Time")), (2, ("Call", "14m"))]
    assert look_through(own, 0, ListMapping()).short == ()


def test_a_column_can_be_chosen_otherwise_or_left_out():
    columns = columns_of(HEADING, ListMapping({"title": "Message", "body": "Title", "phase": ""}))
    assert columns.names[columns.at["title"]] == "Message"
    assert "phase" not in columns.at
    assert HEADING.index("Phase") in columns.kept


def test_what_only_resembles_a_known_name_is_a_suggestion():
    columns = columns_of(("Title", "Estimated delivery time"), ListMapping())
    assert columns.guessed == ("at",)
    told = ListMapping({"at": "Estimated delivery time"})
    assert columns_of(("Title", "Estimated delivery time"), told).guessed == ()


def test_samples_are_the_first_different_texts_of_a_column():
    assert samples(GOOD[2:], 2) == ("Triage", "Lead")
