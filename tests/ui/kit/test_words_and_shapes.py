import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.paths import resource
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.pill import Pill
from desktop.ui.kit.table_model import Column, RowsModel


@pytest.fixture
def icons(theme):
    return Icons(resource("icons"), theme)


def test_labels_show_markup_as_text_and_cut_what_is_endless(theme, qtbot):
    label = Label("<b>x</b>")
    qtbot.addWidget(label)
    assert label.text() == "<b>x</b>"
    label.setText("y" * 1_000_000)
    assert len(label.text()) < 5000


def test_a_line_that_does_not_fit_can_be_read_as_a_tip(theme, qtbot):
    label = ElidedLabel("A very long title that cannot fit")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert label.toolTip() == "A very long title that cannot fit"
    label.resize(900, 20)
    label.grab()
    assert label.toolTip() == ""


def test_a_button_shows_its_keys_and_says_them_apart(theme, qtbot):
    button = Button("Open escalation", "primary", keys="Ctrl+Enter")
    qtbot.addWidget(button)
    assert button.text() == "Open escalation  Ctrl+Enter"
    assert (button.accessibleName(), button.accessibleDescription()) == ("Open escalation", "Ctrl+Enter")


def test_a_button_without_words_has_a_name(icons, qtbot):
    button = IconButton(icons, "close", "Close the panel")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Close the panel", "Close the panel")
    assert min(button.minimumSize().toTuple()) >= 24


def test_a_meter_stays_between_nothing_and_all(theme, qtbot):
    meter = Meter(theme)
    qtbot.addWidget(meter)
    meter.set_share(1.4, "21 of 15")
    assert meter.share == 1.0
    meter.set_share(-1, "none")
    assert (meter.share, meter.accessibleName()) == (0.0, "none")
    assert not meter.grab().isNull()


@pytest.mark.parametrize(
    "tone", ["neutral", "primary", "danger", "warning", "success", "count", "at_risk", "breached"]
)
def test_every_tone_of_a_pill_can_be_painted(theme, qtbot, tone):
    pill = Pill(theme, "P1 · 94", tone)
    qtbot.addWidget(pill)
    assert not pill.grab().isNull()


def test_an_empty_state_says_why_and_what_to_do(icons, qtbot):
    empty = EmptyState(icons)
    qtbot.addWidget(empty)
    empty.show_state("inbox", "No escalations yet", "Log the first one.", "New escalation")
    assert empty.sentence == "No escalations yet Log the first one."
    with qtbot.waitSignal(empty.button_pressed):
        empty.findChild(QPushButton).click()


def test_what_does_not_fit_flows_to_the_next_line(theme, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    buttons = [QPushButton("word" * 4) for _ in range(5)]
    for button in buttons:
        flow.addWidget(button)
    wide = sum(button.sizeHint().width() + 6 for button in buttons)
    assert flow.heightForWidth(wide // 2) > flow.heightForWidth(wide)


def test_a_table_shows_rows_through_its_columns(qtbot):
    model = RowsModel((Column("Name", str), Column("Length", lambda row: str(len(row)), align_right=True)))
    _tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(["Ada", "Leonora"])
    assert [model.index(1, column).data() for column in (0, 1)] == ["Leonora", "7"]
