import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.drill_record import RunMode, Seat
from desktop.ui.drill.player_bar import PlayerBar
from tests.ui.drill.player_stand import SEATS, view


@pytest.fixture
def bar(stage, qtbot):
    made = PlayerBar(stage)
    qtbot.addWidget(made)
    made.resize(1000, 90)
    made.show_view(view())
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_it_says_that_this_is_a_drill_how_it_stands_and_how_late_it_is(bar):
    assert bar.strip.word == "DRILL RUNNING"
    assert bar.clock.text() == "T+00:20:05"
    assert "16:35" in bar.story.text()


def test_the_clock_is_the_largest_text_of_the_window(bar, stage):
    assert bar.clock.font().pointSizeF() >= 2 * stage.theme.font().pointSizeF()


def test_what_stands_still_says_so_to_the_eye_and_to_the_ear(bar, stage, qtbot):
    stage.clock.forward(seconds=5)
    with qtbot.waitSignal(stage.announcer.said) as told:
        bar.show_view(view(state="PAUSED"))
    assert bar.strip.word == "DRILL ❚❚ PAUSED"
    assert told.args == ["The drill is paused"]


def test_running_and_paused_look_different_without_reading_a_word(bar):
    running = bar.strip.grab().toImage()
    bar.show_view(view(state="PAUSED"))
    paused = bar.strip.grab().toImage()
    assert running.pixelColor(5, 5) != paused.pixelColor(5, 5)


def test_another_seat_acts_when_it_is_chosen_by_key(bar, qtbot):
    bar.activateWindow()
    bar.seat.setFocus()
    with qtbot.waitSignal(bar.seat_chosen) as chosen:
        QTest.keyClick(bar.seat, Qt.Key.Key_Down)
    assert chosen.args == ["lead"]


def test_the_seat_shown_is_the_one_that_acts(bar):
    bar.show_view(view(acting="comms"))
    assert bar.seat.currentText() == "Customer liaison · Mira Sol"


def test_staff_are_no_seat_to_act_as(bar):
    bar.show_view(view(seats=(*SEATS, Seat("simcell", "Simulation cell", "Tara", is_staff=True))))
    assert bar.seat.count() == len(SEATS)


def test_the_inbox_button_counts_what_nobody_has_read(bar):
    bar.set_unread(3)
    assert bar.inbox.text() == "Inbox (3)"
    assert bar.inbox.accessibleName() == "Inbox, 3 unread"


def test_hints_are_for_those_who_play_alone(bar, qtbot):
    assert not bar.hint.isVisible()
    bar.show_view(view(mode=RunMode.SOLO, can_hint=True))
    with qtbot.waitSignal(bar.hint_requested):
        bar.hint.click()


def test_without_a_hint_to_give_the_button_is_off(bar):
    bar.show_view(view(mode=RunMode.SOLO, can_hint=False))
    assert not bar.hint.isEnabled()


def test_the_way_out_for_a_real_emergency_is_always_there_until_the_end(bar, qtbot):
    with qtbot.waitSignal(bar.stop_requested):
        bar.stop.click()
    assert "Ctrl+Shift+X" in bar.stop.text()
    bar.show_view(view(state="ENDED"))
    assert not bar.stop.isVisible()


def test_everything_in_it_has_a_name_and_is_reached_by_tab(bar):
    for part in (bar.seat, bar.inbox, bar.hint, bar.stop):
        assert part.accessibleName()
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_enter_gives_the_keyboard_back_to_the_page_once_a_seat_is_chosen(bar, qtbot):
    bar.show_view(view())
    bar.seat.setFocus()
    with qtbot.waitSignal(bar.page_requested):
        QTest.keyClick(bar.seat, Qt.Key.Key_Return)
