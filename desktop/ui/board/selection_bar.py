"""What can be done with the selected cards, one click each: also how a card moves without being dragged."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.ui.action_set import ActionSet
from desktop.ui.board.selection import Selection
from desktop.ui.icons import Icons
from desktop.ui.kit.button import IconButton, ToolButton
from desktop.ui.kit.label import Label
from desktop.ui.text import counted

#: In the order in which they stay where there is little room.
_ACTIONS = ("move", "acknowledge", "classify", "own", "assign", "snooze")


class SelectionBar(QFrame):
    """Shown while cards are selected; narrow ones leave out what the details and menus offer as well."""

    def __init__(
        self, selection: Selection, actions: ActionSet, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "selection")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._selection = selection
        self._label = Label("", "strong")
        self._close = IconButton(icons, "close", "Clear the selection")
        self._close.clicked.connect(self._clear)
        self._buttons: list[ToolButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self._label)
        row.addSpacing(8)
        for name in _ACTIONS:
            button = ToolButton()
            button.setDefaultAction(actions[f"escalation.{name}"])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._close)
        selection.selection_changed.connect(self._show)
        self._show()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._label.sizeHint().width() - self._close.sizeHint().width() - 40
        for button in self._buttons:
            room -= button.sizeHint().width() + 4
            button.setVisible(room >= 0)

    def _show(self) -> None:
        count = len(self._selection)
        self._label.setText(f"{counted(count, 'card')} selected")
        self.setVisible(count > 0)

    def _clear(self) -> None:
        self._selection.select_only(0)
