"""One step while it is written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.playbook import Decision, Step, StepKind
from desktop.domain.policy_node import span_text
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.playbook.editor_words import STAGE_WORDS, read_span
from desktop.ui.playbook.names_field import name_line
from desktop.ui.playbook.words import KINDS
from desktop.ui.text import one_line

_NO_SPAN = "Write a length of time as 10 min, 1 h or 1 h 30 min."
_DUE_HINT = "After the playbook was opened: 10 min, 1 h. Empty: no time."


class StepForm(QWidget):
    """Everything about the chosen step.

    Signals:
        edited: it says something else.
        words_left: the person is done with its text.
    """

    edited = Signal()
    words_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = Step("", "")
        self._due: timedelta | None = None
        self._is_filling = False
        self.heading = Label("", "strong")
        self.id = Label("", "hint")
        self.text = StepText()
        self.kind, self.role = Choice("Kind"), Choice("Role", free=True)
        name_line(self.role)
        self.due = QLineEdit()
        self.stage, self.decision = Choice("Message"), Choice("Decision")
        self.evidence = QLineEdit()
        self.optional = CheckBox("May be left out")
        self.kind.offer([(StepKind(key), words) for key, words in KINDS.items()])
        self.stage.offer([("", "Not named"), *((str(stage), words) for stage, words in STAGE_WORDS.items())])
        self._stages = self.stage.count()
        self.decision.offer([("", "Not named")])
        self._decisions: list[tuple[object, str]] = []
        self._lay_out()
        self._connect()

    def offer_decisions(self, decisions: Sequence[Decision]) -> None:
        """The decisions that a step can take; the one it takes stays even where it is not listed."""
        self._decisions = [(one.id, one_line(one.what)[:80] or one.id) for one in decisions]
        if not self._is_filling:
            self._offer_decisions(str(self.decision.value() or ""))

    def offer_roles(self, roles: Sequence[str]) -> None:
        """Roles that other steps name."""
        offered = [(role, role) for role in roles]
        if [self.role.itemText(at) for at in range(self.role.count())] != [role for role, _ in offered]:
            self._is_filling = True
            self.role.offer(offered)
            self._is_filling = False

    def show_step(self, step: Step, place: int, unread: str = "") -> None:
        """Write a step; `unread` is a due time that was typed and could not be read."""
        self._is_filling = True
        self._step, self._due = step, step.due_after
        self.show_place(place, step.id)
        if self.text.toPlainText() != step.text:
            self.text.setPlainText(step.text)
        self.kind.set_value(step.kind)
        self.role.set_value(step.role)
        self.due.setText(unread or (span_text(step.due_after) if step.due_after is not None else ""))
        self._due_row.set_error(_NO_SPAN if unread else "")
        while self.stage.count() > self._stages:
            self.stage.removeItem(self.stage.count() - 1)
        if step.stage and step.stage not in STAGE_WORDS:
            self.stage.addItem(f"{step.stage[:60]} (no message)", step.stage)
        self.stage.set_value(step.stage)
        self._offer_decisions(step.decision)
        self.evidence.setText(step.evidence)
        self.optional.setChecked(step.is_optional)
        self._follow_kind()
        self._is_filling = False

    def show_place(self, place: int, step_id: str) -> None:
        """Which of the steps it is, and its id once it has one."""
        self.heading.setText(f"Step {place}")
        self.id.setText(f"#{step_id}" if step_id else "")

    def step(self) -> Step:
        """The step as it is written."""
        return replace(
            self._step,
            text=self.text.toPlainText(),
            kind=StepKind(str(self.kind.value())),
            role=str(self.role.value() or ""),
            due_after=self._due,
            stage=str(self.stage.value() or "") if self._has_stage() else "",
            decision=str(self.decision.value() or "") if self._has_decision() else "",
            evidence=self.evidence.text(),
            is_optional=self.optional.isChecked(),
        )

    def unread(self) -> str:
        """The due time that is typed and cannot be read."""
        return self.due.text() if self._due_row.error else ""

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        named = [self.kind, self.stage, self.decision, self.role, self.due, self.evidence]
        return [self.text, *named, self.optional]

    def field_of(self, part: str) -> QWidget:
        """The field of a part of a step; its text for any other."""
        fields: dict[str, QWidget] = {"stage": self.stage, "decision": self.decision, "due_after": self.due}
        return fields.get(part, self.text)

    def _has_stage(self) -> bool:
        return self.kind.value() == StepKind.SEND or bool(self._step.stage)

    def _has_decision(self) -> bool:
        return self.kind.value() == StepKind.DECIDE or bool(self._step.decision)

    def _follow_kind(self) -> None:
        self._stage_row.set_visible(self._has_stage())
        self._decision_row.set_visible(self._has_decision())

    def _offer_decisions(self, chosen: str) -> None:
        offered = [("", "Not named"), *self._decisions]
        if chosen and chosen not in {key for key, _ in offered}:
            offered.append((chosen, f"{chosen[:60]} (not listed below)"))
        was_filling, self._is_filling = self._is_filling, True
        self.decision.offer(offered)
        self.decision.set_value(chosen)
        self._is_filling = was_filling

    def _read_due(self) -> None:
        try:
            self._due = read_span(self.due.text())
        except ValueError:
            self._due_row.set_error(_NO_SPAN)
        else:
            self._due_row.set_error("")
        self._tell()

    def _change_kind(self) -> None:
        self._follow_kind()
        self._tell()

    def _tell(self) -> None:
        if not self._is_filling:
            self.edited.emit()

    def _connect(self) -> None:
        self.text.textChanged.connect(self._tell)
        self.text.left.connect(self.words_left)
        self.kind.currentIndexChanged.connect(self._change_kind)
        self.role.currentTextChanged.connect(self._tell)
        self.due.textChanged.connect(self._read_due)
        for choice in (self.stage, self.decision):
            choice.currentIndexChanged.connect(self._tell)
        self.evidence.textChanged.connect(self._tell)
        self.optional.toggled.connect(self._tell)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.id)
        head.addStretch(1)
        rows = FormRows()
        rows.add_row("Text", self.text)
        rows.add_row("Kind", self.kind)
        self._stage_row = rows.add_row("Message", self.stage)
        self._decision_row = rows.add_row("Decision", self.decision, "One of the decisions listed below.")
        rows.add_row("Role", self.role)
        self._due_row = rows.add_row("Due after", self.due, _DUE_HINT)
        rows.add_row("Evidence", self.evidence, "What shows that it is done.")
        rows.add_row("", self.optional)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(rows)
        column.addStretch(1)
        self.optional.setAccessibleName("May be left out")


class StepText(LongText):
    """What is to be done.

    Signals:
        left: the focus goes elsewhere.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__("", lines=4)
        self.setAccessibleName("Text of the step")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()
