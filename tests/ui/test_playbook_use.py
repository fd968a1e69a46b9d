"""Playbooks in use in the real window: found from anywhere, opened, ticked, skipped, all by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.clock import SystemClock
from desktop.domain.playbook import StepKind
from desktop.domain.playbook_run import StepState
from desktop.services import sample
from desktop.wiring.playbook_use import PlaybookUse
from tests.services.playbook_desk import publish
from tests.support.real_window import real_window

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class User:
    """Somebody at the real window."""

    def __init__(self, desk):
        self.desk = desk
        self.window = desk.window
        self.use = desk.window.findChild(PlaybookUse)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.desk.settle()

    def type(self, text):
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.desk.settle()

    def choose_escalation(self):
        """Show one that is open; gives its id."""
        rows = "SELECT id FROM escalation WHERE state = 'working' ORDER BY id LIMIT 1"
        ((escalation_id,),) = self.desk.rows(rows)
        self.window.escalations.open(escalation_id)
        self.desk.settle()
        return escalation_id

    def find(self, words):
        """Ctrl+P, and type."""
        self.window.activateWindow()
        self.desk.settle()
        self.press(Qt.Key.Key_P, CONTROL)
        self.type(words)
        return self.use._quick

    def opened(self, words="payment"):
        """A playbook open on an escalation, found by its words; gives the tab."""
        self.choose_escalation()
        self.find(words)
        self.press(Qt.Key.Key_Return)
        self.desk.settle()
        return self.use._tab


@pytest.fixture
def user(qapp, tmp_path):
    sample.build(tmp_path / "sample.sqlite3", tmp_path / "backups", SystemClock())
    with real_window(tmp_path / "sample.sqlite3", SystemClock(), (1440, 900)) as opened:
        yield User(opened)


def test_enter_in_the_search_opens_the_playbook_on_the_chosen_escalation(user):
    tab = user.opened()
    assert tab.isVisible()
    assert tab.run is not None
    assert user.desk.rows("SELECT count(*) FROM playbook_run") == [(1,)]
    assert QApplication.focusWidget() is tab.steps


def test_space_ticks_and_goes_on_and_undo_takes_it_back(user):
    tab = user.opened()
    step_id = next(one.step.id for one in tab.run.steps if one.step.kind is not StepKind.DECIDE)
    tab.steps.stand_at(step_id)
    user.press(Qt.Key.Key_Space)
    assert tab.run.step(step_id).state is StepState.DONE
    assert tab.step.step.id == tab.run.next_step.step.id
    user.press(Qt.Key.Key_Z, CONTROL)
    user.desk.until(lambda: tab.run.step(step_id).is_open, "the step open again")


def test_a_step_is_done_with_its_evidence(user):
    tab = user.opened()
    step_id = next(one.step.id for one in tab.run.steps if one.step.kind is not StepKind.DECIDE)
    tab.steps.stand_at(step_id)
    user.press(Qt.Key.Key_E)
    user.type("Seen at nine")
    user.press(Qt.Key.Key_Return)
    assert tab.run.step(step_id).kept.evidence == "Seen at nine"


def test_a_step_is_skipped_with_a_reason(user):
    tab = user.opened()
    step_id = tab.step.step.id
    user.press(Qt.Key.Key_S)
    user.type("Does not apply here")
    user.press(Qt.Key.Key_Return)
    assert tab.run.step(step_id).kept.reason == "Does not apply here"
    assert QApplication.focusWidget() is tab.steps


def test_a_step_that_decides_asks_for_the_decision(user):
    tab = user.opened()
    one = next(one for one in tab.run.steps if one.step.kind is StepKind.DECIDE)
    tab.steps.stand_at(one.step.id)
    user.press(Qt.Key.Key_Space)
    user.type("Roll back at noon")
    user.press(Qt.Key.Key_Return, CONTROL)
    assert tab.run.step(one.step.id).kept.answer == "Roll back at noon"


def test_a_step_that_sends_leads_to_the_message(user):
    tab = user.opened()
    one = next(one for one in tab.run.steps if one.step.kind is StepKind.SEND)
    tab.steps.stand_at(one.step.id)
    user.press(Qt.Key.Key_Return)
    assert user.window.pages.current_id == "page.compose"
    assert user.window.pages.current.writing.stage == one.step.stage


def test_nothing_found_offers_a_stub_and_is_noted_when_one_leaves(user):
    quick = user.find("zeppelin maintenance")
    assert quick.stub_button.isVisible()
    user.press(Qt.Key.Key_Escape)
    assert user.desk.rows("SELECT text FROM playbook_gap") == [("zeppelin maintenance",)]


def test_enter_on_nothing_found_begins_a_draft(user):
    user.find("zeppelin maintenance")
    user.press(Qt.Key.Key_Return)
    title = "SELECT title FROM playbook WHERE published = 0"
    assert user.desk.rows(title) == [("Zeppelin maintenance",)]
    assert len(user.desk.rows("SELECT id FROM playbook_gap")) == 1


@pytest.mark.parametrize("page", ["page.intake", "page.settings", "page.roster", "page.message"])
def test_it_opens_on_every_page_also_while_one_types(user, page):
    user.window.pages.go_to(page)
    user.desk.settle()
    quick = user.find("data")
    assert quick.isVisible()
    assert quick.list.hits()
    user.press(Qt.Key.Key_Escape)
    assert not quick.isVisible()


def test_the_panel_names_what_fits_with_its_reason(user):
    user.choose_escalation()
    tabs = user.use._details.parts.tabbed.tabs
    tabs.setCurrentIndex(next(at for at in range(tabs.count()) if tabs.tabText(at) == "Playbook"))
    user.desk.settle()
    tab = user.use._tab
    assert tab.suggested.isVisible()
    said = user.desk.texts()
    assert "matches " in said or tab.suggested.none.isVisible()


def test_a_newer_version_is_told_with_what_changed_and_can_be_adopted(user):
    tab = user.opened()
    run, store = tab.run, user.use._desk.store
    text = f"{run.content.steps[0].text}, twice"
    steps = (replace(run.content.steps[0], text=text), *run.content.steps[1:])
    with store.begin() as session:
        publish(session, run.playbook_id, 2, replace(run.content, steps=steps))
        session.revision()
    tab.refresh()
    user.desk.settle()
    assert "1 step changed" in tab.newer.sentence.text()
    tab.newer.adopt_button.click()
    user.desk.settle()
    assert (tab.run.version, tab.newer.isVisible()) == (2, False)
    assert tab.run.steps[0].step.text == text


def test_use_shows_in_the_heat_map_and_three_skips_ask_for_a_draft(user):
    tab = user.opened()
    playbook_id, keeps = tab.run.playbook_id, user.use._in_use()
    step = next(one.step for one in tab.run.steps if not one.step.is_optional)
    keeps.skip(tab.run.id, step.id, "no access")
    others = user.desk.rows("SELECT id FROM escalation WHERE state = 'working' ORDER BY id DESC LIMIT 2")
    for (escalation_id,) in others:
        keeps.skip(keeps.open(escalation_id, playbook_id).id, step.id, "no access")
    pane = user.use.pulse_pane()
    pane.show_playbook(playbook_id)
    user.desk.settle()
    row = next(row for row in pane.heat._shown.rows if row.step_id == step.id)
    assert (row.total.opened, row.total.skipped) == (3, 3)
    assert len(pane._proposal_rows) == 1
    pane.deleteLater()
