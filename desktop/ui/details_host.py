"""The place beside the cards for the details of one escalation, shown and hidden as wanted."""

from typing import Protocol

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

_LEAST = 320


class ShowsEscalation(Protocol):
    """The details panel; a widget with these besides."""

    def show_escalation(self, escalation_id: int, /) -> None:
        """Show this one."""
        ...

    def clear(self) -> None:
        """Show none."""
        ...

    def focus_first(self) -> None:
        """Put the focus on the first thing to do."""
        ...


class DetailsHost(QFrame):
    """Holds the details panel and knows which escalation it shows.

    Signals:
        shown_changed: (bool) it is in sight now, or not.
    """

    shown_changed = Signal(bool)

    def __init__(self, panel: QWidget, shows: ShowsEscalation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._shows = shows
        self._wanted = 0
        self._shown_id = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(panel)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """Never so narrow that something in it would be cut off."""
        return super().minimumSizeHint().expandedTo(QSize(_LEAST, 0))

    @property
    def current_id(self) -> int:
        """The escalation in sight; 0 for none."""
        return self._shown_id if self.is_shown else 0

    @property
    def is_shown(self) -> bool:
        """Whether it is in sight where the board is."""
        return not self.isHidden()

    def follow(self, escalation_id: int) -> None:
        """Another card is the current one: show it, if anybody can see it; where none is, nothing changes."""
        if not escalation_id:
            return
        self._wanted = escalation_id
        if self.is_shown:
            self._show()

    def peek(self, escalation_id: int) -> None:
        """Show one; the focus stays where it is."""
        self._wanted = escalation_id
        self.set_shown(True)

    def open(self, escalation_id: int) -> None:
        """Show one and go there."""
        self.peek(escalation_id)
        self._shows.focus_first()

    def set_shown(self, is_shown: bool) -> None:
        """Show or hide the panel."""
        was_shown = self.is_shown
        self.setVisible(is_shown)
        if is_shown:
            self._show()
        if is_shown != was_shown:
            self.shown_changed.emit(is_shown)

    def toggle(self) -> None:
        """Show it if it is hidden, hide it if it is shown."""
        self.set_shown(not self.is_shown)

    def close_panel(self) -> None:
        """Hide it."""
        self.set_shown(False)

    def focus_first(self) -> None:
        """Go to the panel."""
        self._shows.focus_first()

    def _show(self) -> None:
        if self._wanted == self._shown_id:
            return
        self._shown_id = self._wanted
        if self._shown_id:
            self._shows.show_escalation(self._shown_id)
        else:
            self._shows.clear()
