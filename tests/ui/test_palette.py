import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.palette import Found
from tests.ui.board_support import a_row

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(open_window):
    stand = open_window(a_row(1), a_row(2, due_min=95))
    stand.finding.found = (Found(2, "ESC-2026-0002 Checkout times out", "Northwind · working"),)
    stand.window.board.go_to(1)
    stand.settle()
    return stand


def open_palette(desk, query=""):
    desk.do("palette")
    box = desk.window.palette_box
    QTest.keyClicks(box.field, query)
    desk.settle()
    return box


def texts(box):
    return [entry.text for entry in box.entries()]


def test_it_opens_with_what_can_be_done_now(desk):
    box = open_palette(desk)
    assert box.field.hasFocus()
    assert "Acknowledge" in texts(box)
    assert all(not entry.why_not for entry in box.entries())


def test_few_letters_find_a_command_and_return_runs_it(desk):
    box = open_palette(desk, "ackn")
    assert texts(box)[0] == "Acknowledge"
    QTest.keyClick(box.field, Key.Key_Return)
    assert desk.commands.ran == [("escalation.acknowledge", (1,))]
    assert box.isHidden()


def test_other_words_find_it_too(desk):
    assert "Snooze reminders…" in texts(open_palette(desk, "shelve"))


def test_the_letters_that_fit_and_the_keys_are_shown(desk):
    entry = open_palette(desk, "ackn").entries()[0]
    assert (entry.places, entry.aside) == ((0, 1, 2, 3), "A")


def test_what_cannot_be_done_stands_last_says_why_and_does_nothing(desk):
    desk.commands.refusal = "Only a senior engineer may do this."
    desk.window.dispatcher.refresh()
    box = open_palette(desk, "containment")
    assert box.entries()[-1].why_not == "Only a senior engineer may do this."
    QTest.keyClick(box.field, Key.Key_Return)
    assert desk.commands.ran == []


def test_escalations_are_found_and_opened(desk):
    box = open_palette(desk, "times out")
    assert texts(box) == ["ESC-2026-0002 Checkout times out"]
    QTest.keyClick(box.field, Key.Key_Return)
    assert desk.panel.shown[-1] == 2


def test_escape_gives_the_focus_back(desk):
    box = open_palette(desk, "x")
    QTest.keyClick(box.field, Key.Key_Escape)
    assert box.isHidden()
    assert desk.window.board.cards.has_card_focus()


def test_arrows_mark_another_line(desk):
    box = open_palette(desk)
    second = texts(box)[1]
    QTest.keyClick(box.field, Key.Key_Down)
    assert box.list.current().text == second


def test_the_last_commands_stand_first_even_after_a_restart(desk, open_window):
    box = open_palette(desk, "own it")
    QTest.keyClick(box.field, Key.Key_Return)
    desk.window.palette_box.keep_state()
    desk.settle()
    again = open_window(a_row(1), state=desk.state)
    again.window.board.go_to(1)
    again.settle()
    assert texts(open_palette(again))[0] == "Own it myself"


def test_a_second_time_the_key_closes_it(desk):
    open_palette(desk)
    desk.do("palette")
    assert desk.window.palette_box.isHidden()


def test_hostile_words_are_only_words(desk):
    desk.finding.found = (Found(2, "ESC-2026-0002 <b>x</b>‮\0" + "y" * 3000, "<img>"),)
    box = open_palette(desk, "ESC")
    assert not box.grab().isNull()
