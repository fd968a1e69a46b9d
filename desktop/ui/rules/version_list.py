"""The versions of one rule: what changed in each, by whom, and the way back to it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.rule_action import Names
from desktop.services.rule_rows import RuleVersion
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.rules.words import sentence
from desktop.ui.text import moment


class VersionList(QFrame):
    """Every version, newest first.

    Signals:
        restore_requested: (int version) let it count again.
        closed: the person has seen enough.
    """

    restore_requested = Signal(int)
    closed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._clock = clock
        self._names: Names = {}
        self.title = Label("", "heading")
        self.close_button = Button("Close", keys="Esc")
        self.close_button.clicked.connect(self.closed)
        self.buttons: dict[int, Button] = {}
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 8)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(ScrollColumn(inner), 1)

    def show_versions(self, versions: Sequence[RuleVersion], names: Names) -> None:
        """Show these, the newest first; `names` are those of people."""
        self._names = names
        while self._column.count():
            item = self._column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self.buttons = {}
        self.title.setText(f"Versions of “{versions[0].rule.name}”" if versions else "")
        for place, version in enumerate(versions):
            self._column.addWidget(self._section(version, is_newest=place == 0))
        self.close_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _section(self, version: RuleVersion, *, is_newest: bool) -> Section:
        when = moment(version.made_at, self._clock.now())
        section = Section(f"Version {version.version}", f"{when}, by {version.made_by}")
        if not is_newest:
            button = self.buttons[version.version] = Button("Restore", "small")
            button.setObjectName(str(version.version))
            button.setAccessibleName(f"Restore version {version.version}")
            button.clicked.connect(self._press)
            section.add_to_head(button)
        words = "\n".join(version.difference) or f"First written. {sentence(version.rule, self._names)}"
        section.body.addWidget(Label(words, wrap=True))
        return section

    def _press(self) -> None:
        sender = self.sender()
        if isinstance(sender, QObject):
            self.restore_requested.emit(int(sender.objectName()))
