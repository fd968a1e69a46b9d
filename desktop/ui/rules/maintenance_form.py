"""Plans one maintenance window: why, from when to when, what it covers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateTimeEdit, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.instant import US_PER_SECOND, from_us
from desktop.domain.maintenance import ANNOUNCE_US, MaintenanceWindow, read_scope, write_scope
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.segments import Segments
from desktop.ui.rules.conditions import ConditionGroup
from desktop.ui.rules.ports import Choices
from desktop.ui.text import exact

_MINUTE_US = 60 * US_PER_SECOND
_HOUR_US = 60 * _MINUTE_US
_COVERS = (("source", "One source"), ("conditions", "Conditions"), ("all", "Everything"))
_ANNOUNCE = (
    (0, "Not at all"),
    (15 * _MINUTE_US, "15 minutes"),
    (30 * _MINUTE_US, "30 minutes"),
    (_HOUR_US, "1 hour"),
    (24 * _HOUR_US, "1 day"),
)
_FORMAT = "ddd d MMM yyyy HH:mm"


class MaintenanceForm(QFrame):
    """One window while it is planned.

    Signals:
        keep_requested: (MaintenanceWindow) keep it so.
        closed: the person has done with it.
    """

    keep_requested = Signal(object)
    closed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._icons = icons
        self._id = 0
        self.conditions: ConditionGroup | None = None
        self.title = Label("", "heading")
        self.name, self.reason = QLineEdit(), QLineEdit()
        self.starts, self.ends = _date_time(), _date_time()
        self.announce = Choice("Announce before")
        self.announce.offer(_ANNOUNCE)
        self.covers = Segments(_COVERS, "What it covers")
        self.source = Choice("Source")
        self.error = Label("", "danger", wrap=True)
        self.keep_button = Button("Save", "primary", keys="Ctrl+Enter")
        self.close_button = Button("Close", keys="Esc")
        self._rows: dict[str, FormRow] = {}
        self._lay_out()
        self.starts.dateTimeChanged.connect(self._tell_zone)
        self.ends.dateTimeChanged.connect(self._tell_zone)
        self.covers.chosen.connect(self._follow)
        self.keep_button.clicked.connect(self.keep)
        self.close_button.clicked.connect(self.closed)

    def show_new(self, now_us: int, sources: Sequence[tuple[str, str]], choices: Choices) -> None:
        """Plan one that begins in an hour and lasts two."""
        start_us = (now_us // _HOUR_US + 1) * _HOUR_US
        self.show_window(MaintenanceWindow(0, "", start_us, start_us + 2 * _HOUR_US), sources, choices)
        self.covers.set_value("source" if sources else "conditions")
        self._follow()
        self.title.setText("Plan maintenance")

    def show_window(
        self, window: MaintenanceWindow, sources: Sequence[tuple[str, str]], choices: Choices
    ) -> None:
        """Change one."""
        self._id = window.id
        self.title.setText("Change maintenance")
        self.name.setText(window.name)
        self.reason.setText(window.reason)
        for field, at_us in ((self.starts, window.starts_us), (self.ends, window.ends_us)):
            field.setDateTime(QDateTime.fromMSecsSinceEpoch(at_us // 1000))
        self.announce.set_value(window.announce_us if _is_offered(window.announce_us) else ANNOUNCE_US)
        self.source.offer(sources)
        self._show_scope(window, choices)
        self._show_error(None)
        self._tell_zone()

    def window_written(self) -> MaintenanceWindow:
        """The window as it is written now.

        Raises: DeskError for conditions that are not complete.
        """
        return MaintenanceWindow(
            self._id,
            self.name.text().strip(),
            _instant_us(self.starts),
            _instant_us(self.ends),
            reason=self.reason.text().strip(),
            scope=read_scope(self._scope()),
            announce_us=int(str(self.announce.value())),
        )

    def keep(self) -> None:
        """Have it kept."""
        self._show_error(None)
        try:
            window = self.window_written()
        except DeskError as error:
            self.show_error(error)
            return
        self.keep_requested.emit(window)

    def show_error(self, error: DeskError) -> None:
        """What is wrong, beside what it is wrong with."""
        self._show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and with_control:
            self.keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        rows = FormRows()
        for key, words, field in (
            ("name", "Name", self.name),
            ("reason", "Reason", self.reason),
            ("starts_us", "From", self.starts),
            ("ends_us", "To", self.ends),
            ("announce_us", "Announce before", self.announce),
            ("covers", "Covers", self.covers),
            ("source", "Source", self.source),
        ):
            self._rows[key] = rows.add_row(words, field)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 6, 16, 16)
        self._column.setSpacing(10)
        self._column.addWidget(rows)
        self._column.addStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        head.addWidget(self.keep_button)
        self.error.setContentsMargins(16, 0, 16, 6)
        self.error.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(self.error)
        whole.addWidget(ScrollColumn(inner), 1)

    def _show_scope(self, window: MaintenanceWindow, choices: Choices) -> None:
        document = write_scope(window.scope)
        source = _one_source(document)
        self.covers.set_value("all" if document is None else "source" if source else "conditions")
        if source:
            self.source.set_value(source)
        if self.conditions is not None:
            self._column.removeWidget(self.conditions)
            self.conditions.hide()
            self.conditions.deleteLater()
        self.conditions = ConditionGroup(choices, self._icons)
        self.conditions.path = "scope"
        start = {"all": [{"field": "title", "operator": "contains"}]}
        self.conditions.show_conditions(start if document is None or source else document)
        self._column.insertWidget(1, self.conditions)
        self._follow()

    def _scope(self) -> dict[str, Any] | None:
        covers = self.covers.value()
        if covers == "source":
            return {"all": [{"field": "source", "operator": "is", "value": self.source.value()}]}
        return self.conditions.document() if covers == "conditions" and self.conditions else None

    def _follow(self) -> None:
        covers = self.covers.value()
        self._rows["source"].set_visible(covers == "source")
        if self.conditions is not None:
            self.conditions.setVisible(covers == "conditions")
        self._rows["covers"].set_hint("Nothing at all opens an escalation then." if covers == "all" else "")

    def _tell_zone(self) -> None:
        for key, field in (("starts_us", self.starts), ("ends_us", self.ends)):
            self._rows[key].set_hint(f"Local time: {exact(from_us(_instant_us(field)))}")

    def _show_error(self, error: DeskError | None) -> None:
        for row in self._rows.values():
            row.set_error("")
        parts = [*self.conditions.every()] if self.conditions is not None else []
        for part in parts:
            part.show_error("")
        self.error.hide()
        if error is None:
            return
        field = error.field or ""
        words = str(error).removeprefix(f"{field}: ") if field else str(error)
        found = next((one for one in parts if field == one.path or field.startswith(f"{one.path}.")), None)
        if field in self._rows:
            self._rows[field].set_error(words)
        elif found is not None and self.covers.value() == "conditions":
            found.show_error(words)
        else:
            self.error.setText(words)
            self.error.show()


def _date_time() -> QDateTimeEdit:
    field = QDateTimeEdit()
    field.setDisplayFormat(_FORMAT)
    field.setCalendarPopup(True)
    return field


def _instant_us(field: QDateTimeEdit) -> int:
    """The instant of whole minutes that a field shows."""
    return int(field.dateTime().toSecsSinceEpoch()) // 60 * _MINUTE_US


def _is_offered(announce_us: int) -> bool:
    return any(announce_us == offered for offered, _ in _ANNOUNCE)


def _one_source(document: dict[str, Any] | None) -> str:
    """The source that is all a scope covers, or nothing."""
    parts = (document or {}).get("all", [])
    is_one = len(parts) == 1 and parts[0].get("field") == "source" and parts[0].get("operator") == "is"
    return str(parts[0]["value"]) if is_one else ""
