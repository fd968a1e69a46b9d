"""A run watched again by a person: to and fro, stopping at decisions, on from there."""

import json

import pytest
from PySide6.QtCore import Qt

from desktop.domain.drill_record import Run, RunMode, RunState
from desktop.domain.drill_replay import Replay
from desktop.domain.drill_score import score_log
from desktop.services.drill_log_file import entries
from desktop.ui.drill.after_ports import AfterFound
from desktop.ui.drill.after_replay import ReplayTab
from tests.domain.drills import charged_twice, worked_run

SCENARIO = charged_twice()
LOG = tuple(entries([json.dumps(each) for each in worked_run()], SCENARIO))
MINUTE_MS = 60_000


@pytest.fixture
def tab(stage, qtbot, clock):
    """The replay of the worked run, which can go on from before each decision."""
    stops = Replay(SCENARIO, LOG).stops
    run = Run(
        5, "charged-twice", 1, "Charged", RunMode.TABLE, RunState.SCORED, False, "Billing", 7, LOG[-1].sim_ms,
        clock.now(), "Tara Noor",
    )  # fmt: skip
    found = AfterFound(run, SCENARIO, LOG, score_log(SCENARIO, LOG), forkable=tuple(seq - 1 for seq in stops))
    made = ReplayTab(stage)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.show_found(found, Replay(SCENARIO, LOG))
    return made


def stood(tab, expectation):
    rows = tab.standing.model().rows
    return next(row.word for row in rows if row.id == expectation)


def run_for(tab, clock, seconds):
    """Let real seconds pass while it plays."""
    clock.forward(seconds=seconds)
    tab.beat()


def test_it_begins_at_the_beginning(tab):
    assert tab.now.text() == "00:00:00"
    assert stood(tab, "E06") == "waiting"


def test_the_slider_goes_to_a_time(tab, qtbot):
    tab.slider.setFocus()
    qtbot.keyClick(tab.slider, Qt.Key.Key_PageUp)
    assert tab.now.text() == "00:01:00"


def test_the_feed_tells_what_had_happened_by_then_and_no_more(tab):
    tab.go_to_time(13 * MINUTE_MS)
    assert all(row.sim_ms <= 13 * MINUTE_MS for row in tab.feed.model().rows)
    assert tab.feed.current() == tab.feed.model().rows[-1]


def test_the_end_shows_the_score_of_the_run(tab):
    tab.go_to_time(90 * MINUTE_MS)
    assert tab.standing_now.text() == "723 S · 16 settled"


def test_it_plays_at_the_speed_that_was_chosen(tab, clock, qtbot):
    tab.speed.set_value(60)
    qtbot.keyClick(tab, Qt.Key.Key_Space)
    run_for(tab, clock, 2)
    assert tab.now.text() == "00:02:00"
    assert tab.is_playing
    qtbot.keyClick(tab, Qt.Key.Key_Space)
    assert not tab.is_playing


def test_it_stops_at_a_decision_and_says_which(tab, clock):
    tab.speed.set_value(60)
    tab.toggle()
    run_for(tab, clock, 30)
    assert tab.now.text() == "00:25:00"
    assert not tab.is_playing
    assert tab.stopped.text().startswith("Stopped at a decision. Decided: Stop auto-recharge")


def test_it_goes_on_after_a_decision(tab, clock):
    tab.go_to_time(25 * MINUTE_MS)
    tab.speed.set_value(60)
    tab.toggle()
    run_for(tab, clock, 5)
    assert tab.now.text() == "00:30:00"


def test_it_ends_at_the_end(tab, clock):
    tab.go_to_time(80 * MINUTE_MS)
    tab.speed.set_value(60)
    tab.toggle()
    run_for(tab, clock, 60)
    assert tab.now.text() == "01:30:00"
    assert not tab.is_playing


def test_decisions_are_gone_to_and_from(tab, qtbot):
    qtbot.mouseClick(tab.forward, Qt.MouseButton.LeftButton)
    assert tab.now.text() == "00:25:00"
    qtbot.mouseClick(tab.forward, Qt.MouseButton.LeftButton)
    assert tab.now.text() == "01:06:00"
    assert not tab.forward.isEnabled()
    qtbot.mouseClick(tab.back, Qt.MouseButton.LeftButton)
    assert tab.now.text() == "00:25:00"


def test_at_a_decision_another_run_begins_before_it(tab, qtbot):
    qtbot.mouseClick(tab.forward, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(tab.fork_wanted) as wanted:
        qtbot.mouseClick(tab.fork, Qt.MouseButton.LeftButton)
    assert wanted.args == [tab.moment.seq - 1]


def test_before_the_first_kept_moment_nothing_goes_on(tab):
    assert not tab.fork.isEnabled()
    assert "no kept moment before" in tab.fork_note.text()


def test_enter_on_an_entry_goes_to_it(tab, qtbot):
    tab.go_to_time(40 * MINUTE_MS)
    tab.feed.selectRow(1)
    qtbot.keyClick(tab.feed, Qt.Key.Key_Return)
    assert tab.moment.seq == 2


def test_a_click_on_the_timeline_goes_there(tab, qtbot):
    room = tab.timeline._room().center().toPoint()
    qtbot.mouseClick(tab.timeline, Qt.MouseButton.LeftButton, pos=room)
    assert tab.now.text().startswith("00:4")


def test_leaving_it_stops_it(tab, clock):
    tab.toggle()
    tab.hide()
    assert not tab.is_playing
