"""The buttons of the panel's head: the next sensible thing to do, a few others, and all in a menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.domain.action_state import ActionState
from desktop.domain.escalation import State
from desktop.domain.rights import Action
from desktop.ui.escalation.action_ids import ID_OF, words_of
from desktop.ui.escalation.head_menu import MOVE, ActionsMenu, KeysOf
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.tip import as_tip

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails

_SPACING = 6


class HeadButtons(QWidget):
    """One line: where there is no room the last ones are left to the menu, which has them all.

    Signals:
        action_requested: (str action id)
    """

    action_requested = Signal(str)

    def __init__(self, icons: Icons, keys_of: KeysOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._icons = icons
        self.primary = Button("", "primary")
        self.assign = Button("Assign…")
        self.update_ = Button("Write…")
        self.move_ = Button("Move to…")
        self.more = Button("", "menu")
        self.more.setAccessibleName("More actions")
        self.menu = ActionsMenu(keys_of, self)
        self.menu.action_requested.connect(self.action_requested)
        self.more.setMenu(self.menu)
        self._unfit: frozenset[Button] = frozenset()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACING)
        names = {self.assign: ID_OF[Action.ASSIGN], self.update_: ID_OF[Action.UPDATE], self.move_: MOVE}
        for button in (self.primary, self.assign, self.update_, self.move_, self.more):
            button.setProperty("fit", "tight")
            row.addWidget(button)
            if button is not self.more:
                button.setObjectName(names.get(button, ""))
                button.clicked.connect(self._press)
        row.addStretch(1)
        icons.icons_changed.connect(self._redraw)
        self._redraw()

    def show_details(self, details: "EscalationDetails") -> None:
        """Offer what can be done with one escalation."""
        states = {state.action: state for state in details.actions}
        self.primary.set_text(words_of(details.primary))
        self.primary.setObjectName(ID_OF.get(details.primary, ""))
        _allow(self.primary, states.get(details.primary))
        unfit = set()
        for button, action in ((self.assign, Action.ASSIGN), (self.update_, Action.UPDATE)):
            _allow(button, states.get(action))
            if action is details.primary:
                unfit.add(button)
        self._unfit = frozenset(unfit)
        self._say_whose(details.primary, details.escalation.number)
        can_move = details.escalation.state is not State.MERGED
        self.move_.setEnabled(can_move)
        self.menu.set_states(details.actions, can_move=can_move)
        self._fit()

    def _say_whose(self, primary: Action, number: str) -> None:
        """Tell these buttons from those for the cards that are selected, which look and say the same."""
        words = {
            self.primary: words_of(primary),
            self.assign: words_of(Action.ASSIGN),
            self.update_: words_of(Action.UPDATE),
            self.move_: self.move_.text(),
        }
        for button, said in words.items():
            button.setAccessibleName(f"{said.removesuffix('…')}: {number}")

    def minimumSizeHint(self) -> QSize:
        width = self.primary.sizeHint().width() + self.more.sizeHint().width() + _SPACING
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.minimumSizeHint().width()
        for button in (self.assign, self.update_, self.move_):
            needed = button.sizeHint().width() + _SPACING
            is_shown = button not in self._unfit and needed <= room
            button.setVisible(is_shown)
            room -= needed if is_shown else 0

    def _redraw(self) -> None:
        self.more.setIcon(self._icons.icon("more", "text.primary"))

    def _press(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button) and sender.objectName():
            sender.setFocus(Qt.FocusReason.MouseFocusReason)
            self.action_requested.emit(sender.objectName())


def _allow(button: Button, state: ActionState | None) -> None:
    is_allowed = state is None or state.allowed
    button.setEnabled(is_allowed)
    why = "" if state is None else state.why_not
    button.setToolTip(as_tip(why))
    button.setAccessibleDescription(why)
