"""The QActions made from the table of actions: menus, keys and the palette all use these."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.actions import ACTIONS, QUEUE, ActionSpec


class ActionSet(QObject):
    """The QActions of a table, by id.

    Signals:
        triggered: (str id) a person wants it, by menu, key, palette or button.
        states_changed: what can be done now has changed.
    """

    triggered = Signal(str)
    states_changed = Signal()

    def __init__(self, specs: tuple[ActionSpec, ...] = ACTIONS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in specs}
        self._group = QActionGroup(self)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self._group.triggered.connect(self._tell)
        self._actions: dict[str, QAction] = {}
        self._letters: dict[str, QAction] = {}
        self._reasons: dict[str, str] = {}
        for spec in specs:
            self.add(spec)

    def add(self, spec: ActionSpec) -> QAction:
        """One more action, such as a saved view."""
        self._specs[spec.id] = spec
        action = self._made(spec, spec.text, spec.keys or spec.letters)
        action.setCheckable(spec.checkable)
        self._actions[spec.id] = action
        if spec.letters:
            twin = self._made(spec, spec.text, spec.letters) if spec.keys else action
            twin.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._letters[spec.id] = twin
        return action

    def remove(self, action_id: str) -> None:
        """Forget an action that was added."""
        self._specs.pop(action_id)
        action = self._actions.pop(action_id)
        self._group.removeAction(action)
        action.deleteLater()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._actions

    def __iter__(self) -> Iterator[ActionSpec]:
        return iter(self._specs.values())

    def spec(self, action_id: str) -> ActionSpec:
        return self._specs[action_id]

    def give_letters_to(self, view: QWidget, *, is_queue: bool = False) -> None:
        """Let the single-letter keys work while this widget has the focus.

        The digits of a queue are its own: elsewhere digits choose a lane or a severity.
        """
        for action_id, action in self._letters.items():
            if is_queue or self._specs[action_id].section != QUEUE:
                view.addAction(action)

    def give_page_letters_to(self, view: QWidget) -> None:
        """Let only the letters that go to pages work there: the others mean something else in this view."""
        for action_id, action in self._letters.items():
            if self._specs[action_id].section == "pages":
                view.addAction(action)

    def set_letters_on(self, is_on: bool) -> None:
        """Switch all single-letter keys on or off (WCAG 2.1.4)."""
        for action_id, action in self._letters.items():
            spec = self._specs[action_id]
            keys = [key for key in spec.letters if is_on or _is_no_character(key)]
            action.setShortcuts([QKeySequence(key) for key in keys])

    def set_icon(self, action_id: str, icon: QIcon) -> None:
        self._actions[action_id].setIcon(icon)

    def set_states(self, reasons: Mapping[str, str]) -> None:
        """Say why actions cannot be done now; those not named can."""
        self._reasons = dict(reasons)
        for action in self._group.actions():
            action.setEnabled(not self._reasons.get(action.data()))
        self.states_changed.emit()

    def why_not(self, action_id: str) -> str:
        """The reason for which it cannot be done now, or nothing."""
        return self._reasons.get(action_id, "")

    def keys_text(self, action_id: str) -> str:
        """The keys that work now, as a person reads them: "Ctrl+N or N"."""
        actions = dict.fromkeys((self._actions[action_id], self._letters.get(action_id)))
        sequences = [keys for action in actions if action is not None for keys in action.shortcuts()]
        return " or ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in sequences)

    def first_key(self, action_id: str) -> str:
        """The shortest way that works now on the cards, as a person reads it; nothing where there is none."""
        return self.keys_text(action_id).rpartition(" or ")[2]

    def _made(self, spec: ActionSpec, text: str, keys: tuple[str, ...]) -> QAction:
        action = QAction(text, self._group)
        action.setData(spec.id)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setAutoRepeat(spec.id in _REPEATING)
        return action

    def _tell(self, action: QAction) -> None:
        self.triggered.emit(action.data())


_REPEATING = {"undo", "redo", "escalation.move_next", "escalation.move_previous"}


def _is_no_character(key: str) -> bool:
    return key.startswith("Ctrl+") or key in {"Return", "Space", "Shift+Esc"}
