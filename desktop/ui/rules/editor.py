"""Writes one rule: conditions, actions, a sentence that says it, and what it would have done so far."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.rule import Mode, Rule
from desktop.domain.rule_action import Names
from desktop.services.rule_trial import TryOut
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.segments import Segments
from desktop.ui.rules.action_row import ActionRow
from desktop.ui.rules.conditions import ConditionGroup
from desktop.ui.rules.ports import Choices
from desktop.ui.rules.trial_section import TrialSection
from desktop.ui.rules.words import sentence

_STATES = (("on", "On"), ("propose", "Proposes only"), ("off", "Off"))
_NEW: dict[str, Any] = {
    "name": "",
    "conditions": {"all": [{"field": "title", "operator": "contains"}]},
    "actions": [{"kind": "set_severity", "value": 2}],
    "mode": "propose",
    "enabled": True,
    "stop": False,
}


class RuleEditor(QFrame):
    """One rule while it is written.

    Signals:
        save_requested: (dict) keep this document.
        try_requested: (dict, int) try it on so many signals.
        closed: the person has done with it.
    """

    save_requested = Signal(object)
    try_requested = Signal(object, int)
    closed = Signal()

    def __init__(self, icons: Icons, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._icons = icons
        self._choices = Choices()
        self._names: Names = {}
        self._kept: dict[str, Any] = {}
        self._start: dict[str, Any] = {}
        self._is_warned = False
        self.conditions: ConditionGroup | None = None
        self.action_rows: list[ActionRow] = []
        self.title = Label("", "heading")
        self.name = QLineEdit()
        self.state = Segments(_STATES, "State of the rule", even=False)
        self.stop = CheckBox("Ask no later rule once it has acted")
        self.sentence = Label("", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self.error.hide()
        self.trial = TrialSection(clock)
        self.save_button = Button("Save", "primary", keys="Ctrl+Enter")
        self.close_button = Button("Close", keys="Esc")
        self.add_button = Button("Add action", "small")
        self._lay_out()
        self._connect()

    @property
    def rule_id(self) -> int:
        """The rule that is changed; 0 for a new one."""
        return int(self._kept.get("id", 0))

    @property
    def is_changed(self) -> bool:
        """Whether something is written that is not kept."""
        return bool(self.conditions) and self.document() != self._start

    def show_new(self, choices: Choices, names: Names) -> None:
        """Write a new rule; it only proposes until somebody says otherwise."""
        self._show(_NEW, choices, names)
        self.title.setText("New rule")

    def show_rule(self, rule: Rule, choices: Choices, names: Names, *, copy: bool = False) -> None:
        """Change a rule, or write one like it."""
        document = rule.to_mapping()
        if copy:
            del document["id"], document["version"], document["order"]
            document |= {"name": f"{rule.name} (copy)"[:120], "mode": Mode.PROPOSE.value}
        self._show(document, choices, names)
        self.title.setText("New rule" if copy else f"Rule, version {rule.version}")

    def document(self) -> dict[str, Any]:
        """The rule as it is written now."""
        assert self.conditions is not None
        state = self.state.value()
        mode = "propose" if state == "propose" else "act"
        if state == "off":
            mode = str(self._kept.get("mode", "act"))
        kept: dict[str, Any] = {
            key: self._kept[key] for key in ("id", "version", "order") if key in self._kept
        }
        return {
            **kept,
            "name": self.name.text().strip(),
            "conditions": self.conditions.document(),
            "actions": [row.document() for row in self.action_rows],
            "stop": self.stop.isChecked(),
            "enabled": state != "off",
            "mode": mode,
        }

    def show_error(self, error: DeskError) -> None:
        """What is wrong, beside what it is wrong with."""
        self._clear_errors()
        words = str(error).removeprefix(f"{error.field}: ") if error.field else str(error)
        part = self._part(error.field or "")
        if part is not None:
            part.show_error(words)
            self._scrolled.reveal(part)
        elif error.field == "name":
            self._name_row.set_error(words)
            self.name.setFocus()
        else:
            self.error.setText(words)
            self.error.show()

    def show_trial(self, found: TryOut) -> None:
        """What it would have made of the last signals."""
        self._clear_errors()
        self.trial.show_trial(found)
        self._scrolled.reveal(self.trial)

    def add_action(self) -> None:
        """One more thing to do."""
        row = self._added_action()
        row.kind.setFocus()
        self._follow()

    def warns_of_loss(self) -> bool:
        """Whether what is written would be lost, which is said once."""
        if not self.is_changed or self._is_warned:
            return False
        self._is_warned = True
        self.error.setText("It is not saved. Save it, or close once more to throw it away.")
        self.error.show()
        return True

    def save(self) -> None:
        """Have it kept."""
        self.save_requested.emit(self.document())

    def try_it(self) -> None:
        """Have it tried."""
        self.try_requested.emit(self.document(), self.trial.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and with_control:
            self.save()
        elif event.key() == Qt.Key.Key_T and with_control:
            self.try_it()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        rows = FormRows()
        self._name_row = rows.add_row("Name", self.name)
        rows.add_row("State", self.state)
        self._when = Section("When")
        self._then = Section("Then")
        self._then.add_to_head(self.add_button)
        said = Section("In words")
        said.body.addWidget(self.sentence)
        self._action_column = QVBoxLayout()
        self._then.body.addLayout(self._action_column)
        self._then.body.addWidget(self.stop)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        top = Section()
        top.body.addWidget(rows)
        for section in (top, self._when, self._then, said, self.trial):
            column.addWidget(section)
        column.addStretch(1)
        self._scrolled = ScrollColumn(inner)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        head.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        self.error.setContentsMargins(16, 0, 16, 6)
        whole.addWidget(self.error)
        whole.addWidget(self._scrolled, 1)

    def _connect(self) -> None:
        self.name.textEdited.connect(self._follow)
        self.state.chosen.connect(self._follow)
        self.stop.toggled.connect(self._follow)
        self.add_button.clicked.connect(self.add_action)
        self.save_button.clicked.connect(self.save)
        self.trial.wanted.connect(self.try_it)
        self.close_button.clicked.connect(self.closed)

    def _show(self, document: dict[str, Any], choices: Choices, names: Names) -> None:
        self._choices = choices
        self._names = names
        self._kept = document
        self.name.setText(document["name"])
        is_on, mode = document["enabled"], document["mode"]
        self.state.set_value("off" if not is_on else "propose" if mode == "propose" else "on")
        self.stop.setChecked(document["stop"])
        if self.conditions is not None:
            self._when.body.removeWidget(self.conditions)
            self.conditions.hide()
            self.conditions.deleteLater()
        self.conditions = ConditionGroup(choices, self._icons)
        self.conditions.path = "conditions"
        self.conditions.show_conditions(document["conditions"])
        self.conditions.changed.connect(self._follow)
        self._when.body.addWidget(self.conditions)
        for row in [*self.action_rows]:
            self._take_out(row)
        for action in document["actions"]:
            self._added_action().show_action(action)
        self.trial.forget()
        self._clear_errors()
        self._follow()
        self._start = self.document()
        self._scrolled.verticalScrollBar().setValue(0)

    def _added_action(self) -> ActionRow:
        row = ActionRow(self._choices, self._icons)
        self.action_rows.append(row)
        self._action_column.addWidget(row)
        row.changed.connect(self._follow)
        row.remove_requested.connect(self._remove_action)
        return row

    def _remove_action(self) -> None:
        row = self.sender()
        if isinstance(row, ActionRow):
            self._take_out(row)
            self.add_button.setFocus()
            self._follow()

    def _take_out(self, row: ActionRow) -> None:
        self.action_rows.remove(row)
        self._action_column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _part(self, field: str) -> Any:  # noqa: ANN401 whichever row can show an error
        self.document()  # so that each part knows its path
        for place, row in enumerate(self.action_rows):
            row.path = f"actions[{place}]"
        parts = [*(self.conditions.every() if self.conditions is not None else ()), *self.action_rows]
        return next((one for one in parts if field == one.path or field.startswith(f"{one.path}.")), None)

    def _clear_errors(self) -> None:
        self.error.hide()
        self._name_row.set_error("")
        for part in (*(self.conditions.every() if self.conditions is not None else ()), *self.action_rows):
            part.show_error("")

    def _follow(self) -> None:
        """Say the rule in words while it is written."""
        if self.conditions is None:
            return
        document = self.document()
        self._is_warned = False
        self._name_row.set_error("")
        try:
            rule = Rule.from_mapping(document | {"name": document["name"] or "–"})
        except DeskError as error:
            self.sentence.set_role("secondary")
            self.sentence.setText(f"Not complete yet: {str(error).removeprefix(f'{error.field}: ')}")
            return
        self.sentence.set_role("body")
        self.sentence.setText(sentence(rule, self._names))
