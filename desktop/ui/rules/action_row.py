"""One action in the editor: what is done, and with what."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.rule import ACTIONS, ActionValue, AttachBy
from desktop.ui.icons import Icons
from desktop.ui.kit.button import IconButton
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.rules.ports import Choices

_ATTACH = (
    (AttachBy.CUSTOMER_AREA.value, "of the same customer and area"),
    (AttachBy.FINGERPRINT.value, "that tells of the same thing"),
)
_SEVERITIES = tuple((level, f"SEV{level}") for level in (1, 2, 3, 4))
_FACTORS = tuple((value, str(value)) for value in range(6))


class ActionRow(QWidget):
    """An action while it is written; its fault stands below it.

    Signals:
        changed: something else is done.
        remove_requested: the person does not want it.
    """

    changed = Signal()
    remove_requested = Signal()

    def __init__(self, choices: Choices, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = ""
        self._choices = choices
        self.kind = Choice("Action", least=14)
        self.kind.offer([(key, action.label) for key, action in ACTIONS.items()])
        self.value = Choice("With", free=True, least=10)
        self.remove_button = IconButton(icons, "close", "Remove this action")
        self.error = Label("", "danger_small", wrap=True)
        self.error.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.kind, 1)
        row.addWidget(self.value, 1)
        row.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.error)
        self._follow_kind()
        self.kind.currentIndexChanged.connect(self._start_anew)
        self.value.currentTextChanged.connect(self._tell)
        self.remove_button.clicked.connect(self.remove_requested)

    def show_action(self, action: dict[str, Any]) -> None:
        """Show what is kept."""
        self.kind.set_value(action["kind"])
        self._follow_kind()
        self.value.set_value(action.get("value"))

    def document(self) -> dict[str, Any]:
        """The action as a rule's document holds it."""
        kind = str(self.kind.value())
        value = self.value.value()
        if ACTIONS[kind].takes is ActionValue.NOTHING or value == "":
            return {"kind": kind}
        return {"kind": kind, "value": value}

    def show_error(self, error: str) -> None:
        """What is wrong with it, and what was meant."""
        self.error.setText(error)
        self.error.setVisible(bool(error))

    def _start_anew(self) -> None:
        self.value.set_value("")
        self._follow_kind()

    def _follow_kind(self) -> None:
        known = ACTIONS[str(self.kind.value())]
        self.value.setVisible(known.takes is not ActionValue.NOTHING)
        self.value.offer(self._offered(known.kind, known.takes))
        self._tell()

    def _offered(self, kind: str, takes: ActionValue) -> tuple[tuple[object, str], ...]:
        by_value = {
            ActionValue.SEVERITY: _SEVERITIES,
            ActionValue.FACTOR: _FACTORS,
            ActionValue.ATTACH: _ATTACH,
        }
        if takes in by_value:
            return by_value[takes]
        teams = tuple((team, team) for team in self._choices.teams)
        by_kind: dict[str, tuple[tuple[object, str], ...]] = {
            "assign": self._choices.people,
            "set_team": teams,
            "assign_on_call": teams,
            "set_area": self._choices.areas,
            "set_issue_type": self._choices.issue_types,
            "set_customer": self._customers(),
        }
        return by_kind.get(kind, ())

    def _customers(self) -> tuple[tuple[object, str], ...]:
        seen = next((field for field in self._choices.fields if field.name == "customer"), None)
        return tuple((value, value) for value, _ in seen.values) if seen is not None else ()

    def _tell(self) -> None:
        self.show_error("")
        self.changed.emit()
