"""The settings page over a real desk."""

from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.person import Person, Role
from desktop.services.desk import Desk
from desktop.ui.first_run import FirstAnswers, keep_answers
from desktop.ui.kit.dialogs import Question
from desktop.ui.settings import page as tabs
from desktop.ui.settings.page import SettingsPage
from tests.ui.alarm_support import alarming
from tests.ui.settings_support import settings_services


@pytest.fixture
def desk(tmp_path, store, clock):
    made = Desk.over(store, tmp_path / "backups", clock)
    keep_answers(made.person, made.settings, FirstAnswers("Ada Quist", "Europe/Berlin"))
    return made


@pytest.fixture
def parts(qapp, clock):
    made = alarming(clock)
    made.pump.start()
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk, parts, tmp_path):
    services = settings_services(desk, tmp_path)
    made = SettingsPage(services, parts.around, parts.controls)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    settle(qtbot, parts)
    return made


def settle(qtbot, parts):
    qtbot.waitUntil(lambda: not parts.around.runner.pending)


def names(page):
    model = page.people.table.model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


# -- you and people
def test_the_operator_is_shown_and_can_be_another(qtbot, desk, parts, page):
    desk.person.create(Person(0, "Kofi Prah", ""), desk.person.operator().actor())
    page.people.refresh()
    settle(qtbot, parts)
    assert page.people.operator.currentText() == "Ada Quist"
    with qtbot.waitSignal(page.operator_changed):
        page.people.operator.setCurrentIndex(1)
        page.people.operator.activated.emit(1)
    assert desk.person.operator().name == "Kofi Prah"


def test_a_person_is_added_with_roles_and_quiet_hours(qtbot, desk, parts, page):
    page.people.new_button.click()
    form = page.people.form
    qtbot.keyClicks(form.name, "Kofi Prah")
    form.roles[Role.ON_CALL].click()
    form.quiet.click()
    form.keep_button.click()
    settle(qtbot, parts)
    kofi = desk.person.find("Kofi Prah")
    assert kofi.roles == {Role.ON_CALL}
    assert (kofi.quiet_from, kofi.quiet_to) == (time(18), time(8))
    assert names(page) == ["Ada Quist", "Kofi Prah"]
    assert form.isHidden()


def test_a_mistake_is_told_beside_its_field_and_keeps_what_was_typed(qtbot, desk, parts, page):
    page.people.edit()
    form = page.people.form
    form.zone.setText("Europe/Nowhere")
    form.team.setText("Payments")
    form.keep_button.click()
    settle(qtbot, parts)
    assert "Europe/Nowhere" in form._rows["zone"].error
    assert form.team.text() == "Payments"
    assert form.isVisible()


def test_the_last_lead_stays_one(qtbot, desk, parts, page):
    page.people.edit()
    page.people.form.roles[Role.LEAD].click()
    page.people.form.keep_button.click()
    settle(qtbot, parts)
    assert "without a lead" in page.people.form._rows["roles"].error


# -- appearance
def test_a_theme_is_kept_and_told(qtbot, desk, parts, page):
    page.show_tab(tabs.APPEARANCE)
    with qtbot.waitSignal(page.setting_changed) as changed:
        page.appearance.theme.button("dark").click()
    assert changed.args == ["theme", "dark"]
    assert desk.settings.current.theme == "dark"


def test_letters_can_be_switched_off(qtbot, desk, parts, page):
    page.show_tab(tabs.APPEARANCE)
    qtbot.mouseClick(page.appearance.letters.box, Qt.MouseButton.LeftButton)
    settle(qtbot, parts)
    assert desk.settings.current.letter_keys is False


def test_an_unknown_zone_is_refused_beside_the_field(qtbot, desk, parts, page):
    page.show_tab(tabs.APPEARANCE)
    page.appearance.zone.setText("Nowhere")
    page.appearance.zone.editingFinished.emit()
    settle(qtbot, parts)
    assert "Europe/Berlin" in page.appearance.zone_row.error
    assert page.appearance.zone.text() == "Nowhere"


# -- alarms
def test_the_state_of_desktop_notifications_is_told_as_it_is(qtbot, parts, page):
    page.show_tab(tabs.ALARMS)
    assert page.alarms.state.text() == "Desktop notifications: working (fake)"
    parts.notifier.is_there = False
    parts.notifier.state_changed.emit()
    assert "not available" in page.alarms.state.text()


def test_a_test_is_sent_and_its_result_shown(qtbot, parts, page):
    page.show_tab(tabs.ALARMS)
    page.alarms.test_button.click()
    settle(qtbot, parts)
    assert parts.desk.tests == 1
    assert not page.alarms.test_button.isEnabled()
    parts.pump.test_answered.emit(True, "Arrived: dunst shows it on the desktop.")
    assert page.alarms.verdict.text == "Arrived"
    assert page.alarms.result.text() == "dunst shows it on the desktop."
    assert page.alarms.test_button.isEnabled()


def test_a_test_that_does_not_arrive_says_so(qtbot, parts, page):
    page.show_tab(tabs.ALARMS)
    page.alarms.test_button.click()
    parts.pump.test_answered.emit(False, "Shown in the window only: not available: no service.")
    assert page.alarms.verdict.text == "Not on the desktop"


