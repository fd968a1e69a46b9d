"""A message to try a mapping on: as it came, its places with what stands there, and what comes of it."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.domain.signal_mapping import SampleRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.signals.trying import Trial
from desktop.ui.text import one_line

_ROWS = 11


class PlaceTable(QTableView):
    """Paths and values; a click or Enter chooses one.

    Signals:
        chosen: (SampleRow, bool as_well) with Shift it is wanted as well as what is there.
        left: the person goes back without choosing.
    """

    chosen = Signal(object, bool)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model_ = RowsModel[SampleRow](
            (
                Column("Path", lambda row: row.path, tip=lambda row: row.path),
                Column("Stands there", lambda row: one_line(row.value), tip=lambda row: row.value),
            ),
            self,
        )
        self.setModel(self.model_)
        self.setAccessibleName("Places in the sample")
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(self.verticalHeader().defaultSectionSize() * _ROWS)
        self.clicked.connect(self._choose)

    def show_places(self, rows: tuple[SampleRow, ...]) -> None:
        """Show these; the current one stays where it was."""
        if rows == self.model_.rows:
            return
        at = max(self.currentIndex().row(), 0)
        self.model_.set_rows(rows)
        if rows:
            self.selectRow(min(at, len(rows) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell(self.currentIndex(), event.modifiers())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self._tell(index, QGuiApplication.keyboardModifiers())

    def _tell(self, index: QModelIndex, modifiers: Qt.KeyboardModifier) -> None:
        row = self.model_.row(index)
        if row is not None:
            self.chosen.emit(row, bool(modifiers & Qt.KeyboardModifier.ShiftModifier))


class SamplePane(QWidget):
    """The sample above, its places below it, and between them what comes of it.

    Signals:
        changed: another sample.
        last_requested: show what the source sent last.
    """

    changed = Signal()
    last_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = LongText(lines=6)
        self.text.setAccessibleName("Sample")
        self.text.setPlaceholderText("Paste a message here: what comes of it is told below.")
        self.last_button = Button("Show the last message")
        self.outcome = Label("", wrap=True)
        self.fault = Label("", "danger", wrap=True)
        self.name = Label("", "secondary", wrap=True)
        self.hint = Label("", "hint", wrap=True)
        self.places = PlaceTable()
        for label in (self.outcome, self.fault):
            label.let_select()
        head = QHBoxLayout()
        head.addWidget(Label("Sample", "strong"), 1)
        head.addWidget(self.last_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self.text, self.outcome, self.fault, self.name, self.hint, self.places):
            column.addWidget(widget)
        column.addStretch(1)
        self.text.textChanged.connect(self.changed)
        self.last_button.clicked.connect(self.last_requested)
        self.show_trial(Trial())

    def sample(self) -> str:
        """What is to be tried."""
        return self.text.toPlainText().strip()

    def show_last(self, text: str) -> None:
        """What the source sent last."""
        self.text.setPlainText(text)
        if not text:
            self.show_trial(Trial(outcome="It has sent nothing yet."))

    def show_trial(self, trial: Trial) -> None:
        """What comes of the sample."""
        self.outcome.setText(trial.outcome)
        self.fault.setText(_fault(trial))
        self.name.setText(f"It looks like {trial.name}: start from that." if trial.name else "")
        self.places.show_places(trial.rows)
        for label in (self.outcome, self.fault, self.name):
            label.setVisible(bool(label.text()))
        for widget in (self.places, self.hint):
            widget.setVisible(bool(trial.rows))

    def show_target(self, label: str) -> None:
        """Which field takes what is chosen."""
        self.hint.setText(
            f"Click a place, or press Enter on it, to put it into {label}; with Shift as a second choice."
        )


def _fault(trial: Trial) -> str:
    where = f" (at {trial.path})" if trial.path and trial.path not in trial.fault else ""
    return f"It cannot be read: {trial.fault}{where}" if trial.fault else ""
