"""What the scenario is still to be mended of, beside its forms: a sentence and advice for each fault."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.ui.drill.editor_said import place_of, sentence_of
from desktop.ui.icons import Icons
from desktop.ui.kit.label import Label
from desktop.ui.text import counted

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_MOST = 200


class CheckModel(QAbstractListModel):
    """The faults, errors first."""

    def __init__(self, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.faults: list[Fault] = []
        self.lines: list[str] = []

    def show_faults(self, faults: Sequence[Fault], document: object) -> None:
        """Show these."""
        found = sorted(faults, key=lambda fault: fault.is_warning)[:_MOST]
        lines = [f"{place_of(document, fault.path)}: {sentence_of(fault)}" for fault in found]
        if lines == self.lines:
            self.faults = found
            return
        self.beginResetModel()
        self.faults, self.lines = found, lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.faults)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.faults):
            return None
        fault = self.faults[index.row()]
        if role == Role.DisplayRole:
            return self.lines[index.row()]
        if role == Role.AccessibleTextRole:
            return f"{'Look at' if fault.is_warning else 'Mend'} {self.lines[index.row()]}"
        if role == Role.DecorationRole:
            icon, token = ("warning", "text.warning") if fault.is_warning else ("danger", "text.danger")
            return self._icons.pixmap(icon, 16, token)
        return None


class ChecksPane(QFrame):
    """A click or Enter goes to the field.

    Signals:
        picked: (path) the person wants to mend it.
    """

    picked = Signal(object)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "aside")
        self.setAccessibleName("Checks")
        self.model = CheckModel(icons, self)
        self.state = Label("", "strong", wrap=True)
        self.view = _View()
        self.view.setModel(self.model)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 4)
        column.setSpacing(6)
        column.addWidget(self.state)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        self.view.clicked.connect(self._pick)
        self.view.entered_key.connect(self._pick_current)

    def show_faults(self, faults: Sequence[Fault], document: object) -> None:
        """Say what is wrong and what may be."""
        self.model.show_faults(faults, document)
        errors = sum(not fault.is_warning for fault in faults)
        warnings = len(faults) - errors
        if errors:
            odd = f", {warnings} to look at" if warnings else ""
            self.state.setText(f"{errors} to mend{odd}")
        elif warnings:
            self.state.setText(f"Can be published; {counted(warnings, 'thing')} to look at")
        else:
            self.state.setText("Nothing to mend: it can be published")
        self.view.setVisible(bool(faults))
        self.state.set_role("danger" if errors else "strong")

    def said(self) -> list[str]:
        """Every line."""
        return list(self.model.lines)

    def _pick(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.faults):
            path: Path = self.model.faults[index.row()].path
            self.picked.emit(path)

    def _pick_current(self) -> None:
        self._pick(self.view.currentIndex())


class _View(QListView):
    entered_key = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What is to be mended")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def sizeHint(self) -> QSize:
        return QSize(220, 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered_key.emit()
        elif is_enter:
            event.ignore()
        else:
            super().keyPressEvent(event)