def test_how_early_a_gap_is_told_of_is_kept(qtbot, desk, parts, page):
    page.show_tab(tabs.ALARMS)
    assert page.alarms.people.gap.value() == 48
    page.alarms.people.gap.setValue(72)
    settle(qtbot, parts)
    assert desk.settings.current.gap_alarm_h == 72


def test_the_wheel_over_a_number_changes_nothing(page):
    page.show_tab(tabs.ALARMS)
    gap = page.alarms.people.gap
    at, by = QPointF(gap.rect().center()), QPoint(0, 120)
    turned = QWheelEvent(
        at,
        gap.mapToGlobal(at),
        QPoint(),
        by,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(gap, turned)
    assert gap.value() == 48


def test_the_address_in_pages_is_kept(qtbot, desk, parts, page):
    page.show_tab(tabs.ALARMS)
    page.alarms.people.address.setText(" https://desk.example.org ")
    page.alarms.people.address.editingFinished.emit()
    settle(qtbot, parts)
    assert desk.settings.current.page_address == "https://desk.example.org"


def test_what_is_no_address_is_refused_beside_the_field_and_stays_there(qtbot, desk, parts, page):
    page.show_tab(tabs.ALARMS)
    page.alarms.people.address.setText("desk.example.org")
    page.alarms.people.address.editingFinished.emit()
    settle(qtbot, parts)
    assert "https://desk.example.org" in page.alarms.people.address_row.error
    assert (page.alarms.people.address.text(), desk.settings.current.page_address) == ("desk.example.org", "")


def test_sound_is_switched_off(qtbot, desk, parts, page):
    page.show_tab(tabs.ALARMS)
    qtbot.mouseClick(page.alarms.sound.box, Qt.MouseButton.LeftButton)
    settle(qtbot, parts)
    assert desk.settings.current.sound is False


# -- database
def test_a_backup_is_made_and_listed(qtbot, desk, parts, page):
    page.show_tab(tabs.DATABASE)
    with qtbot.waitSignal(page.message_requested) as told:
        page.database.back_up_button.click()
    settle(qtbot, parts)
    assert told.args[0].startswith("Backed up and verified")
    assert page.database.table.model().rowCount() == 1
    assert "last backup today 09:00" in page.database.facts.text()


def test_the_audit_trail_is_verified(qtbot, desk, parts, page):
    page.window_handles()["verify_audit"]()
    settle(qtbot, parts)
    assert page.database.verdict.text == "Whole"
    assert "are as they were written" in page.database.report.text()


def question(qtbot):
    qtbot.waitUntil(lambda: any(isinstance(w, Question) for w in QApplication.topLevelWidgets()))
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Question))


def press(dialog, key):
    next(button for button in dialog.buttons() if button.objectName() == key).click()


def test_a_restore_asks_first_and_hands_the_checked_file_on(qtbot, desk, parts, page):
    kept = desk.backup.make()
    page.show_tab(tabs.DATABASE)
    settle(qtbot, parts)
    page.database.restore_button.click()
    with qtbot.waitSignal(page.restore_requested) as asked:
        press(question(qtbot), "restore")
    assert asked.args == [kept.path]


def test_a_damaged_file_is_not_restored(qtbot, desk, parts, page, tmp_path):
    (tmp_path / "bad.sqlite3").write_bytes(b"no database at all")
    asked = []
    page.restore_requested.connect(asked.append)
    page.database._take_file(str(tmp_path / "bad.sqlite3"))
    with qtbot.waitSignal(parts.around.runner.error_raised) as told:
        press(question(qtbot), "restore")
    assert "cannot be restored" in str(told.args[0])
    assert asked == []


def test_the_sample_desk_is_loaded_by_one_press(qtbot, page):
    with qtbot.waitSignal(page.sample_load_requested):
        page.database.sample_button.click()
    assert "load_sample" in page.window_handles()


# -- policy
def test_the_policy_is_exported_and_its_file_imports(qtbot, desk, parts, page, tmp_path):
    page.show_tab(tabs.POLICY)
    page.policy.export_to(str(tmp_path / "policy.yaml"))
    settle(qtbot, parts)
    page.policy.import_from(str(tmp_path / "policy.yaml"))
    settle(qtbot, parts)
    assert desk.policy.active().version == 2
    assert page.policy.name.text().endswith("version 2")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"a: [1", b"just: words"])
def test_a_file_that_is_no_policy_is_refused_with_a_reason(qtbot, desk, parts, page, tmp_path, content):
    (tmp_path / "bad.yaml").write_bytes(content)
    page.show_tab(tabs.POLICY)
    page.policy.import_from(str(tmp_path / "bad.yaml"))
    settle(qtbot, parts)
    assert page.policy.error.text()
    assert desk.policy.active().version == 1


def test_a_place_that_cannot_be_written_is_said(qtbot, parts, page, tmp_path):
    page.show_tab(tabs.POLICY)
    page.policy.export_to(str(tmp_path / "none" / "policy.yaml"))
    settle(qtbot, parts)
    assert "cannot be written" in page.policy.error.text()


def test_each_part_has_its_first_field(qtbot, page):
    for at in range(6):
        page.show_tab(at)
        page.focus_first()
        assert page.focusWidget() is not None
    assert Path(page.database.path.text() or "/").is_absolute()
