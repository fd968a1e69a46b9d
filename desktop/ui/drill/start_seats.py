"""Who sits where: a line for each seat with a name, from the people of the desk or free, and "here"."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.drill_record import Seat
from desktop.domain.drill_scenario import SeatRole
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label


class SeatFields(QWidget):
    """Fields for the seats of a scenario.

    Signals:
        changed: somebody was named, or is here.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: tuple[SeatRole, ...] = ()
        self._people: tuple[tuple[int, str], ...] = ()
        self.names: dict[str, Choice] = {}
        self.here: dict[str, CheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)

    def show_seats(
        self, roles: Sequence[SeatRole], people: Sequence[tuple[int, str]], staff_name: str
    ) -> None:
        """A line for each seat; those of staff begin with a name."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._roles, self._people = tuple(roles), tuple(people)
        self.names.clear()
        self.here.clear()
        for at, role in enumerate(self._roles):
            name = Choice(f"Who is {role.title}", free=True, least=14)
            name.offer([("", ""), *((words, words) for _, words in people)])
            name.set_value(staff_name if role.staff else "")
            line = name.lineEdit()
            if line is not None:
                line.setPlaceholderText("Anyone")
            box = CheckBox("Here")
            box.setAccessibleName(f"{role.title} is here")
            box.setChecked(role.staff and bool(staff_name))
            self.names[role.id], self.here[role.id] = name, box
            self._grid.addWidget(Label(_title(role), wrap=True), at, 0)
            self._grid.addWidget(name, at, 1)
            self._grid.addWidget(box, at, 2)
            name.currentTextChanged.connect(self._tell)
            box.toggled.connect(self._tell)

    def seats(self, now: datetime) -> tuple[Seat, ...]:
        """As it is filled in; who was not named goes by the title of the seat."""
        ids = {name: person_id for person_id, name in self._people}
        return tuple(
            Seat(
                role.id,
                role.title,
                name := self.names[role.id].currentText().strip() or role.title,
                ids.get(name),
                role.staff,
                now if self.here[role.id].isChecked() else None,
            )
            for role in self._roles
        )

    def alone(self, name: str, now: datetime) -> tuple[Seat, ...]:
        """One person in every seat."""
        ids = {words: person_id for person_id, words in self._people}
        return tuple(
            Seat(role.id, role.title, name or role.title, ids.get(name), role.staff, now)
            for role in self._roles
        )

    def missing(self) -> list[str]:
        """Seats where nobody has answered yet."""
        return [role.title for role in self._roles if not self.here[role.id].isChecked()]

    def _tell(self, *_what: object) -> None:
        self.changed.emit()


def _title(role: SeatRole) -> str:
    notes = [f"{role.seats} people"] if role.seats > 1 else []
    notes += ["staff"] if role.staff else []
    notes += ["absent at first"] if role.absent else []
    return f"{role.title} ({', '.join(notes)})" if notes else role.title
