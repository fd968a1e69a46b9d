"""What can be done with the selected cards, one click each: also how a card moves without being dragged."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.ui.action_set import ActionSet
from desktop.ui.board.selection import Selection
from desktop.ui.icons import Icons
from desktop.ui.kit.button import IconButton, ToolButton
from desktop.ui.kit.label import Label
from desktop.ui.text import counted

#: In the order in which they stay where there is little room.
_ACTIONS = ("move", "acknowledge", "classify", "own", "assign", "snooze", "update")
_GAP = 4


class SelectionBar(QFrame):
    """Shown while cards are selected; what a narrow one has no room for is in a menu at its end."""

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
        self._more = IconButton(icons, "more", "More for the selected cards")
        self._more.clicked.connect(self._open_menu)
        self._menu: QMenu | None = None
        self._buttons: list[ToolButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(12, _GAP, 8, _GAP)
        row.setSpacing(_GAP)
        row.addWidget(self._label)
        row.addSpacing(8)
        for name in _ACTIONS:
            button = ToolButton()
            button.setDefaultAction(actions[f"escalation.{name}"])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._buttons.append(button)
            row.addWidget(button)
        row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(self._close)
        selection.selection_changed.connect(self._show)
        self._show()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Polish, QEvent.Type.Show):
            self._fit()  # words grow with their letters and with the number of cards
        return done

    def _fit(self) -> None:
        """Show the buttons there is room for; the menu holds the others."""
        widths = [button.sizeHint().width() + _GAP for button in self._buttons]
        fixed = (self._label, self._close)
        room = self.width() - 40 - sum(widget.sizeHint().width() + _GAP for widget in fixed)
        if sum(widths) > room:
            room -= self._more.sizeHint().width() + _GAP
        count = 0
        while count < len(widths) and sum(widths[: count + 1]) <= room:
            count += 1
        for at, button in enumerate(self._buttons):
            button.setVisible(at < count)
        self._more.setVisible(count < len(self._buttons))

    def _open_menu(self) -> None:
        if self._menu is None:
            self._menu = QMenu(self)
        self._menu.clear()
        self._menu.addActions([each.defaultAction() for each in self._buttons if each.isHidden()])
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _show(self) -> None:
        count = len(self._selection)
        self._label.setText(f"{counted(count, 'card')} selected")
        self.setVisible(count > 0)

    def _clear(self) -> None:
        self._selection.select_only(0)
