import pytest

from desktop.domain import drill_mark as marks


def test_without_a_mark_everything_stays_as_it_is():
    for mark in (marks.marked_title, marks.marked_line, marks.marked_name, marks.marked_text):
        assert mark("Card charged four times\n", "") == "Card charged four times\n"


def test_a_title_a_subject_and_a_file_begin_with_the_word():
    assert marks.marked_title("Escalation Desk", "DRILL") == "DRILL — Escalation Desk"
    assert marks.marked_line("Card charged", "DRILL") == "DRILL: Card charged"
    assert marks.marked_line("", "DRILL") == "DRILL"
    assert marks.marked_name("handoff.pdf", "DRILL") == "DRILL-handoff.pdf"


def test_a_message_stands_between_a_head_and_a_foot_that_say_it_is_an_exercise():
    first, *body, last = marks.marked_text("We look into it.", "DRILL").splitlines()
    assert first.startswith("DRILL")
    assert last.startswith("DRILL")
    assert "We look into it." in body


@pytest.mark.parametrize(
    "mark", [marks.marked_title, marks.marked_line, marks.marked_name, marks.marked_text]
)
def test_what_is_marked_is_not_marked_twice(mark):
    once = mark("Card charged", "DRILL")
    assert mark(once, "DRILL") == once
