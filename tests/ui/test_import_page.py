from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop.domain.errors import DeskError
from desktop.domain.ticket_words import Word
from desktop.services.importing import RefusedRow
from desktop.ui.surroundings import Surroundings
from desktop.ui.tickets.page import CHECK, COLUMNS, FILE, WORDS, ImportPage
from tests.domain.tickets import a_row
from tests.ui.tickets_support import AFile, AnImporter

Open = Callable[[AnImporter], ImportPage]


@pytest.fixture
def page_of(stage: Surroundings, qtbot: QtBot) -> Open:
    def made(importer: AnImporter) -> ImportPage:
        page = ImportPage(importer, stage)
        qtbot.addWidget(page)
        page.resize(1100, 760)
        page.show()
        return page

    return made


def opened(page: ImportPage, qtbot: QtBot) -> ImportPage:
    page.open_file(Path("tickets.csv"))
    qtbot.waitUntil(page.frame.next.isEnabled)
    return page


def go_to(page: ImportPage, step: int, qtbot: QtBot) -> None:
    while page.frame.step < step:
        before = page.frame.step
        qtbot.mouseClick(page.frame.next, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda before=before: page.frame.step > before)
    qtbot.waitUntil(page.frame.next.isEnabled)


def test_without_a_file_there_is_no_way_on(page_of: Open) -> None:
    page = page_of(AnImporter())
    assert not page.frame.next.isEnabled()
    assert page.frame.why.text() == "Choose a file first."


def test_a_dropped_file_is_read(page_of: Open, qtbot: QtBot, tmp_path: Path) -> None:
    importer = AnImporter()
    page = page_of(importer)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "x.csv"))])
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    page.file.drop.dropEvent(drop)
    qtbot.waitUntil(page.frame.next.isEnabled)
    assert importer.calls("read")[0][0] == tmp_path / "x.csv"
    assert "2 rows" in page.file.facts.text()


def test_a_file_that_cannot_be_read_is_said_so(page_of: Open, qtbot: QtBot) -> None:
    page = page_of(AnImporter(fault=DeskError("It is a zip archive.")))
    page.open_file(Path("t.csv"))
    qtbot.waitUntil(page.file.error.isVisible)
    assert page.file.error.text() == "It is a zip archive."
    assert not page.frame.next.isEnabled()


def test_another_encoding_reads_the_file_again(page_of: Open, qtbot: QtBot) -> None:
    importer = AnImporter()
    page = opened(page_of(importer), qtbot)
    page.file.encoding.setCurrentIndex(page.file.encoding.findData("cp1252"))
    page.file.encoding.activated.emit(page.file.encoding.currentIndex())
    qtbot.waitUntil(lambda: len(importer.calls("read")) == 2)
    assert importer.calls("read")[1][1:] == ("cp1252", ";", "")


def test_the_zone_is_asked_for_only_where_the_file_does_not_say_it(page_of: Open, qtbot: QtBot) -> None:
    page = opened(page_of(AnImporter()), qtbot)
    assert page.file.zone.isVisible()
    said = AFile(lines=(a_row(opened="2026-11-20 10:00:00+01:00"),))
    page = opened(page_of(AnImporter(file=said)), qtbot)
    assert not page.file.zone.isVisible()


def test_columns_show_what_they_give(page_of: Open, qtbot: QtBot) -> None:
    page = opened(page_of(AnImporter()), qtbot)
    go_to(page, COLUMNS, qtbot)
    assert page.columns.rows["reference"].note == "T1 · T2"
    assert "=evil()" in page.columns.rows["title"].note


def test_a_template_is_shown_live(page_of: Open, qtbot: QtBot) -> None:
    page = opened(page_of(AnImporter()), qtbot)
    go_to(page, COLUMNS, qtbot)
    page.columns.boxes["title"].setEditText("{company}: {text}")
    assert page.columns.rows["title"].note.startswith("Acme: It is slow")


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("title", "", "Needed."),
        ("title", "{colour}", "There is no column “colour”."),
        ("title", "{text", "brace"),
    ],
)
def test_a_field_at_fault_holds_the_way_on(
    page_of: Open, qtbot: QtBot, key: str, text: str, said: str
) -> None:
    page = opened(page_of(AnImporter()), qtbot)
    go_to(page, COLUMNS, qtbot)
    page.columns.boxes[key].setEditText(text)
    assert said in page.columns.rows[key].error
    assert not page.frame.next.isEnabled()
    page.columns.boxes[key].setEditText("{text}")
    assert page.frame.next.isEnabled()


