"""The page of rules over a real desk."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.person import Role
from desktop.domain.rule import Mode
from desktop.ui.rules.conditions import ConditionGroup
from desktop.ui.rules.page import RulesPage
from desktop.wiring.rules_screens import DeskMaintenance, DeskRules
from tests.services.signal_desk import SignalDesk, cond, do

ANY_TITLE = (cond("title", "exists"),)


@pytest.fixture
def signals(real_desk):
    """A desk that hears signals; its lead works at it."""
    real_desk.act_as(Role.LEAD)
    return SignalDesk(real_desk.base)


@pytest.fixture
def page(signals, real_desk, around, qtbot):
    base = signals.base
    desk = SimpleNamespace(
        store=base.store,
        clock=base.clock,
        bus=base.bus,
        policy=base.policy,
        person=real_desk.person,
        source=signals.sources,
    )
    rules = DeskRules(desk)
    made = RulesPage(rules, DeskMaintenance(desk, rules), around)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    settle(around, qtbot)
    return made


def settle(around, qtbot):
    qtbot.waitUntil(lambda: around.runner.pending == 0)


def show(page, around, qtbot):
    page.refresh()
    settle(around, qtbot)


def names(signals):
    return [state.rule.name for state in signals.rules.all()]


def test_without_rules_the_page_says_what_a_rule_is_for(page):
    assert page.rules.empty.isVisible()
    assert not page.rules.table.isVisible()


def test_a_rule_says_in_its_row_when_it_does_what(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1), when=(cond("title", "contains", "checkout"),), name="Checkout")
    show(page, around, qtbot)
    said = page.rules.table.model_of_rules.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "1, Checkout, On. When title contains “checkout”: it sets the severity to SEV1."


def test_space_switches_the_current_rule_off(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1))
    show(page, around, qtbot)
    qtbot.keyClick(page.rules.table, Qt.Key.Key_Space)
    settle(around, qtbot)
    assert not signals.rules.all()[0].rule.enabled


def test_control_and_down_moves_the_rule_and_the_selection_follows(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1), name="A")
    signals.rule(do("set_severity", 2), name="B")
    show(page, around, qtbot)
    page.rules.table.selectRow(0)
    qtbot.keyClick(page.rules.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    settle(around, qtbot)
    assert names(signals) == ["B", "A"]
    assert page.rules.table.current().rule.name == "A"


@pytest.fixture
def three(page, signals, around, qtbot):
    """Rules A, B and C in the list, A chosen."""
    for name in "ABC":
        signals.rule(do("set_severity", 1), name=name)
    show(page, around, qtbot)
    page.rules.table.selectRow(0)
    return page.rules


def below(table, row):
    """A height in the lower half of a row."""
    return table.rowViewportPosition(row) + table.rowHeight(row) - 3


def test_a_rule_is_dropped_below_another(three, signals, around, qtbot):
    three.table.drop_at(below(three.table, 1))
    settle(around, qtbot)
    assert (names(signals), three.table.current().rule.name) == (["B", "A", "C"], "A")


def test_a_rule_dropped_where_it_stands_stays(three, signals, around, qtbot):
    with qtbot.assertNotEmitted(three.table.moved):
        three.table.drop_at(below(three.table, 0))


def test_a_rule_dropped_below_all_is_asked_last(three, signals, around, qtbot):
    three.table.drop_at(three.table.viewport().height() - 1)
    settle(around, qtbot)
    assert names(signals) == ["B", "C", "A"]


def test_buttons_move_a_rule_as_far_as_there_is_room(three, signals, around, qtbot):
    assert (three.bar.earlier.isEnabled(), three.bar.later.isEnabled()) == (False, True)
    for _ in range(2):
        three.bar.later.click()
        settle(around, qtbot)
        settle(around, qtbot)
    assert (names(signals), three.bar.later.isEnabled()) == (["B", "C", "A"], False)


def test_several_moves_of_a_rule_are_taken_back_at_once(three, signals, around, qtbot):
    for _ in range(2):
        three.bar.later.click()
        settle(around, qtbot)
        settle(around, qtbot)
    assert three.way_back.said.text() == "“A” is asked at place 3 of 3."
    three.way_back.button.click()
    settle(around, qtbot)
    settle(around, qtbot)
    assert (names(signals), three.way_back.isVisible()) == (["A", "B", "C"], False)


def test_a_removed_rule_can_be_brought_back(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1), name="A")
    show(page, around, qtbot)
    qtbot.keyClick(page.rules.table, Qt.Key.Key_Delete)
    settle(around, qtbot)
    assert names(signals) == []
    page.rules.way_back.button.click()
    settle(around, qtbot)
    assert names(signals) == ["A"]


def test_a_new_rule_only_proposes_until_somebody_says_otherwise(page, signals, around, qtbot):
    page.rules.add()
    page.rules.editor.name.setText("Disks")
    page.rules.editor.conditions.parts[0].value.setEditText("disk")
    qtbot.keyClick(page.rules.editor.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(around, qtbot)
    kept = signals.rules.all()[0].rule
    assert (kept.name, kept.mode, kept.conditions.parts[0].value) == ("Disks", Mode.PROPOSE, "disk")


def test_what_is_shown_and_saved_unchanged_is_the_same_rule(page, signals, around, qtbot):
    nested = {"any": [cond("rate.ratio", "at least", 3), cond("labels.a", "is one of", ["x", "y"])]}
    signals.rule(do("set_severity", 1), do("add_tag", "eu"), when=(*ANY_TITLE, nested), stop=True)
    show(page, around, qtbot)
    page.rules.edit()
    assert page.rules.editor.document() == signals.rules.all()[0].rule.to_mapping()
    assert not page.rules.editor.is_changed


def test_the_sentence_follows_what_is_written(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1), when=(cond("title", "contains", "disk"),))
    show(page, around, qtbot)
    page.rules.edit()
    page.rules.editor.conditions.parts[0].value.setEditText("checkout")
    assert (
        page.rules.editor.sentence.text() == "When title contains “checkout”: it sets the severity to SEV1."
    )


def test_a_fault_stands_below_what_is_wrong_with_what_was_meant(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1))
    show(page, around, qtbot)
    page.rules.edit()
    page.rules.editor.conditions.parts[0].field.setEditText("tittle")
    page.rules.editor.save()
    settle(around, qtbot)
    assert "Did you mean “title”?" in page.rules.editor.conditions.parts[0].error.text()


def test_a_fault_in_an_action_stands_below_that_action(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1), do("set_area", "billing"))
    show(page, around, qtbot)
    page.rules.edit()
    page.rules.editor.action_rows[1].value.setEditText("no such area")
    page.rules.editor.save()
    settle(around, qtbot)
    assert page.rules.editor.action_rows[1].error.isVisible()
    assert not page.rules.editor.action_rows[0].error.isVisible()


def test_a_group_that_is_added_stands_within_the_conditions(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1))
    show(page, around, qtbot)
    page.rules.edit()
    page.rules.editor.conditions.group_button.click()
    assert isinstance(page.rules.editor.conditions.parts[-1], ConditionGroup)
    assert "all" in page.rules.editor.document()["conditions"]["all"][-1]


def test_trying_tells_what_would_have_become_of_the_last_signals(page, signals, around, qtbot):
    signals.send("a")
    page.rules.add()
    page.rules.editor.name.setText("Disks")
    page.rules.editor.conditions.parts[0].value.setEditText("disk")
    page.rules.editor.trial.button.click()
    settle(around, qtbot)
    assert "Of the last 1 signal" in page.rules.editor.trial.tried.text()
    assert "it would have held for 1" in page.rules.editor.trial.tried.text()
    assert signals.rules.all() == ()


def test_a_trial_says_the_same_only_once_and_begins_with_what_changes(page, signals, around, qtbot):
    signals.send("a")
    for _ in range(2):
        signals.clock.forward(days=1)
        signals.send("b")
    page.rules.add()
    editor = page.rules.editor
    editor.name.setText("Disks")
    editor.state.button("on").click()
    editor.conditions.parts[0].value.setEditText("disk")
    editor.trial.button.click()
    settle(around, qtbot)
    lines = editor.trial.tried.text().splitlines()[1:]
    assert "Severity" in lines[0]
    assert len(lines) == len(set(lines))


def test_what_a_trial_found_comes_into_sight(page, signals, around, qtbot):
    page.resize(1200, 420)
    for key in "abcdefgh":
        signals.send(key)
    page.rules.add()
    editor = page.rules.editor
    editor.conditions.parts[0].value.setEditText("disk")
    editor.name.setText("Disks")
    with qtbot.waitSignal(editor._scrolled.verticalScrollBar().valueChanged):
        editor.trial.button.click()
    assert not editor.trial.button.visibleRegion().isEmpty()
    assert not editor.trial.tried.visibleRegion().isEmpty()


def test_what_is_not_saved_is_thrown_away_only_at_the_second_wish(page, signals, around, qtbot):
    page.rules.add()
    page.rules.editor.name.setText("Half a rule")
    page.rules.editor.close_button.click()
    assert page.rules.editor.isVisible()
    page.rules.editor.close_button.click()
    assert not page.rules.editor.isVisible()


def test_an_earlier_version_is_restored_as_the_newest(page, signals, around, qtbot):
    rule = signals.rule(do("set_severity", 1))
    signals.rules.edit(rule.id, {**rule.to_mapping(), "name": "Another"}, signals.lead)
    show(page, around, qtbot)
    page.rules.bar.versions.click()
    settle(around, qtbot)
    page.rules.versions.buttons[1].click()
    settle(around, qtbot)
    assert (names(signals), signals.rules.all()[0].rule.version) == ([rule.name], 3)


def test_a_refusal_is_told_above_the_list(page, signals, real_desk, around, qtbot):
    signals.rule(do("set_severity", 1))
    show(page, around, qtbot)
    real_desk.act_as(Role.ON_CALL)
    page.rules.switch()
    settle(around, qtbot)
    assert page.rules.way_back.error.isVisible()


def test_overrides_name_the_rule_people_disagree_with_and_why(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1), name="Too strict")
    kept = signals.send("a")
    signals.base.commands.classification.set_severity(kept.escalation_id, 3, "One shop only", signals.lead)
    page.tabs.setCurrentIndex(1)
    settle(around, qtbot)
    settle(around, qtbot)
    assert "Most surely with “Too strict”: overruled on 1 of 1" in page.overrides.summary.text()
    assert page.overrides.times.current().reason == "One shop only"


def test_an_overruled_escalation_is_opened_from_the_list(page, signals, around, qtbot):
    signals.rule(do("set_severity", 1))
    kept = signals.send("a")
    signals.base.commands.classification.set_severity(kept.escalation_id, 3, "One shop only", signals.lead)
    page.tabs.setCurrentIndex(1)
    settle(around, qtbot)
    with qtbot.waitSignal(page.open_escalation_requested) as wanted:
        page.overrides.open_button.click()
    assert wanted.args == [kept.escalation_id]


def test_without_overrides_the_tab_says_what_it_will_tell(page, around, qtbot):
    page.tabs.setCurrentIndex(1)
    settle(around, qtbot)
    assert page.overrides.empty.isVisible()


def test_a_window_for_one_source_is_planned(page, signals, around, qtbot):
    key = signals.probe.key
    page.tabs.setCurrentIndex(2)
    settle(around, qtbot)
    page.maintenance.empty.button_pressed.emit()
    page.maintenance.form.name.setText("Database move")
    qtbot.keyClick(page.maintenance.form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(around, qtbot)
    settle(around, qtbot)
    kept = page.maintenance.table.current().window
    assert (kept.name, kept.scope.parts[0].value) == ("Database move", key)


def test_a_window_without_a_name_is_refused_beside_the_name(page, signals, around, qtbot):
    assert signals.probe
    page.tabs.setCurrentIndex(2)
    settle(around, qtbot)
    page.maintenance.plan()
    page.maintenance.form.keep()
    settle(around, qtbot)
    assert "has no name" in page.maintenance.form.name.accessibleDescription()
    assert page.maintenance.table.current() is None


def test_a_window_that_lasts_is_ended_with_its_digest(page, signals, around, qtbot):
    page.tabs.setCurrentIndex(2)
    settle(around, qtbot)
    page.maintenance.plan()
    form = page.maintenance.form
    form.name.setText("Network")
    form.covers.set_value("all")
    form.starts.setDateTime(form.starts.dateTime().addSecs(-7200))
    form.keep()
    settle(around, qtbot)
    settle(around, qtbot)
    page.maintenance.end_button.click()
    settle(around, qtbot)
    settle(around, qtbot)
    assert "Network" in page.maintenance.digest.text()
    assert not page.maintenance.change_button.isEnabled()


def test_a_window_to_come_is_called_off(page, signals, around, qtbot):
    page.tabs.setCurrentIndex(2)
    settle(around, qtbot)
    page.maintenance.plan()
    page.maintenance.form.name.setText("Network")
    page.maintenance.form.covers.set_value("all")
    page.maintenance.form.keep()
    settle(around, qtbot)
    settle(around, qtbot)
    page.maintenance.cancel_button.click()
    settle(around, qtbot)
    settle(around, qtbot)
    assert page.maintenance.table.current().is_cancelled


def test_the_focus_goes_to_what_stands_there_once_it_is_known(page, signals, around, qtbot):
    page.activateWindow()
    page.focus_first()
    assert page.rules.empty.focusProxy().hasFocus()
    signals.rule(do("set_severity", 1))
    show(page, around, qtbot)
    assert page.rules.table.hasFocus()
