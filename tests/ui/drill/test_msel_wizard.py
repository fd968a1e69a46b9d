"""The wizard leads from any list of injects to a draft; rows are put right on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.adapters.msel_write import csv_bytes
from desktop.domain.person import Role
from desktop.services.desk import Desk
from desktop.services.drill_file import read_text, write_text
from desktop.services.drill_library import DrillLibrary
from desktop.ui.drill.msel_wizard import COLUMNS, FILE, IMPORT, ROWS, MselWizard
from desktop.wiring.drill_wizards import msel_wizard
from tests.adapters.test_msel import DIALECTS
from tests.domain.drills import charged_twice

Write = Callable[[list[str]], Path]
ODD = [*DIALECTS["HSEEP"], "3,soonish,Later,Ada,Lead,Wait", "Part two,,,,,"]


@pytest.fixture
def desk(commands, tmp_path) -> Desk:
    desk = Desk.over(commands.store, tmp_path, commands.clock)
    desk.person.set_operator(commands.staff[Role.TRAINER].id)
    return desk


@pytest.fixture
def library(desk) -> DrillLibrary:
    return DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)


@pytest.fixture
def wizard(desk, around, qtbot: QtBot) -> MselWizard:
    made = msel_wizard(desk, around)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    return made


@pytest.fixture
def write(tmp_path) -> Write:
    def written(lines: list[str]) -> Path:
        path = tmp_path / "winter storm.csv"
        path.write_text("\r\n".join(lines), encoding="utf-8-sig")
        return path

    return written


def opened(wizard: MselWizard, path: Path, qtbot: QtBot) -> None:
    wizard.open_file(path)
    qtbot.waitUntil(wizard.frame.next.isEnabled)


def settle(wizard: MselWizard) -> None:
    for part in wizard.columns.targets.values():
        if not part.confirm.isHidden():
            part.confirm.click()
    if wizard.columns.why_not().startswith("Say how the times"):
        wizard.columns.times.set_value("elapsed")
        wizard.columns.times.activated.emit(0)


def go_to(wizard: MselWizard, step: int, qtbot: QtBot) -> None:
    while wizard.frame.step < step:
        before = wizard.frame.step
        if before == COLUMNS:
            settle(wizard)
        qtbot.mouseClick(wizard.frame.next, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda before=before: wizard.frame.step > before)


def test_without_a_file_there_is_no_way_on(wizard):
    assert not wizard.frame.next.isEnabled()
    assert wizard.frame.why.text() == "Choose a file first."


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_comes_to_a_draft(dialect, wizard, write, library, qtbot):
    opened(wizard, write(DIALECTS[dialect]), qtbot)
    assert dialect in wizard.file.facts.text()
    go_to(wizard, IMPORT, qtbot)
    with qtbot.waitSignal(wizard.created) as told:
        qtbot.mouseClick(wizard.frame.next, Qt.MouseButton.LeftButton)
    draft = library.draft(told.args[0])
    assert len(read_text(draft.text).scenario.injects) == 2


def test_a_file_can_be_dropped_anywhere(wizard, write, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(write(DIALECTS["HSEEP"])))])
    none = Qt.KeyboardModifier.NoModifier
    wizard.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    )
    qtbot.waitUntil(wizard.frame.next.isEnabled)


def test_a_file_that_cannot_be_read_is_said_so(wizard, tmp_path, qtbot):
    wizard.open_file(tmp_path / "none.csv")
    qtbot.waitUntil(wizard.file.error.isVisible)
    assert "cannot be read" in wizard.file.error.text()


def test_what_stands_above_the_heading_is_shown_as_left_out(wizard, write, qtbot):
    opened(wizard, write(DIALECTS["PreparedEx"]), qtbot)
    assert "Blind cockpit" in wizard.file.above.text()
    assert wizard.file.header_at == 2


def test_another_sheet_is_read_when_it_is_chosen(wizard, tmp_path, qtbot):
    book = Workbook()
    book.active.append(["Title", "Time", "To"])
    book.active.append(["Call", "0:10", "Lead"])
    other = book.create_sheet("Other")
    other.append(["Title", "To"])
    other.append(["Mail", "Lead"])
    book.save(tmp_path / "list.xlsx")
    opened(wizard, tmp_path / "list.xlsx", qtbot)
    wizard.file.sheet.set_value("Other")
    wizard.file.sheet.activated.emit(1)
    qtbot.waitUntil(lambda: wizard.file.table is not None and wizard.file.table.sheet == "Other")


def test_a_suggestion_is_confirmed_before_there_is_a_way_on(wizard, write, qtbot):
    opened(wizard, write(["Title,Estimated delivery time,To", "Call,14m,Lead"]), qtbot)
    go_to(wizard, COLUMNS, qtbot)
    assert wizard.frame.why.text() == "1 suggestion to confirm."
    assert not wizard.frame.next.isEnabled()
    wizard.columns.targets["at"].confirm.click()
    assert wizard.frame.next.isEnabled()


def test_times_that_can_be_read_in_two_ways_are_asked_about_once(wizard, write, qtbot):
    opened(wizard, write(DIALECTS["Conducttr"]), qtbot)
    go_to(wizard, COLUMNS, qtbot)
    assert wizard.frame.why.text() == "Say how the times are meant."
    wizard.columns.times.set_value("minutes")
    wizard.columns.times.activated.emit(2)
    go_to(wizard, ROWS, qtbot)
    assert [inject.at_s for inject in wizard._preview.scenario.injects] == [14, 30]


def test_a_row_at_fault_is_put_right_on_the_spot(wizard, write, qtbot):
    opened(wizard, write(ODD), qtbot)
    go_to(wizard, ROWS, qtbot)
    assert wizard.rows.sentence.text() == "2 rows can be taken in, 1 row cannot."
    assert "Part two" in wizard.rows.left_out.text()
    wizard.rows.text.setText("H+3")
    wizard.rows.put_right.click()
    qtbot.waitUntil(lambda: wizard.rows.sentence.text().startswith("3 rows can"))


def test_the_preview_counts_what_is_created_and_what_is_skipped(wizard, write, qtbot):
    opened(wizard, write(ODD), qtbot)
    go_to(wizard, IMPORT, qtbot)
    shown = {key: label.text() for key, label in wizard.preview.figures.items()}
    assert shown == {"create": "2", "update": "0", "same": "0", "skip": "2"}
    assert wizard.frame.next.text() == "Import 2 injects"


def test_a_list_can_be_taken_onto_a_scenario_there_is(wizard, library, tmp_path, qtbot):
    slug = library.create(
        write_text(charged_twice()), wizard.work._imports._desk.person.operator().actor()
    ).slug
    path = tmp_path / "again.csv"
    path.write_bytes(csv_bytes(charged_twice()))
    opened(wizard, path, qtbot)
    go_to(wizard, IMPORT, qtbot)
    wizard.preview.into.set_value(slug)
    wizard.preview.into.activated.emit(1)
    qtbot.waitUntil(lambda: wizard.preview.figures["create"].text() == "0")
    assert int(wizard.preview.figures["same"].text()) == len(charged_twice().injects)


def test_a_mapping_is_kept_and_offered_again(wizard, write, qtbot):
    opened(wizard, write(DIALECTS["HSEEP"]), qtbot)
    go_to(wizard, COLUMNS, qtbot)
    wizard.columns.keep_name.setText("Our county")
    with qtbot.waitSignal(wizard.message_requested):
        wizard.columns.keep.click()
    opened(wizard, write(DIALECTS["HSEEP"]), qtbot)
    assert wizard.frame.step == FILE
    assert wizard.file.mapping.value() == "Our county"


def test_the_way_out_is_always_there(wizard, qtbot):
    with qtbot.waitSignal(wizard.left):
        wizard.cancel.click()


def test_hostile_cells_are_harmless(wizard, write, qtbot):
    evil = "<b>x</b> \u202e {{no}} " * 200
    opened(wizard, write(["Title,Time,To", f'"{evil}",14m,"{evil}"']), qtbot)
    go_to(wizard, IMPORT, qtbot)
    assert wizard.frame.next.isEnabled()
