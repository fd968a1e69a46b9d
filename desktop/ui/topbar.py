"""The bar at the top: search and commands, what is urgent, and the one primary button."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.text import counted


class TopBar(QFrame):
    """Search or command at the left; pills and *New escalation* at the right."""

    def __init__(
        self, icons: Icons, palette: QAction, alarms: QAction, new: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "top")
        self._icons = icons
        self._count = 0
        self.command = Button("Search or run a command   Ctrl+K", "command")
        self.command.setAccessibleName("Search or run a command")
        self.command.setIconSize(QSize(16, 16))
        self.command.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.command.setMinimumWidth(160)
        self.command.clicked.connect(palette.trigger)
        self.alarms = Button("", "pill")
        self.alarms.clicked.connect(alarms.trigger)
        self.new = Button("New escalation", "primary", keys="Ctrl+N")
        self.new.clicked.connect(new.trigger)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 9, 12, 9)
        self._row.setSpacing(10)
        self._row.addWidget(self.command, 1)
        self._row.addWidget(self.alarms)
        self._row.addWidget(self.new)
        icons.icons_changed.connect(self._show)
        self._show()

    def add(self, widget: QWidget) -> None:
        """Something before the pill of the alarms, such as who is on call."""
        self._row.insertWidget(1, widget)

    def set_alarms(self, count: int) -> None:
        """How many alarms wait for somebody."""
        self._count = count
        self._show()

    def _show(self) -> None:
        tone = "text.danger" if self._count else "text.secondary"
        words = counted(self._count, "alarm") if self._count else "No alarms"
        self.command.setIcon(self._icons.icon("search", "text.secondary"))
        self.alarms.setIcon(self._icons.icon("alarm", tone))
        self.alarms.setText(words)
        self.alarms.setAccessibleName(f"{words}: show the alarms")
        self.alarms.setProperty("tone", "danger" if self._count else "")
        self.alarms.style().unpolish(self.alarms)
        self.alarms.style().polish(self.alarms)
