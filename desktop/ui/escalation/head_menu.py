"""Every action on the escalation shown, in groups, with the words and keys of the menu bar."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.action_state import ActionState
from desktop.ui.actions import ACTIONS
from desktop.ui.escalation.action_ids import RIGHT_OF, SIMILAR
from desktop.ui.kit.tip import as_tip

#: It has no decision right of its own: where it may go, the board knows.
MOVE = "escalation.move"
_FREE = (MOVE, SIMILAR)

#: Gives the key by which an action is reached now, as a person reads it; nothing where there is none.
KeysOf = Callable[[str], str]
_SPECS = tuple(spec for spec in ACTIONS if spec.id in RIGHT_OF or spec.id in _FREE)


class ActionsMenu(QMenu):
    """What can be done, and what cannot with its reason as tool tip.

    Signals:
        action_requested: (str action id)
    """

    action_requested = Signal(str)

    def __init__(self, keys_of: KeysOf, parent: QWidget | None = None) -> None:
        """`keys_of` is asked each time it opens: keys are switched off and on meanwhile."""
        super().__init__(parent)
        self._keys_of = keys_of
        self.setToolTipsVisible(True)
        self.triggered.connect(self._choose)
        self.aboutToShow.connect(self._show_keys)
        self._entries: dict[str, QAction] = {}
        section = ""
        for spec in _SPECS:
            if section and spec.section != section:
                self.addSeparator()
            section = spec.section
            entry = self._entries[spec.id] = self.addAction(spec.text)
            entry.setObjectName(spec.id)

    def set_states(self, states: Sequence[ActionState], *, can_move: bool) -> None:
        """Say what can be done now."""
        reasons = {state.action: state.why_not for state in states}
        for action_id, entry in self._entries.items():
            action = RIGHT_OF.get(action_id)
            why = "" if action is None else reasons.get(action, "")
            entry.setEnabled(can_move if action_id == MOVE else not why)
            entry.setToolTip(as_tip(why))

    def entry(self, action_id: str) -> QAction:
        """One of its lines."""
        return self._entries[action_id]

    def _show_keys(self) -> None:
        """Set the keys beside the words; here they only stand for those of the menu bar."""
        for spec in _SPECS:
            keys = self._keys_of(spec.id)
            self._entries[spec.id].setText(f"{spec.text}\t{keys}" if keys else spec.text)

    def _choose(self, entry: QAction) -> None:
        self.action_requested.emit(entry.objectName())
