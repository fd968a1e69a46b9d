"""The mark of a drill wherever its desk is seen, and nowhere on a real one."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from desktop.adapters.documents.blocks import Document, Paragraph, marked
from desktop.domain.board import BREACHED, FRESH
from desktop.ui.alarm_words import marked as marked_line
from desktop.ui.alarm_words import of_item
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.look import BoardLook
from desktop.ui.board.metrics import Density
from desktop.ui.drill.frame import BORDER, put_mark
from desktop.ui.kit.dialogs import Question, mark_around, save_file_dialog
from desktop.ui.presentation.card_painter import RoomCardPainter
from desktop.ui.shortcuts import ShortcutSheet
from tests.factories import MONDAY_US
from tests.ui.alarm_support import an_item
from tests.ui.board_support import a_row


@pytest.fixture
def look(theme):
    made = BoardLook(theme)
    made.now_us = MONDAY_US
    return made


@pytest.fixture
def window(theme, qtbot):
    made = QWidget()
    made.setWindowTitle("Escalation Desk")
    qtbot.addWidget(made)
    made.resize(400, 300)
    put_mark(made, "DRILL", theme)
    with qtbot.waitExposed(made):
        made.show()
    return made


def card(look, step, width=190):
    metrics = look.metrics(width)
    return CardPainter(look).pixmap(a_row(), step, metrics, is_snoozed=False, ratio=1.0).toImage()


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("step", [FRESH, BREACHED])
@pytest.mark.parametrize("width", [150, 190, 400])
def test_every_card_of_the_lanes_says_it_in_its_head(look, density, step, width):
    look.set_density(density)
    plain = card(look, step, width)
    look.set_mark("DRILL")
    assert card(look, step, width) != plain


def test_a_card_of_the_room_says_it_too(look, theme):
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter, QPixmap

    def painted():
        pixmap = QPixmap(400, 200)
        pixmap.fill(Qt.GlobalColor.white)
        painter = QPainter(pixmap)
        RoomCardPainter(look).draw(painter, QRectF(0, 0, 400, 200), a_row(), is_current=False)
        painter.end()
        return pixmap.toImage()

    plain = painted()
    look.set_mark("DRILL")
    assert painted() != plain


def test_a_screen_reader_hears_it_first(open_window):
    board = open_window(a_row(1)).window.board
    board.cards.look.set_mark("DRILL")
    board.sight.set_table(True)
    index = board.cards.table.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("DRILL, ESC-2026-0001")


def test_the_table_has_room_for_it_in_its_first_column(open_window):
    board = open_window(a_row(1)).window.board
    board.sight.set_table(True)
    before = board.cards.table.columnWidth(0)
    board.cards.look.set_mark("DRILL")
    metrics = board.cards.look.fonts.badge_metrics
    assert board.cards.table.columnWidth(0) >= before + metrics.horizontalAdvance("DRILL")


def test_a_window_has_it_in_its_title_and_stripes_around_it(window, theme):
    assert window.windowTitle() == "DRILL — Escalation Desk"
    edge = window.grab(QRect(0, 0, 60, BORDER)).toImage()
    found = {edge.pixelColor(x, 3).name() for x in range(60)}
    assert theme.colour("drill.fill").name() in found
    assert len(found) > 1


def test_nothing_of_the_window_lies_below_the_stripes(window):
    assert window.contentsRect() == window.rect().adjusted(BORDER, BORDER, -BORDER, -BORDER)


def test_the_mouse_goes_through_the_stripes(window):
    assert window.childAt(2, 2) is None


def test_a_dialog_over_it_says_it_as_well(window, qtbot):
    window.activateWindow()
    question = Question(
        window, "Sure?", "It is gone then.", (("yes", "Delete"), ("no", "Keep")), safe="no", cancel="no"
    )
    question.open()
    question.activateWindow()
    qtbot.waitUntil(lambda: question.windowTitle() == "DRILL — Escalation Desk")
    question.reject()


def test_a_file_gets_it_in_its_name(window):
    field = QWidget(window)
    dialog = save_file_dialog(field, "Save", "handoff.pdf", "PDF (*.pdf)")
    assert dialog.selectedFiles()[0].endswith("/DRILL-handoff.pdf")
    dialog.deleteLater()


def test_a_file_of_a_real_desk_is_called_as_it_was(qtbot):
    plain = QWidget()
    qtbot.addWidget(plain)
    assert mark_around(plain) == ""


def test_paper_carries_it(window, stage, theme):
    lines = ShortcutSheet(stage.actions, theme, window).as_text().splitlines()
    assert lines[0].startswith("DRILL")
    assert lines[-1].startswith("DRILL")


def test_an_alarm_over_the_page_says_it_first():
    text = of_item(an_item())
    assert marked_line(text, "") is text
    assert marked_line(text, "DRILL").headline == f"DRILL: {text.headline}"


def test_a_document_has_it_in_title_head_and_across():
    plain = Document("Handoff", "Handoff, Mon", (Paragraph("x"),), mark="Internal")
    assert marked(plain, "") is plain
    drilled = marked(plain, "DRILL")
    assert (drilled.title, drilled.running, drilled.mark) == (
        "DRILL — Handoff",
        "DRILL — Handoff, Mon",
        "DRILL: Internal",
    )
    assert replace(drilled, title="Handoff", running="Handoff, Mon", mark="Internal") == plain
