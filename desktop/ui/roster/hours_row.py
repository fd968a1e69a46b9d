"""When a layer is on duty: days of the week, times, holidays."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.worktime_rules import WEEKDAYS
from desktop.ui.icons import Icons
from desktop.ui.kit.button import IconButton
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label

_HOLIDAYS = (("", "All days"), ("only", "Only holidays of"), ("except", "No holidays of"))


class HoursRow(QWidget):
    """One restriction: any of several lets a layer be on duty.

    Signals:
        edited: it says something else.
        remove_wanted: it is to go.
    """

    edited = Signal()
    remove_wanted = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = {day: CheckBox(day.capitalize()) for day in WEEKDAYS}
        self.starts, self.ends, self.country = QLineEdit("08:00"), QLineEdit("20:00"), QLineEdit()
        self.holidays = Choice("Holidays", least=12)
        self.holidays.offer(_HOLIDAYS)
        self.remove_button = IconButton(icons, "trash", "Remove these hours")
        for field in (self.starts, self.ends):
            field.setFixedWidth(field.fontMetrics().horizontalAdvance("00:000") + 26)
        self.country.setPlaceholderText("DE or DE-BY")
        self.country.setFixedWidth(field.fontMetrics().horizontalAdvance("DE or DE-BY") + 30)
        self._lay_out()
        for box in self.days.values():
            box.setChecked(True)
            box.toggled.connect(self.edited)
        for field in (self.starts, self.ends, self.country):
            field.textChanged.connect(self.edited)
        self.holidays.currentIndexChanged.connect(self._follow)
        self.remove_button.clicked.connect(self.remove_wanted)
        self._follow()

    def set_place(self, place: int, layer: str) -> None:
        """Which hours of which layer these are."""
        where = f"hours {place} of {layer}"
        self.starts.setAccessibleName(f"From, {where}")
        self.ends.setAccessibleName(f"To, {where}")
        self.country.setAccessibleName(f"Country, {where}")
        self.holidays.setAccessibleName(f"Holidays, {where}")
        self.remove_button.setAccessibleName(f"Remove {where}")
        for day, box in self.days.items():
            box.setAccessibleName(f"{day.capitalize()}, {where}")

    def show_document(self, document: Mapping[str, Any]) -> None:
        """Show a restriction of a document."""
        days = document.get("days", WEEKDAYS)
        for day, box in self.days.items():
            box.setChecked(day in days)
        self.starts.setText(str(document.get("from", "00:00")))
        self.ends.setText(str(document.get("to", "24:00")))
        self.country.setText(str(document.get("holidays", "")))
        is_only = bool(document.get("only", True))
        self.holidays.set_value(("only" if is_only else "except") if document.get("holidays") else "")
        self._follow()

    def document(self) -> dict[str, Any]:
        """The restriction as a document holds it."""
        days = [day for day, box in self.days.items() if box.isChecked()]
        found: dict[str, Any] = {} if len(days) == len(WEEKDAYS) else {"days": days}
        found |= {"from": self.starts.text().strip(), "to": self.ends.text().strip()}
        if self.holidays.value():
            found |= {"holidays": self.country.text().strip(), "only": self.holidays.value() == "only"}
        return found

    def _follow(self, _at: int = 0) -> None:
        self.country.setVisible(bool(self.holidays.value()))
        self.edited.emit()

    def _lay_out(self) -> None:
        days = FlowLayout(spacing=2)
        for box in self.days.values():
            days.addWidget(box)
        times = QHBoxLayout()
        times.setSpacing(6)
        for widget in (Label("from", "hint"), self.starts, Label("to", "hint"), self.ends):
            times.addWidget(widget)
        times.addWidget(self.holidays, 1)
        times.addWidget(self.country)
        times.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(4)
        column.addLayout(days)
        column.addLayout(times)
