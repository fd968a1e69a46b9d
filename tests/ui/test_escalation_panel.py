from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from desktop.domain.commitment import Kind
from desktop.domain.instant import to_us
from desktop.domain.intake import NewEvidence
from desktop.domain.person import Role
from desktop.ui.actions import ACTIONS
from desktop.ui.escalation.history import Show
from desktop.ui.escalation.panel import DetailPanel


@pytest.fixture
def panel(qtbot, around, real_desk, tmp_path):
    made = DetailPanel(
        real_desk,
        runner=around.runner,
        theme=around.theme,
        icons=around.icons,
        heartbeat=around.heartbeat,
        viewing_folder=tmp_path / "view",
        keys_of=around.actions.first_key,
    )
    qtbot.addWidget(made)
    made.resize(380, 800)
    made.show()
    return made


def shown(panel, qtbot, around, escalation_id):
    panel.show_escalation(escalation_id)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    return panel


@pytest.fixture
def opened(real_desk):
    return real_desk.base.open(
        description="It stands still.", evidence=(NewEvidence("a.log", b"log", "text/plain"),)
    )


@pytest.fixture
def filled(panel, qtbot, around, opened):
    return shown(panel, qtbot, around, opened.id)


def texts(panel):
    return [
        label.text()
        for label in panel.findChildren(type(panel.parts.header._title))
        if label.isVisibleTo(panel)
    ]


def test_it_says_which_escalation_it_is_and_whose(filled, opened):
    said = "\n".join(texts(filled))
    assert opened.number in filled.parts.header._number.toolTip()
    assert "Northwind · Enterprise" in said
    assert "Nobody owns it" in said


def test_the_clocks_move_on_without_reading_anything(filled, real_desk, around, qtbot):
    before = filled.parts.clocks.standings()[Kind.CONTAIN].headline
    real_desk.worker.fault = AssertionError("nothing is read for a tick")
    real_desk.clock.forward(minutes=30)
    around.heartbeat.ticked.emit(to_us(real_desk.clock.now()))
    assert filled.parts.clocks.standings()[Kind.CONTAIN].headline != before


def test_a_tile_shows_how_its_deadline_came_about_in_words(filled, qtbot):
    tile = filled.parts.clocks._tiles[Kind.CONTAIN]
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert filled.parts.clocks.strip.isVisible()
    assert filled.parts.clocks.strip.words() == ["Running 4 h"]


def test_the_primary_button_asks_for_the_next_sensible_action(filled, qtbot):
    with qtbot.waitSignal(filled.action_requested) as asked:
        qtbot.mouseClick(filled.parts.header.primary, Qt.MouseButton.LeftButton)
    assert asked.args == ["escalation.classify"]


def test_what_this_person_may_not_do_says_why_in_words(filled):
    filled.parts.tabbed.tabs.setCurrentIndex(2)
    assert "Confirm containment: Only a senior engineer may do this" in filled.parts.tabbed.rights.reasons


def test_a_change_of_this_escalation_is_shown_and_of_another_is_not(filled, opened, real_desk, qtbot, around):
    real_desk.escalations.escalation.note(opened.id, "called back", real_desk.base.coordinator)
    filled.notice_changed({opened.id + 1})
    assert around.runner.pending == 0
    filled.notice_changed({opened.id})
    qtbot.waitUntil(lambda: "called back" in filled.parts.tabbed.timeline.text())


def test_only_the_last_one_wanted_is_shown(panel, real_desk, qtbot, around):
    first, second = real_desk.base.open(title="First"), real_desk.base.open(title="Second")
    panel.show_escalation(first.id)
    panel.show_escalation(second.id)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert panel.parts.header._title.text() == "Second"


def test_one_that_is_gone_says_so_in_its_place(panel, qtbot, around):
    shown(panel, qtbot, around, 4711)
    assert panel.details is None
    assert panel._empty.sentence.startswith("There is no such escalation.")


