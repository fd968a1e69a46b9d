"""Every action by decision right: what this person may do now, and why not what they may not."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.action_state import ActionState
from desktop.domain.rights import Action
from desktop.ui.escalation.action_ids import ID_OF, words_of
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label


class RightsTab(QWidget):
    """Buttons for what is allowed; below them the rest, each with its reason.

    Signals:
        action_requested: (str action id)
    """

    action_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states: tuple[ActionState, ...] = ()
        self._buttons: dict[Action, Button] = {}
        self._flow = FlowLayout(spacing=6)
        self._head = Label("You may do now", "small_strong")
        self._no_head = Label("Not now, or not you", "small_strong")
        self._reasons = Label("", "hint", wrap=True)
        self._reasons.let_select()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addLayout(self._flow)
        column.addWidget(self._no_head)
        column.addWidget(self._reasons)

    def set_states(self, states: Sequence[ActionState]) -> None:
        """Show what may be done."""
        if tuple(states) == self._states:
            return
        self._states = tuple(states)
        if self._buttons:
            self._show_buttons()
        refused = [state for state in states if not state.allowed]
        self._reasons.setText("\n".join(f"{_name(state.action)}: {state.why_not}" for state in refused))
        self._no_head.setVisible(bool(refused))
        self._reasons.setVisible(bool(refused))

    def showEvent(self, event: QShowEvent) -> None:
        """The buttons are made when first looked at: most people never do."""
        super().showEvent(event)
        if not self._buttons:
            for action in ID_OF:
                self._flow.addWidget(self._made(action))
            self._show_buttons()

    def _made(self, action: Action) -> Button:
        button = self._buttons[action] = Button(words_of(action), parent=self)
        button.setObjectName(ID_OF[action])
        button.setAccessibleName(f"Action: {_name(action)}")
        button.clicked.connect(self._press)
        return button

    def _show_buttons(self) -> None:
        allowed = {state.action for state in self._states if state.allowed}
        for action, button in self._buttons.items():
            button.setVisible(action in allowed)

    @property
    def reasons(self) -> str:
        """What cannot be done, and why not."""
        return self._reasons.text()

    def _press(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.action_requested.emit(sender.objectName())


def _name(action: Action) -> str:
    return words_of(action).removesuffix("…")