def test_a_word_that_stands_for_nothing_is_marked_and_can_be_translated(page_of: Open, qtbot: QtBot) -> None:
    importer = AnImporter(unknown=(Word("state", "limbo", 7, ""),))
    page = opened(page_of(importer), qtbot)
    go_to(page, WORDS, qtbot)
    assert page.frame.why.text() == "1 word stands for nothing yet."
    box = page.words.boxes["state", "limbo"]
    box.setCurrentIndex(box.findData("working"))
    box.activated.emit(box.currentIndex())
    assert page.frame.why.text() == ""
    go_to(page, CHECK, qtbot)
    assert importer.calls("start")[0][0].rules["state"].values["limbo"] == "working"


def test_a_trial_comes_before_anything_is_written(page_of: Open, qtbot: QtBot) -> None:
    importer = AnImporter()
    page = opened(page_of(importer), qtbot)
    go_to(page, CHECK, qtbot)
    assert [call[1] for call in importer.calls("start")] == [True]
    assert page.check.sentence.text() == "2 tickets would be imported."
    assert page.frame.next.text() == "Import 2 tickets"


def test_the_import_ends_with_the_way_to_the_board(page_of: Open, qtbot: QtBot) -> None:
    importer = AnImporter()
    page = opened(page_of(importer), qtbot)
    go_to(page, CHECK, qtbot)
    page.frame.next.click()
    qtbot.waitUntil(lambda: page.frame.next.text() == "Go to the board")
    assert page.check.sentence.text() == "2 tickets imported."
    with qtbot.waitSignal(page.board_wanted):
        page.frame.next.click()
    assert page.frame.step == FILE


def test_an_import_can_be_stopped(page_of: Open, qtbot: QtBot) -> None:
    page = opened(page_of(AnImporter(steps=100_000)), qtbot)
    page.words.show_words(page.file.chosen_mapping(), ())
    page._begin(dry=False)
    qtbot.waitUntil(lambda: page.check.figures["new"].text() not in ("–", "0"))
    qtbot.mouseClick(page.check.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "It was stopped" in page.check.sentence.text())


def test_refused_rows_are_shown_and_saved(page_of: Open, qtbot: QtBot, tmp_path: Path) -> None:
    refused = [RefusedRow(9, "Title is empty.", "title", ("T9",))]
    importer = AnImporter(refused=refused)
    page = opened(page_of(importer), qtbot)
    go_to(page, CHECK, qtbot)
    assert page.check.refused.model().index(0, 1).data() == "Title is empty."
    qtbot.mouseClick(page.check.save_refused, Qt.MouseButton.LeftButton)
    page.keeping.write_refused(str(tmp_path / "refused.csv"))
    qtbot.waitUntil(lambda: bool(importer.calls("save_refused")))
    assert importer.calls("save_refused")[0][2] == refused


def test_a_mapping_is_kept_under_a_name(page_of: Open, qtbot: QtBot) -> None:
    importer = AnImporter()
    page = opened(page_of(importer), qtbot)
    go_to(page, CHECK, qtbot)
    page.check.mapping_name.setText("Ours")
    page.check.save_mapping.click()
    qtbot.waitUntil(lambda: importer.calls("save_mapping") == [("Ours",)])


def test_an_import_that_fails_says_why_and_can_be_tried_again(page_of: Open, qtbot: QtBot) -> None:
    importer = AnImporter()
    page = opened(page_of(importer), qtbot)
    go_to(page, WORDS, qtbot)
    importer.fault = DeskError("The disk is full.")
    page.frame.next.click()
    qtbot.waitUntil(lambda: page.check.sentence.text() == "The disk is full.")
    qtbot.mouseClick(page.frame.back, Qt.MouseButton.LeftButton)
    go_to(page, CHECK, qtbot)
    assert page.check.sentence.text() == "2 tickets would be imported."


def test_going_back_keeps_what_was_chosen(page_of: Open, qtbot: QtBot) -> None:
    page = opened(page_of(AnImporter()), qtbot)
    go_to(page, COLUMNS, qtbot)
    page.columns.boxes["team"].setEditText("{who}")
    go_to(page, WORDS, qtbot)
    page.frame.back.click()
    assert page.columns.boxes["team"].currentText() == "{who}"
    page.frame.tabs.setCurrentIndex(FILE)
    go_to(page, COLUMNS, qtbot)
    assert page.columns.boxes["team"].currentText() == "{who}"


def test_what_only_a_file_needs_is_not_made_with_the_page(page_of: Open, qtbot: QtBot) -> None:
    page = page_of(AnImporter())
    before = (page.file.zone.count(), len(page.columns.boxes))
    go_to(opened(page, qtbot), COLUMNS, qtbot)
    assert before == (0, 0)
    assert page.file.zone.count() == 2
    assert page.columns.boxes["title"].isVisible()