def test_a_megabyte_of_title_is_cut_and_hostile_text_stays_text(panel, real_desk, qtbot, around):
    hostile = "<script>x</script>\x00\u202e" + "a" * 1_000_000
    opened = real_desk.base.open(title=hostile, description=hostile, reporter=hostile)
    shown(panel, qtbot, around, opened.id)
    title = panel.parts.header._title.text()
    assert title.startswith("<script>x</script>")
    assert len(title) < 500
    assert panel.minimumSizeHint().width() < 420


def test_a_file_is_opened_only_when_asked_and_as_a_copy_that_cannot_run(
    filled, qtbot, around, monkeypatch, tmp_path
):
    seen = []
    monkeypatch.setattr(
        "PySide6.QtGui.QDesktopServices.openUrl", lambda url: seen.append(url.toLocalFile()) or True
    )
    assert seen == []
    filled.parts.tabbed.tabs.setCurrentIndex(1)
    qtbot.mouseClick(filled.parts.tabbed.evidence._open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    copy = next((tmp_path / "view").iterdir())
    assert seen == [str(copy)]
    assert copy.stat().st_mode & 0o777 == 0o400


def test_a_file_dropped_on_the_panel_is_attached(filled, opened, real_desk, qtbot, tmp_path):
    path = tmp_path / "trace.txt"
    path.write_bytes(b"one\ntwo\n")
    with qtbot.waitSignal(filled.work_done) as done:
        filled.parts.tabbed.evidence.dropped.emit((path,))
    assert [piece.name for piece in real_desk.evidence.all(opened.id)] == ["a.log", "trace.txt"]
    assert done.args[0][0].escalation_id == opened.id


def test_a_paused_clock_is_told_with_whom_it_waits_for(filled, opened, real_desk, qtbot, around):
    real_desk.escalations.pausing.pause(opened.id, "waiting_on_customer", real_desk.base.coordinator)
    filled.refresh()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert any("Waiting on customer: paused by Cora Lind" in text for text in filled.parts.now.texts())


def test_an_override_stands_beside_what_was_computed(filled, opened, real_desk, qtbot, around):
    real_desk.escalations.classification.override(opened.id, real_desk.base.lead, "press is asking", score=96)
    filled.refresh()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert "score 96 (computed" in filled.parts.why._override.text()


def test_nobody_at_the_desk_may_look_but_do_nothing(panel, real_desk, qtbot, around, opened, monkeypatch):
    monkeypatch.setattr(real_desk.person, "operator", partial(lambda: None))
    shown(panel, qtbot, around, opened.id)
    assert "Assign an owner: Only" in panel.parts.tabbed.rights.reasons


def test_a_senior_engineer_is_offered_what_a_coordinator_is_not(filled, real_desk, qtbot, around):
    real_desk.act_as(Role.SENIOR_ENGINEER)
    filled.refresh()
    qtbot.waitUntil(lambda: around.runner.pending == 0)
    assert filled.why_not("escalation.contain") == ""
    assert "Only" in filled.why_not("escalation.assign")


def test_alarms_that_stand_can_be_acknowledged_beside_their_line(panel, real_desk, qtbot, around, opened):
    real_desk.escalations.transition.acknowledge(opened.id, real_desk.base.coordinator)
    real_desk.clock.forward(hours=30)
    real_desk.alarm.sweep()
    shown(panel, qtbot, around, opened.id)
    with qtbot.waitSignal(panel.action_requested) as asked:
        qtbot.mouseClick(panel.parts.now._alarms.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["escalation.acknowledge"]


def test_the_head_shows_severity_and_state(filled):
    header = filled.parts.header
    assert (header.severity, header._mark.accessibleName()) == (2, "Severity 2 Major loss")
    assert header._place.text() == "New"


def test_buttons_without_room_are_left_to_the_menu(filled, qtbot):
    buttons = filled.parts.header.buttons
    buttons.resize(buttons.minimumSizeHint())
    assert not buttons.move_.isVisible()
    with qtbot.waitSignal(filled.action_requested) as asked:
        buttons.menu.entry("escalation.move").trigger()
    assert asked.args == ["escalation.move"]


def test_the_menu_has_the_words_groups_and_keys_of_the_menu_bar(filled):
    menu = filled.parts.header.buttons.menu
    menu.aboutToShow.emit()
    assert menu.entry("escalation.snooze").text() == "Snooze reminders…\tH"
    assert sum(entry.isSeparator() for entry in menu.actions()) == 4
    assert "senior engineer" in menu.entry("escalation.contain").toolTip()


def test_each_factor_takes_one_line_until_its_reasons_are_wanted(filled, qtbot):
    why = filled.parts.why
    lines = [label for label in why.findChildren(type(why._notes)) if label.property("role") == "hint"]
    assert not any(label.isVisible() for label in lines if label is not why._notes)
    qtbot.mouseClick(why._reasons, Qt.MouseButton.LeftButton)
    assert sum(label.isVisible() for label in lines if label is not why._notes) == 5


def test_a_strip_that_is_opened_comes_into_sight(filled, qtbot):
    filled.resize(380, 260)
    tile = filled.parts.clocks._tiles[Kind.RESOLVE]
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    bar, strip = filled._scroll.verticalScrollBar(), filled.parts.clocks.strip
    qtbot.waitUntil(lambda: bar.value() > 0)
    top = strip.mapTo(filled._scroll.viewport(), strip.rect().topLeft()).y()
    assert 0 <= top < filled._scroll.viewport().height()


def test_what_came_by_a_merge_has_its_number_in_front(panel, real_desk, qtbot, around, opened):
    other, by = real_desk.base.open(title="The same again"), real_desk.base.coordinator
    real_desk.escalations.escalation.note(other.id, "seen here too", by)
    real_desk.escalations.merging.merge(other.id, opened.id, by)
    written = shown(panel, qtbot, around, opened.id).parts.tabbed.timeline.text()
    assert f"{other.number}  Cora Lind noted" in written.replace("ESC-", "ESC-2026-")
    assert f"Cora Lind merged {other.number} into this" in written


def test_many_alarms_are_put_away_until_they_are_wanted(panel, real_desk, qtbot, around, opened):
    real_desk.clock.forward(hours=30)
    real_desk.alarm.sweep()
    timeline = shown(panel, qtbot, around, opened.id).parts.tabbed.timeline
    assert "raised an alarm" not in timeline.text()
    qtbot.mouseClick(timeline._alarms, Qt.MouseButton.LeftButton)
    assert "raised an alarm: contain breached" in timeline.text()


def test_the_chip_of_the_alarms_shows_nothing_else(panel, real_desk, qtbot, around, opened):
    real_desk.clock.forward(hours=30)
    real_desk.alarm.sweep()
    timeline = shown(panel, qtbot, around, opened.id).parts.tabbed.timeline
    qtbot.keyClick(timeline.filter.chip(Show.ALARMS), Qt.Key.Key_Return)
    assert "raised an alarm" in timeline.text()
    assert "opened it" not in timeline.text()


def test_the_menu_shows_only_keys_that_work(filled, around):
    menu = filled.parts.header.buttons.menu
    around.actions.set_letters_on(False)
    menu.aboutToShow.emit()
    assert menu.entry("escalation.snooze").text() == "Snooze reminders…"
    around.actions.set_letters_on(True)
    menu.aboutToShow.emit()
    assert menu.entry("escalation.snooze").text() == "Snooze reminders…\tH"


def test_the_tab_of_rights_uses_the_words_of_the_menus(filled, qtbot):
    filled.parts.complete()
    tab = filled.parts.tabbed.rights
    tab.show()
    tab.showEvent(QShowEvent())
    words = {button.objectName(): button.text() for button in tab.findChildren(QPushButton)}
    assert words == {spec.id: spec.text for spec in ACTIONS if spec.id in words}
    assert len(words) > 20
