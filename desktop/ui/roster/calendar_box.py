"""Shifts for people's own calendars: a file, or an address that calendar programs read again and again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.services.roster_calendar import CalendarLink
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.dialogs import save_file_dialog
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.roster.ports import Address, KeepsCalendars, RosterFound
from desktop.ui.tasks import TaskRunner

_FILTER = "Calendars (*.ics)"
_TEAM = "team:"
_MOST = 6


class CalendarBox(QFrame):
    """Whose shifts, and what to do with them.

    Signals:
        closed: the person has done with it.
        said: (str) what was done.
    """

    closed = Signal()
    said = Signal(str)

    def __init__(
        self, calendars: KeepsCalendars, found: RosterFound, runner: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "prompt")
        self.setAccessibleName("Shifts in a calendar")
        self.setMinimumWidth(600)
        self._calendars, self._found, self._runner = calendars, found, runner
        self.whose = Choice("Whose shifts")
        teams = dict.fromkeys(state.team for state in found.schedules if state.team)
        own = found.operator.id if found.operator is not None else 0
        people = sorted(found.people, key=lambda person: (person.id != own, person.name.casefold()))
        self.whose.offer(
            [
                *((f"{_TEAM}{team}", f"Team {team}") for team in teams),
                *((str(person.id), person.name) for person in people),
            ]
        )
        if own:
            self.whose.set_value(str(own))
        self.save_button = Button("Save as a file…", "primary")
        self.make_button = Button("Make an address…")
        self.address = QLineEdit()
        self.address.setReadOnly(True)
        self.address.setAccessibleName("Address of the calendar")
        self.copy_button = Button("Copy")
        self.error = Label("", "danger", wrap=True)
        self.about = Label("", "hint", wrap=True)
        self.close_button = Button("Close", keys="Esc")
        self._links = QVBoxLayout()
        self._shown: dict[int, Button] = {}
        self._lay_out()
        self.setFocusProxy(self.whose)
        self.save_button.clicked.connect(self._choose_file)
        self.make_button.clicked.connect(self._make)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.closed)
        self.refresh()

    def refresh(self) -> None:
        """Fetch the addresses there are."""
        self._runner.run(self._calendars.links, self._show_links, owner=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def save_to(self, path: str) -> None:
        """Write the calendar of whoever is chosen there."""
        person_id, team = self._chosen()
        work = partial(self._calendars.write_calendar, path, person_id=person_id, team=team)
        self._runner.run(work, self._saved, self._fail, owner=self)

    def _chosen(self) -> tuple[int, str]:
        """A person's id, or a team's name."""
        value = str(self.whose.value())
        if value.startswith(_TEAM):
            return 0, value.removeprefix(_TEAM)
        return int(value or 0), ""

    def _choose_file(self) -> None:
        name = "".join(sign if sign.isalnum() else "-" for sign in self.whose.currentText().lower())
        dialog = save_file_dialog(self, "Save the shifts", f"{name}.ics", _FILTER)
        dialog.setDefaultSuffix("ics")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _saved(self, _nothing: object) -> None:
        self.said.emit("The shifts are saved.")
        self.closed.emit()

    def _make(self) -> None:
        self._fail(None)
        person_id, team = self._chosen()
        work = partial(self._calendars.add_link, person_id=person_id, team=team)
        self._runner.run(work, self._show_address, self._fail, owner=self)

    def _show_address(self, address: Address) -> None:
        if not address.url:
            self.error.setText(address.why_not)
            self.error.show()
            return
        self.address.setText(address.url)
        self._address_part.show()
        self.about.setText("Shown this once: give it to the calendar program now. Whoever has it can read.")
        self.copy_button.setFocus()
        self.refresh()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        self.copy_button.set_text("Copied")

    def _fail(self, error: DeskError | None) -> None:
        self.error.setText("" if error is None else str(error))
        self.error.setVisible(error is not None)

    def _show_links(self, links: Sequence[CalendarLink]) -> None:
        while self._links.count():
            item = self._links.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self._shown = {}
        for link in links[-_MOST:]:
            self._links.addWidget(self._link_line(link))
        if not links:
            self._links.addWidget(Label("None yet.", "hint"))
        if len(links) > _MOST:
            self._links.addWidget(Label(f"And {len(links) - _MOST} older ones.", "hint"))

    def _link_line(self, link: CalendarLink) -> QWidget:
        whose = f"Team {link.team}" if link.team else self._found.name_of(link.person_id)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(f"{whose}, made by {link.made_by} on {link.made_at:%d.%m.%Y}"), 1)
        button = self._shown[link.id] = Button("End it", "small")
        button.setObjectName(str(link.id))
        button.setAccessibleName(f"End the address of {whose}, number {link.id}")
        button.clicked.connect(self._end)
        row.addWidget(button)
        return line

    def _end(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            work = partial(self._calendars.end_link, int(sender.objectName()))
            self._runner.run(work, self._ended, self._fail, owner=self)

    def _ended(self, _nothing: object) -> None:
        self.refresh()

    def _lay_out(self) -> None:
        rows = FormRows()
        rows.add_row("Whose shifts", self.whose, "A month back and a year ahead, in the calendar's own zone.")
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.make_button)
        line.addWidget(self.save_button)
        self._address_part = QWidget()
        address = QHBoxLayout(self._address_part)
        address.setContentsMargins(0, 0, 0, 0)
        address.addWidget(self.address, 1)
        address.addWidget(self.copy_button)
        self._address_part.hide()
        self.error.hide()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label("Shifts in a calendar", "heading"))
        column.addWidget(rows)
        column.addLayout(line)
        column.addWidget(self._address_part)
        column.addWidget(self.about)
        column.addWidget(self.error)
        column.addWidget(Label("Addresses that may be read", "small_strong"))
        column.addLayout(self._links)
        column.addLayout(foot)
