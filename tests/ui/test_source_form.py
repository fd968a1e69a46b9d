"""The form of a source: mailboxes, folders, mappings that begin with a preset and are made by clicks."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.domain.source import Source, SourceKind
from tests.services.signal_desk import SignalDesk
from tests.ui.signals_support import SOURCES, go, open_page, settle, texts

ZABBIX = {"trigger": "Disk is full", "trigger_id": "77", "status": "PROBLEM", "severity": "High", "a.b": "x"}


@pytest.fixture
def desk(real_desk):
    return SignalDesk(real_desk.base)


@pytest.fixture
def page(qtbot, desk, real_desk, around):
    made = open_page(qtbot, desk, real_desk, around)
    go(qtbot, made, around, SOURCES)
    return made


@pytest.fixture
def form(qtbot, page, around):
    page.sources.add_source()
    settle(qtbot, page, around)
    return page.sources.form


@pytest.fixture
def places(page):
    return page.sources.editing._services.places


def choose(box, data):
    at = next(at for at in range(box.count()) if box.itemText(at) == data or box.itemData(at) == data)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def fill_mailbox(form):
    choose(form.kind, SourceKind.MAIL)
    form.name.setText("Support")
    form.mailbox.host.setText("imap.example.org")
    form.mailbox.user.setText("desk")
    form.mailbox.password.setText("horse")


def paste(qtbot, page, around, text):
    reading = page.sources.form.reading
    reading.pane.text.setPlainText(text)
    qtbot.waitUntil(lambda: not reading.is_waiting and not around.runner.pending)


def click(qtbot, table, row, *keys):
    table.scrollTo(table.model().index(row, 0))
    place = table.visualRect(table.model().index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, *keys, pos=place)


def row_of(table, path):
    return next(at for at, row in enumerate(table.model_.rows) if row.path == path)


# ---- mailboxes


def test_a_mailbox_is_set_up_and_its_password_stands_in_no_database(qtbot, desk, page, form, around, places):
    fill_mailbox(form)
    choose(form.mailbox.security, "starttls")
    form.keep_button.click()
    settle(qtbot, page, around)
    source = next(source for source in desk.sources.all() if source.name == "Support")
    assert (source.kind, source.enabled, places.passwords) == (SourceKind.MAIL, True, {"support": "horse"})
    assert (source.options["security"], source.options["port"]) == ("starttls", 143)
    assert "horse" not in repr(source)


def test_a_mailbox_without_a_password_is_not_kept(qtbot, desk, page, form, around):
    fill_mailbox(form)
    form.mailbox.password.clear()
    form.keep_button.click()
    settle(qtbot, page, around)
    assert "has no password" in form.mailbox.rows["password"].error
    assert form.isVisible()


def test_a_mailbox_whose_password_cannot_be_kept_is_none(qtbot, desk, page, form, around, places):
    before = desk.sources.all()
    places.is_broken = True
    fill_mailbox(form)
    form.keep_button.click()
    settle(qtbot, page, around)
    assert "The keyring is locked" in form._error.text()
    assert desk.sources.all() == before


def test_a_known_mailbox_keeps_its_password_and_says_where_it_is(qtbot, desk, page, form, around, places):
    fill_mailbox(form)
    form.keep_button.click()
    settle(qtbot, page, around)
    page.sources.table.selectRow(row_named(page, "Support"))
    page.sources.edit()
    assert "Kept in the keyring of this system." in form.mailbox.rows["password"].note
    assert form.mailbox.password.text() == ""
    form.mailbox.folder.setText("Alerts")
    form.keep_button.click()
    settle(qtbot, page, around)
    assert places.passwords == {"support": "horse"}


def row_named(page, name):
    return next(at for at, row in enumerate(page.sources.model.rows) if row.source.name == name)


@pytest.mark.parametrize(
    ("password", "words"), [("horse", "It works. INBOX holds 3 mails."), ("cow", "refuses this password")]
)
def test_the_connection_is_tested_with_what_is_filled_in(qtbot, page, form, password, words):
    fill_mailbox(form)
    form.mailbox.password.setText(password)
    form.mailbox.try_button.click()
    qtbot.waitUntil(lambda: words in form.mailbox.found.text())


def test_a_removed_mailbox_leaves_no_password(qtbot, desk, page, form, around, places):
    fill_mailbox(form)
    form.keep_button.click()
    settle(qtbot, page, around)
    page.sources.table.selectRow(row_named(page, "Support"))
    page.sources._remove("remove")
    settle(qtbot, page, around)
    assert places.passwords == {}


def test_another_port_than_the_usual_stays_when_the_security_changes(form):
    choose(form.kind, SourceKind.MAIL)
    form.mailbox.port.setValue(1993)
    choose(form.mailbox.security, "starttls")
    assert form.mailbox.port.value() == 1993


# ---- folders


def test_a_folder_is_set_up_with_its_mapping(qtbot, desk, page, form, around):
    choose(form.kind, SourceKind.FOLDER)
    form.name.setText("Drop")
    form.files.folder.set_text("/tmp")
    form.files.pattern.setText("alerts-*.csv")
    form.reading.fields.fields["title"].setText("Problem")
    form.keep_button.click()
    settle(qtbot, page, around)
    source = next(source for source in desk.sources.all() if source.name == "Drop")
    assert source.options == {"folder": "/tmp", "pattern": "alerts-*.csv", "done_folder": ""}
    assert source.mapping == {"title": "Problem"}


def test_a_folder_that_is_not_there_is_told_beside_its_field(qtbot, page, form, around):
    choose(form.kind, SourceKind.FOLDER)
    form.name.setText("Drop")
    form.files.folder.set_text("/nowhere")
    form.keep_button.click()
    settle(qtbot, page, around)
    assert "not there" in form.files.rows["folder"].error


def test_a_folder_is_chosen_with_a_dialog(qtbot, form):
    choose(form.kind, SourceKind.FOLDER)
    form.files.folder.button.click()
    dialog = form.findChild(QFileDialog)
    dialog.fileSelected.emit("/var/alerts")
    dialog.close()
    assert form.files.folder.text() == "/var/alerts"


def test_the_columns_of_a_table_are_its_places(qtbot, page, form, around):
    choose(form.kind, SourceKind.FOLDER)
    paste(qtbot, page, around, "Title;Sev.\nDisk full;high\n")
    pane = form.reading.pane
    assert [tuple(row) for row in pane.places.model_.rows] == [("title", "Disk full"), ('["sev."]', "high")]
    assert pane.outcome.text() == "trigger: Disk full · key Disk full · severity not said"


@pytest.mark.parametrize(
    ("is_watched", "words"), [(True, ["● On", "watching"]), (False, ["● On", "connecting"])]
)
def test_a_watched_place_says_how_it_stands(qtbot, desk, page, around, places, is_watched, words):
    source = desk.sources.add(Source(0, "", "A drop", SourceKind.FOLDER), desk.lead)
    places.watched = {source.id} if is_watched else set()
    settle(qtbot, page, around)
    row = page.sources.model.rows[row_named(page, "A drop")]
    assert [texts(page.sources.table, row_named(page, "A drop"))[0], row.standing] == words


def test_a_place_that_cannot_be_watched_fails(qtbot, desk, page, around):
    source = desk.sources.add(Source(0, "", "A drop", SourceKind.FOLDER), desk.lead)
    desk.sources.note_error(source.id, "The folder is not there.")
    settle(qtbot, page, around)
    assert texts(page.sources.table, row_named(page, "A drop"))[0] == "× Fails"


def test_a_source_that_nobody_hears_says_so(qtbot, desk, page, around):
    desk.add_source("Probe 2")
    settle(qtbot, page, around)
    assert page.sources.model.rows[row_named(page, "Probe 2")].standing == "listener is off"
    page.sources.listener.turn_button.click()
    settle(qtbot, page, around)
    assert page.sources.model.rows[row_named(page, "Probe 2")].standing == ""


# ---- presets and mappings


def test_a_preset_fills_the_form(qtbot, page, form, around):
    choose(form.start, "Zabbix")
    assert (form.name.text(), form.kind.currentData()) == ("Zabbix", SourceKind.GENERIC)
    assert form.reading.mapping()["key"] == "trigger_id or trigger"
    paste(qtbot, page, around, json.dumps(ZABBIX))
    assert form.reading.pane.outcome.text() == "trigger: Disk is full · key 77 · severity High"


def test_a_sample_is_known_by_its_tool(qtbot, page, form, around):
    choose(form.kind, SourceKind.GENERIC)
    paste(qtbot, page, around, json.dumps(ZABBIX))
    assert "It looks like Zabbix" in form.reading.pane.name.text()
    choose(form.start, "Zabbix")
    qtbot.waitUntil(lambda: form.reading.pane.name.text() == "")


def test_a_click_puts_a_place_into_the_field_with_the_focus(qtbot, page, form, around):
    choose(form.kind, SourceKind.GENERIC)
    paste(qtbot, page, around, json.dumps(ZABBIX))
    fields, places = form.reading.fields.fields, form.reading.pane.places
    fields["severity"].setFocus()
    click(qtbot, places, row_of(places, "severity"))
    assert (fields["severity"].text(), fields["severity"].hasFocus()) == ("severity", True)
    fields["reference"].setFocus()
    click(qtbot, places, row_of(places, '["a.b"]'))
    assert fields["reference"].text() == '["a.b"]'


def test_a_mapping_is_made_by_keys_alone(qtbot, page, form, around):
    choose(form.kind, SourceKind.GENERIC)
    paste(qtbot, page, around, json.dumps(ZABBIX))
    fields, places = form.reading.fields.fields, form.reading.pane.places
    fields["title"].setFocus()
    qtbot.keyClick(fields["title"], Qt.Key.Key_Down)
    assert places.hasFocus()
    qtbot.keyClick(places, Qt.Key.Key_Return)
    assert (fields["title"].text(), fields["title"].hasFocus()) == ("trigger", True)
    qtbot.waitUntil(lambda: form.reading.pane.outcome.text().startswith("trigger: Disk is full"))


def test_shift_adds_a_second_choice(qtbot, page, form, around):
    choose(form.kind, SourceKind.GENERIC)
    paste(qtbot, page, around, json.dumps(ZABBIX))
    fields, places = form.reading.fields.fields, form.reading.pane.places
    fields["key"].setFocus()
    click(qtbot, places, row_of(places, "trigger_id"))
    click(qtbot, places, row_of(places, "trigger"), Qt.KeyboardModifier.ShiftModifier)
    assert fields["key"].text() == "trigger_id or trigger"


def test_a_word_of_the_state_is_taken_from_what_stands_there(qtbot, page, form, around):
    choose(form.start, "Zabbix")
    paste(qtbot, page, around, json.dumps(ZABBIX | {"status": "OK NOW"}))
    fields, places = form.reading.fields.fields, form.reading.pane.places
    fields["resolve_when"].setFocus()
    click(qtbot, places, row_of(places, "status"))
    assert fields["resolve_when"].text() == "ok, resolved, OK NOW"
    qtbot.waitUntil(lambda: form.reading.pane.outcome.text().startswith("resolve:"))


def test_a_path_that_is_none_is_told_beside_its_field(qtbot, page, form, around):
    choose(form.kind, SourceKind.GENERIC)
    form.reading.fields.fields["key"].setText("a..b")
    form.keep_button.click()
    assert "is no path" in form.reading.fields._rows["key"].error


def test_a_fault_names_its_path(qtbot, page, form, around):
    choose(form.kind, SourceKind.ALERTMANAGER)
    paste(qtbot, page, around, '{"alerts": [{"labels": {"alertname": "A"}, "status": "on fire"}]}')
    assert "alerts[0].status" in form.reading.pane.fault.text()


def test_a_mapping_is_saved_and_opened_again(qtbot, page, form, around, tmp_path):
    choose(form.start, "Zabbix")
    with qtbot.waitSignal(page.message_requested) as said:
        form.reading._save(str(tmp_path / "mine.yaml"))
    assert said.args == ["The mapping is saved as mine.yaml"]
    form.reading.fields.show_mapping(None)
    form.reading._open(str(tmp_path / "mine.yaml"))
    qtbot.waitUntil(lambda: form.reading.fields.fields["title"].text() == "trigger")


def test_a_file_that_is_no_mapping_says_so(qtbot, page, form, around, tmp_path):
    (tmp_path / "other.yaml").write_text("a: 1\n")
    choose(form.kind, SourceKind.GENERIC)
    form.reading._open(str(tmp_path / "other.yaml"))
    qtbot.waitUntil(lambda: "no signal mapping" in form.reading.fault.text())
