"""What can be done with the selected cards, one click each: also how a card moves without being dragged."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.ui.action_set import ActionSet
from desktop.ui.board.selection import Selection
from desktop.ui.icons import Icons
from desktop.ui.kit.button import IconButton
from desktop.ui.kit.label import Label
from desktop.ui.text import counted

_ACTIONS = ("acknowledge", "own", "assign", "move", "snooze")


class SelectionBar(QFrame):
    """Shown while cards are selected."""

    def __init__(
        self, selection: Selection, actions: ActionSet, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "selection")
        self._selection = selection
        self._label = Label("", "strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self._label)
        row.addSpacing(8)
        for name in _ACTIONS:
            button = QToolButton()
            button.setDefaultAction(actions[f"escalation.{name}"])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addStretch(1)
        close = IconButton(icons, "close", "Clear the selection")
        close.clicked.connect(self._clear)
        row.addWidget(close)
        selection.selection_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        count = len(self._selection)
        self._label.setText(f"{counted(count, 'card')} selected")
        self.setVisible(count > 0)

    def _clear(self) -> None:
        self._selection.select_only(0)
