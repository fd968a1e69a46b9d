"""A recurring drill filled in: what, for whom, how often; its rule by form, never typed."""

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSpinBox, QTimeEdit, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.drill.ports import PlanFound, PlanWish
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NTH = ((1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "last"))
_WEEKLY, _WEEKS, _MONTHLY = "weekly", "weeks", "monthly"
_RULES = ((_WEEKLY, "Every week"), (_WEEKS, "Every few weeks"), (_MONTHLY, "Every month"))
_WHEEL = ("", "The wheel draws one")


class PlanForm(QFrame):
    """Ctrl+Enter keeps it, Esc leaves it.

    Signals:
        wanted: (PlanWish) keep it.
        left: the person does not want to.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("A recurring drill")
        self._zone = "UTC"
        self.title = QLineEdit()
        self.what = Choice("Scenario")
        self.team = Choice("Team", free=True)
        self.rule = Choice("How often")
        self.rule.offer(_RULES)
        self.every = QSpinBox()
        self.every.setRange(2, 26)
        self.every.setSuffix(" weeks")
        self.every.setPrefix("every ")
        self.nth = Choice("Which one in the month")
        self.nth.offer(NTH)
        self.weekday = Choice("Weekday")
        self.weekday.offer(tuple(enumerate(WEEKDAYS)))
        self.weekday.set_value(3)
        self.time = QTimeEdit(QTime(14, 0))
        self.time.setDisplayFormat("HH:mm")
        self.fault = Label("", "danger", wrap=True)
        self.fault.hide()
        self.keep = Button("Add to the calendar", "primary", keys="Ctrl+Enter")
        self.cancel = Button("Cancel", keys="Esc")
        self._lay_out()
        self.rule.activated.connect(self._follow)
        self.keep.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.left)
        self._follow()

    def begin(self, found: PlanFound) -> None:
        """Fill in another one."""
        self._zone = found.zone
        self.title.clear()
        self.what.offer([_WHEEL, *found.scenarios])
        self.what.set_value("")
        self.team.offer([(team, team) for team in found.teams])
        self._time_row.set_hint(f"In {found.zone.replace('_', ' ')}.")
        self.refuse(None)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep it as it is filled in."""
        self.wanted.emit(
            PlanWish(
                title=self.title.text().strip(),
                slug=str(self.what.value() or ""),
                team=self.team.currentText().strip(),
                rule=str(self.rule.value() or _WEEKLY),
                weekday=_number(self.weekday),
                time=self.time.time().toString("HH:mm"),
                every=self.every.value(),
                nth=_number(self.nth),
                zone=self._zone,
            )
        )

    def refuse(self, error: DeskError | None) -> None:
        """What is wrong; nothing that was filled in is lost."""
        self.fault.setText(str(error) if error is not None else "")
        self.fault.setVisible(error is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _follow(self, *_key: object) -> None:
        rule = self.rule.value()
        self._every_row.set_visible(rule == _WEEKS)
        self._nth_row.set_visible(rule == _MONTHLY)

    def _lay_out(self) -> None:
        rows = FormRows()
        rows.add_row("Title", self.title, "Left empty, it goes by the scenario.")
        rows.add_row("Scenario", self.what)
        rows.add_row("Team", self.team)
        rows.add_row("How often", self.rule)
        self._every_row = rows.add_row("Weeks", self.every)
        self._nth_row = rows.add_row("Which one", self.nth)
        rows.add_row("Weekday", self.weekday)
        self._time_row = rows.add_row("Time", self.time)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label("A recurring drill", "heading"))
        column.addWidget(rows)
        column.addWidget(self.fault)
        column.addLayout(buttons)
        column.addStretch(1)


def _number(choice: Choice) -> int:
    value = choice.value()
    return value if isinstance(value, int) else 0
