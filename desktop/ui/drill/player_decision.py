"""A decision that players are asked for: its options, who may decide, and why they do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from desktop.domain.drill_view import DecisionLine
from desktop.ui.drill import player_words as words
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label, breakable
from desktop.ui.kit.long_text import LongText
from desktop.ui.text import one_line

_LONGEST = 300
_WHY = "The reason is missing."


class DecisionCard(Card):
    """Asks one decision, or says how it went.

    Signals:
        decided: (str decision, str option, str approver, str reason)
    """

    decided = Signal(str, str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Decision", parent=parent)
        self._line: DecisionLine | None = None
        self._why_not = ""
        self.question = Label("", "heading", wrap=True)
        self.state = Label("", "secondary", wrap=True)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(4)
        self._group = QButtonGroup(self)
        self.authority = QLineEdit()
        self.authority.setMaxLength(120)
        self.authority.setAccessibleName("By whose authority")
        self.authority.setPlaceholderText("Who may decide this, by name or office")
        self.reason = LongText(lines=3)
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("What speaks for it, and what it costs")
        self.error = Label("", "danger", wrap=True)
        self.button = Button("Record the decision", "primary", keys="Ctrl+Return")
        self.button.setShortcut("Ctrl+Return")
        self.button.setText(f"{self.button.accessibleName()}  Ctrl+Return")
        self._form = QWidget()
        self._lay_out()
        self.button.clicked.connect(self._record)

    def show_decision(self, line: DecisionLine, why_not: str) -> None:
        """Ask this one, or say what was decided; `why_not` is why nobody can decide now."""
        is_other = self._line is None or self._line.id != line.id
        options = line.options if self._line is None else self._line.options
        self._line, self._why_not = line, why_not
        self.question.setText(line.question)
        if is_other or options != line.options:
            self._offer(line)
        self.state.setText(self._state_words(line))
        self._form.setVisible(line.is_open)
        self._form.setEnabled(not why_not)

    def focus_first(self) -> None:
        """Go to the first option."""
        if self._group.buttons():
            self._group.buttons()[0].setFocus()

    @property
    def is_open(self) -> bool:
        """Whether it can still be decided."""
        return self._line is not None and self._line.is_open and not self._why_not

    def is_being_written(self) -> bool:
        """Whether somebody has begun to decide."""
        return bool(self._group.checkedButton() or self.reason.toPlainText().strip())

    def _lay_out(self) -> None:
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addLayout(self._choices)
        for name, field in (("By whose authority", self.authority), ("Reason", self.reason)):
            label = Label(name, "small_strong")
            label.setBuddy(field)
            form.addWidget(label)
            form.addWidget(field)
        form.addWidget(self.error)
        form.addWidget(self.button)
        self.error.hide()
        for widget in (self.question, self.state, self._form):
            self.body.addWidget(widget)

    def _offer(self, line: DecisionLine) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._choices.removeWidget(button)
            button.deleteLater()
        for key, text in line.options:
            button = QRadioButton(breakable(one_line(text[:_LONGEST])).replace("&", "&&"))
            button.setObjectName(key)
            self._group.addButton(button)
            self._choices.addWidget(button)
        self._put_before_authority()
        self.authority.clear()
        self.reason.clear()
        self.error.hide()

    def _put_before_authority(self) -> None:
        """Options are made later than what stands below them: Tab comes to them first all the same."""
        before: QWidget | None = self.authority.previousInFocusChain()
        while before is not None and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
            before = before.previousInFocusChain()
        for button in self._group.buttons():
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button

    def _state_words(self, line: DecisionLine) -> str:
        role = one_line(line.role_title[:80]) or "anybody"
        if line.is_open:
            until = f" until {words.clock(line.ends_ms)}" if line.ends_ms is not None else ""
            return self._why_not or f"For {role} to decide{until}."
        said = next((text for key, text in line.options if key == line.option), line.option)
        if line.is_defaulted:
            return f"Nobody decided in time. What happened: {said}."
        if not line.option:
            return "It is no longer open."
        return f"Decided by {line.by or role}: {said}."

    def _record(self) -> None:
        chosen = self._group.checkedButton()
        reason = self.reason.toPlainText().strip()
        error = "" if chosen is not None else "Choose one of the options."
        if not error and not reason:
            error = _WHY
        self.error.setText(error)
        self.error.setVisible(bool(error))
        if error or chosen is None or self._line is None:
            (self.reason if error == _WHY else self).setFocus()
            if error != _WHY:
                self.focus_first()
            return
        self.decided.emit(self._line.id, chosen.objectName(), self.authority.text().strip(), reason)
