"""What can be done to rules, above their list."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.services.rule_rows import RuleState
from desktop.ui.kit.button import Button


class RulesBar(QFrame):
    """The buttons; what the current rule does not need is out of sight or cannot be pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "filters")
        self.add = Button("Add…")
        self.edit = Button("Edit", keys="Enter")
        self.copy = Button("Copy")
        self.versions = Button("Versions")
        self.earlier = Button("Earlier")
        self.later = Button("Later")
        self.restore = Button("Restore", "primary")
        self.remove = Button("Remove", keys="Del")
        self.earlier.setAccessibleDescription("Ask this rule before the one above it")
        self.later.setAccessibleDescription("Ask this rule after the one below it")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        for button in (self.add, self.edit, self.copy, self.versions, self.earlier, self.later):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.restore)
        row.addWidget(self.remove)
        self.show_state(None, 0, 0)

    def show_state(self, state: RuleState | None, place: int, last: int) -> None:
        """What can be done to this rule, which is asked at that place of so many."""
        self.restore.setVisible(state is not None and state.is_tripped)
        for button in (self.edit, self.copy, self.versions, self.remove):
            button.setEnabled(state is not None)
        self.earlier.setEnabled(place > 1)
        self.later.setEnabled(state is not None and place < last)
