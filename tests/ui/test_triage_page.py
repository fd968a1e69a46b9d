"""The review queue over a real desk that hears signals."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.escalation import State
from desktop.ui.dispatch import Dispatcher
from desktop.ui.triage.page import TriagePage
from desktop.ui.triage.ports import TriageServices
from desktop.ui.undo import as_one
from tests.services.signal_desk import SignalDesk, do


@pytest.fixture
def desk(real_desk):
    return SignalDesk(real_desk.base)


@pytest.fixture
def page(qtbot, desk, real_desk, around):
    services = TriageServices(
        reviews=desk.review,
        signals=desk.signals,
        search=real_desk.search,
        details=real_desk.escalations.details,
        people=real_desk.person,
        policy=real_desk.policy,
        clock=real_desk.clock,
    )
    made = TriagePage(services, around)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def keys(page, around):
    """What the window does with keys."""
    dispatcher = Dispatcher(around.actions, tuple, page)
    dispatcher.add_page(page)
    dispatcher.set_current(page)
    page.states_changed.connect(dispatcher.refresh)
    return dispatcher


def settle(qtbot, page, around):
    page.refresh()
    qtbot.waitUntil(lambda: not around.runner.pending and not page._soon.isActive())


def texts(page, row):
    return [page.model.index(row, column).data() for column in range(4)]


def test_a_row_says_how_long_what_and_why(qtbot, desk, page, around):
    desk.send("db")
    desk.clock.forward(minutes=9)
    settle(qtbot, page, around)
    assert texts(page, 0) == ["9 m", "Disk of db is full", "No rule classifies it.", "nobody"]


def test_the_signal_stands_beside_it_as_it_came(qtbot, desk, page, around):
    desk.send("db", host="<b>eu-1</b>")
    settle(qtbot, page, around)
    assert '"host": "<b>eu-1</b>"' in page.details.heard.toPlainText()
    assert page.details.trail.text().startswith("Opened by a signal of Probe")


def test_one_two_and_enter_accept_with_a_severity(qtbot, desk, page, around, keys):
    kept = desk.send("db")
    settle(qtbot, page, around)
    page.focus_first()
    qtbot.keyClick(page.table, Qt.Key.Key_1)
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_2)
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, page, around)
    escalation = desk.escalation(kept)
    assert (escalation.state, escalation.severity, escalation.needs_review) == (State.TRIAGED, 2, False)
    assert page.pane.is_empty


def test_after_one_is_done_the_next_is_chosen(qtbot, desk, page, around):
    kept = [desk.send(key) for key in "abc"]
    settle(qtbot, page, around)
    page.table.selectRow(1)
    page.snooze()
    page.box.prompt.widget("span").set_value("2")
    page.box.prompt.accept()
    settle(qtbot, page, around)
    assert page.selected_ids() == (kept[2].escalation_id,)
    assert not page.wake_button.isHidden()


def test_what_is_put_off_can_be_brought_back(qtbot, desk, page, around):
    kept = desk.send("db")
    desk.review.snooze([kept.escalation_id], desk.in_an_hour(), desk.coordinator)
    settle(qtbot, page, around)
    assert "1 is put off" in page.pane.empty.sentence
    page.wake_button.click()
    settle(qtbot, page, around)
    assert page.selected_ids() == (kept.escalation_id,)


def test_declining_needs_a_reason(qtbot, desk, page, around):
    kept = desk.send("db")
    settle(qtbot, page, around)
    page.decline()
    page.box.prompt.accept()
    assert page.box.prompt.row("reason").error == "Reason is needed."
    page.box.prompt.widget("reason").setText("known noise")
    page.box.prompt.accept()
    settle(qtbot, page, around)
    assert desk.escalation(kept).state is State.STANDARD


def test_many_are_one_step_to_undo(qtbot, desk, page, around):
    for key in "abc":
        desk.send(key)
    settle(qtbot, page, around)
    page.table.selectAll()
    page.accept()
    with qtbot.waitSignal(page.work_done) as told:
        page.box.prompt.accept()
    assert len(as_one(told.args[0]).seqs) == 3
    settle(qtbot, page, around)
    assert page.pane.is_empty


def test_a_duplicate_is_picked_among_the_similar_ones(qtbot, desk, page, around):
    first, second = desk.send("db one"), desk.send("db two")
    settle(qtbot, page, around)
    page.table.selectRow(1)
    settle(qtbot, page, around)
    page.duplicate()
    field = page.box.prompt.widget("of")
    assert [each.key for each in field.suggestions()] == [first.escalation_id]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, page, around)
    assert desk.escalation(second).merged_into_id == first.escalation_id


def test_what_a_rule_proposes_is_told_and_taken(qtbot, desk, page, around):
    desk.rule(do("set_severity", 1), mode="propose", name="Shy")
    kept = desk.send("db")
    settle(qtbot, page, around)
    assert "by rule “Shy”, version 1" in page.details.proposals.text()
    page.accept()
    page.box.prompt.accept()
    settle(qtbot, page, around)
    assert desk.escalation(kept).severity == 1


def test_a_refusal_stays_in_the_form_with_what_was_typed(qtbot, desk, page, around):
    kept = desk.send("db")
    settle(qtbot, page, around)
    page.decline()
    desk.review.accept([kept.escalation_id], desk.coordinator)
    page.box.prompt.widget("reason").setText("noise")
    page.box.prompt.accept()
    settle(qtbot, page, around)
    assert "needs no review any more" in page.box.prompt._error.text()
    assert page.box.prompt.answers()["reason"] == "noise"


def test_what_was_typed_comes_back(qtbot, desk, page, around):
    desk.send("db")
    settle(qtbot, page, around)
    page.decline()
    page.box.prompt.widget("reason").setText("half a rea")
    page.box.prompt.cancel()
    page.decline()
    assert page.box.prompt.answers()["reason"] == "half a rea"


def test_x_marks_and_j_moves(qtbot, desk, page, around):
    kept = [desk.send(key) for key in "ab"]
    settle(qtbot, page, around)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_J)
    assert page.selected_ids() == (kept[1].escalation_id,)
    qtbot.keyClick(page.table, Qt.Key.Key_X)
    assert page.selected_ids() == ()


def test_its_model_keeps_qts_rules(qtbot, desk, page, around):
    tester = QAbstractItemModelTester(page.model)
    desk.send("a")
    settle(qtbot, page, around)
    desk.send("b")
    settle(qtbot, page, around)
    assert tester.model() is page.model
