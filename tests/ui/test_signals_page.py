"""The signals page over a real desk: signals, those held, sources, and the listener."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.disposition import Disposition
from desktop.ui.dispatch import Dispatcher
from tests.services.signal_desk import SignalDesk
from tests.ui.signals_support import ALL, HELD, SOURCES, go, open_page, settle, texts


@pytest.fixture
def desk(real_desk):
    return SignalDesk(real_desk.base)


@pytest.fixture
def page(qtbot, desk, real_desk, around):
    return open_page(qtbot, desk, real_desk, around)


def hold(desk, *keys):
    """Signals that came while automation was stopped."""
    desk.switch.stop("testing", desk.lead)
    kept = [desk.send(key) for key in keys]
    desk.switch.resume(desk.lead)
    return kept


def test_a_signal_says_what_became_of_it_and_why(qtbot, desk, page, around):
    kept = desk.send("db")
    settle(qtbot, page, around)
    row = texts(page.signals.table, 0)
    assert (row[0], row[1], row[4]) == ("● Opened", "Disk of db is full", kept.number)
    assert row[2] == kept.why


def test_the_message_stands_beside_it_byte_for_byte(qtbot, desk, page, around):
    desk.send("db", note="<img src=x>\u202e")
    settle(qtbot, page, around)
    details = page.signals.details
    assert '"note": "<img src=x>⟨U+202E⟩"' in details.body.toPlainText()
    assert "SHA-256" in details.facts.text()


def test_addresses_are_told_and_cannot_be_followed(qtbot, desk, page, around):
    desk.send("db", runbook="https://example.com/run")
    settle(qtbot, page, around)
    assert page.signals.details.links.text() == "Runbook: https://example.com/run"
    assert not page.signals.details.links.openExternalLinks()


def test_words_and_disposition_filter(qtbot, desk, page, around):
    desk.send("db")
    desk.send("web")
    settle(qtbot, page, around)
    page.signals.filters.words.setText("WEB")
    settle(qtbot, page, around)
    assert [texts(page.signals.table, 0)[1], len(page.signals.model.rows)] == ["Disk of web is full", 1]
    page.signals.filters.became.setCurrentIndex(page.signals.filters.became.findData("held"))
    settle(qtbot, page, around)
    assert page.signals.empty.sentence == "No signal is like that."
    page.signals.filters.clear()
    settle(qtbot, page, around)
    assert len(page.signals.model.rows) == 2


def test_enter_opens_the_escalation(qtbot, desk, page, around):
    kept = desk.send("db")
    settle(qtbot, page, around)
    with qtbot.waitSignal(page.open_escalation_requested) as asked:
        page.signals.table.opened.emit()
    assert asked.args == [kept.escalation_id]


def test_without_signals_it_says_how_they_come(qtbot, desk, page, around):
    settle(qtbot, page, around)
    assert "switch the listener on" in page.signals.empty.sentence


def test_what_is_held_is_counted_and_opened_by_a_key(qtbot, desk, page, around):
    kept = hold(desk, "a", "b")
    go(qtbot, page, around, HELD)
    dispatcher = Dispatcher(around.actions, tuple, page)
    dispatcher.add_page(page)
    dispatcher.set_current(page)
    assert page.tabs.tabText(HELD) == "Held  2"
    page.focus_first()
    qtbot.keyClick(page.held.table, Qt.Key.Key_1)
    settle(qtbot, page, around)
    assert [row.id for row in page.held.model.rows] == [kept[1].id]
    assert desk.signals.details(kept[0].id).signal.disposition is Disposition.OPENED


def test_many_are_dismissed_with_one_reason(qtbot, desk, page, around):
    kept = hold(desk, "a", "b", "c")
    go(qtbot, page, around, HELD)
    page.held.table.selectAll()
    page.held.dismiss()
    page.held.box.prompt.widget("reason").setText("a test")
    with qtbot.waitSignal(page.work_done) as said:
        page.held.box.prompt.accept()
    assert said.args[1:] == ["Signals released: 3 suppressed"]
    settle(qtbot, page, around)
    assert page.held.is_empty
    assert "dismissed it: a test" in desk.signals.details(kept[2].id).signal.why


def test_held_ones_join_an_escalation(qtbot, desk, page, around):
    opened = desk.send("db")
    (kept,) = hold(desk, "other")
    go(qtbot, page, around, HELD)
    page.held.join()
    page.held.box.prompt.widget("into").show_picked(opened.escalation_id, opened.number)
    page.held.box.prompt.accept()
    settle(qtbot, page, around)
    assert desk.signals.details(kept.id).signal.escalation_id == opened.escalation_id


def test_a_new_source_gets_a_token_that_is_shown_once(qtbot, desk, page, around):
    go(qtbot, page, around, SOURCES)
    page.sources.add_button.click()
    page.sources.form.name.setText("Prometheus EU")
    page.sources.form.keep_button.click()
    settle(qtbot, page, around)
    token = page.sources.token
    assert (token.isVisible(), token.token.text()) == (True, "token-0")
    token.copy_button.click()
    assert QGuiApplication.clipboard().text() == "token-0"
    token.done_button.click()
    assert (token.isVisible(), token.token.text()) == (False, "")
    assert texts(page.sources.table, 0)[:2] == ["● On", "Prometheus EU"]


def test_a_fault_stands_beside_its_field_and_the_rest_stays(qtbot, desk, page, around):
    go(qtbot, page, around, SOURCES)
    form = page.sources.form
    page.sources.add_button.click()
    form.rate.setValue(50)
    form.keep_button.click()
    settle(qtbot, page, around)
    assert "has no name" in form._rows["name"].error
    assert form.rate.value() == 50


def test_a_sample_shows_at_once_what_comes_of_it(qtbot, desk, page, around):
    desk.send("db")
    go(qtbot, page, around, SOURCES)
    page.sources.edit()
    form = page.sources.form
    form.reading.pane.last_button.click()
    pane = form.reading.pane
    qtbot.waitUntil(lambda: pane.outcome.text().startswith("trigger: Disk of db is full · key db"))
    form.reading.fields.fields["title"].setText("nowhere.at.all")
    qtbot.waitUntil(lambda: "nowhere.at.all is missing or empty" in pane.fault.text())


def test_a_mapping_is_asked_for_only_where_one_is_used(qtbot, desk, page, around):
    go(qtbot, page, around, SOURCES)
    page.sources.add_source()
    form = page.sources.form
    assert not form.reading.fields.isVisible()
    form.kind.setCurrentIndex(form.kind.findData("generic"))
    assert form.reading.fields.isVisible()


def test_a_source_is_changed_and_keeps_what_the_form_does_not_show(qtbot, desk, page, around):
    source = desk.sources.edit(replace(desk.probe, options={"folder": "in"}), desk.lead)
    go(qtbot, page, around, SOURCES)
    page.sources.edit()
    page.sources.form.storm.setValue(7)
    page.sources.form.keep_button.click()
    settle(qtbot, page, around)
    assert desk.sources.get(source.id) == replace(
        source, storm_count=7, mapping=desk.sources.get(source.id).mapping
    )


def test_a_source_is_switched_off(qtbot, desk, page, around):
    probe = desk.probe
    go(qtbot, page, around, SOURCES)
    page.sources.switch_button.click()
    settle(qtbot, page, around)
    assert not desk.sources.get(probe.id).enabled
    assert (texts(page.sources.table, 0)[0], page.sources.switch_button.text()) == ("○ Off", "Switch on")


def test_a_braked_source_is_released(qtbot, desk, page, around):
    source = desk.add_source("Loud", storm_count=1)
    for key in "abc":
        desk.send(key, source=source)
    go(qtbot, page, around, SOURCES)
    assert texts(page.sources.table, 0)[0] == "■ Braked"
    page.sources.release_button.click()
    settle(qtbot, page, around)
    assert texts(page.sources.table, 0)[0] == "● On"


def test_the_listener_is_switched_on_and_says_where(qtbot, desk, page, around):
    go(qtbot, page, around, SOURCES)
    page.sources.listener.turn_button.click()
    settle(qtbot, page, around)
    assert "Listens at http://127.0.0.1:9750" in page.sources.listener.state.text()
    assert page.sources.listener.turn_button.text() == "Switch off"


def test_the_button_keeps_the_focus_while_it_is_switched(qtbot, desk, page, around):
    go(qtbot, page, around, SOURCES)
    button = page.sources.listener.turn_button
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    settle(qtbot, page, around)
    assert button.hasFocus()


def test_a_port_that_is_taken_is_told_beside_it(qtbot, desk, page, around):
    go(qtbot, page, around, SOURCES)
    page.sources.listener.port.setValue(80)
    page.sources.listener.turn_button.click()
    qtbot.waitUntil(lambda: not around.runner.pending)
    assert "Port 80 is taken." in page.sources.listener.fault.text()


def test_the_first_visit_leaves_the_focus_in_the_list(qtbot, desk, page, around):
    page.focus_first()
    assert page.signals.empty.hasFocus()
    desk.send("db")
    settle(qtbot, page, around)
    assert page.signals.table.hasFocus()


def test_what_comes_takes_the_focus_from_nothing_else(qtbot, desk, page, around):
    page.signals.filters.words.setFocus()
    desk.send("db")
    settle(qtbot, page, around)
    assert page.signals.filters.words.hasFocus()


def test_its_models_keep_qts_rules(qtbot, desk, page, around):
    testers = [QAbstractItemModelTester(tab.model) for tab in (page.signals, page.held, page.sources)]
    desk.send("a")
    hold(desk, "b")
    for tab in (ALL, HELD, SOURCES):
        go(qtbot, page, around, tab)
    assert len(testers) == 3
