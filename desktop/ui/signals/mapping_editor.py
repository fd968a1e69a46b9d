"""How the bodies of a source are read: its mapping, beside a sample that shows at once what comes of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.signal_mapping import SampleRow
from desktop.ui.kit.button import Button
from desktop.ui.kit.dialogs import open_file_dialog, save_file_dialog
from desktop.ui.kit.label import Label
from desktop.ui.signals.mapping_fields import MappingFields
from desktop.ui.signals.sample_pane import SamplePane
from desktop.ui.signals.trying import Trial

_WAIT_MS = 250
_FILES = "Signal mappings (*.yaml *.yml)"


class MappingEditor(QWidget):
    """The fields at the left, the sample at the right.

    Signals:
        try_requested: (str sample, mapping or None) what would come of this?
        last_requested: show what the source sent last.
        open_requested, save_requested: (Path) a mapping as a file.
    """

    try_requested = Signal(str, object)
    last_requested = Signal()
    open_requested = Signal(object)
    save_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = MappingFields()
        self.pane = SamplePane()
        self.open_button = Button("Open mapping…")
        self.save_button = Button("Save mapping…")
        self.fault = Label("", "danger", wrap=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._left = QWidget()
        self._lay_out()
        self._connect()
        self._say("")
        self.pane.show_target("Title")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Label("Mapping", "strong"), 1)
        head.addWidget(self.open_button)
        head.addWidget(self.save_button)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addLayout(head)
        left.addWidget(
            Label("Paths such as alert.labels.severity; empty where it says nothing.", "hint", wrap=True)
        )
        left.addWidget(self.fault)
        left.addWidget(self.fields)
        left.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(24)
        line.addWidget(self._left, 1)
        line.addWidget(self.pane, 1)

    def _connect(self) -> None:
        self.fields.changed.connect(self._soon.start)
        self.fields.target_changed.connect(self.pane.show_target)
        self.fields.rows_wanted.connect(self._go_to_places)
        self.pane.changed.connect(self._soon.start)
        self.pane.last_requested.connect(self.last_requested)
        self.pane.places.chosen.connect(self._take)
        self.pane.places.left.connect(self._go_back)
        self._soon.timeout.connect(self.try_now)
        self.open_button.clicked.connect(self._ask_open)
        self.save_button.clicked.connect(self._ask_save)

    def show_source(self, mapping: Mapping[str, Any] | None, *, has_sent: bool) -> None:
        """Fill the fields of another source; the sample is empty."""
        self.fields.show_mapping(mapping)
        self.show_fault(None)
        self.pane.text.setPlainText("")
        self.pane.show_trial(Trial())
        self.pane.last_button.setVisible(has_sent)

    def show_kind(self, *, is_mapped: bool) -> None:
        """Whether such bodies are read by a mapping."""
        self._left.setVisible(is_mapped)
        self._soon.start()

    def mapping(self) -> dict[str, Any] | None:
        """What is filled in.

        Raises: DeskError naming the entry at fault.
        """
        return self.fields.mapping()

    def show_fault(self, error: DeskError | None) -> None:
        """What is wrong with the mapping, beside its field where there is one."""
        is_shown = self.fields.show_error(error)
        self._say(str(error) if error is not None and not is_shown else "")

    @property
    def is_waiting(self) -> bool:
        """Whether the sample is soon to be tried again."""
        return self._soon.isActive()

    def try_now(self) -> None:
        """Ask what comes of the sample with what is filled in."""
        try:
            mapping = self.mapping()
        except DeskError as error:
            self.show_fault(error)
            return
        self.show_fault(None)
        if sample := self.pane.sample():
            self.try_requested.emit(sample, mapping)
        else:
            self.pane.show_trial(Trial())

    def _take(self, row: SampleRow, as_well: bool) -> None:
        self.fields.take(row, as_well=as_well)
        self._go_back()

    def _go_back(self) -> None:
        self.fields.target.setFocus()

    def _go_to_places(self) -> None:
        if self.pane.places.isVisible():
            self.pane.places.setFocus()

    def _ask_open(self) -> None:
        dialog = open_file_dialog(self, "Open a signal mapping", _FILES)
        dialog.fileSelected.connect(self._open)
        dialog.open()

    def _ask_save(self) -> None:
        try:
            self.mapping()
        except DeskError as error:
            self.show_fault(error)
            return
        dialog = save_file_dialog(self, "Save this signal mapping", "mapping.yaml", _FILES)
        dialog.setDefaultSuffix("yaml")
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _open(self, path: str) -> None:
        self.open_requested.emit(Path(path))

    def _save(self, path: str) -> None:
        self.save_requested.emit(Path(path))

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
