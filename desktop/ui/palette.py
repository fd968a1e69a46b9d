"""The command palette: every action and every escalation, found by a few letters."""

import json
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.action_set import ActionSet
from desktop.ui.fuzzy import match
from desktop.ui.palette_list import Entry, PaletteList, line_height
from desktop.ui.surroundings import Surroundings
from desktop.ui.window_state import KeepsState

_STATE_KEY = "palette"
_RECENT = 5
_MOST = 60
_WIDTH = 640


class Found(NamedTuple):
    """One escalation for the palette."""

    id: int
    text: str
    aside: str


class Finds(Protocol):
    """Called on the worker."""

    def find(self, text: str) -> Sequence[Found]:
        """The escalations that the words may mean, best first, at most twenty."""
        ...


class Palette(QFrame):
    """Floats over the window; Enter does what is marked, Esc gives the focus back.

    Signals:
        chosen: (str action_id) do it.
        escalation_chosen: (int id) show it.
    """

    chosen = Signal(str)
    escalation_chosen = Signal(int)

    def __init__(self, around: Surroundings, finding: Finds, state: KeepsState, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("part", "popover")
        self._window = window
        self._theme = around.theme
        self._actions: ActionSet = around.actions
        self._runner = around.runner
        self._finding = finding
        self._state = state
        self._recent = _recent(state.ui_state(_STATE_KEY))
        self._came_from: QWidget | None = None
        self._found: Sequence[Found] = ()
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a command, a number, a customer or words of a title")
        self.field.setAccessibleName("Search or run a command")
        self.list = PaletteList(around.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._press)
        window.installEventFilter(self)
        self.hide()

    def open_palette(self) -> None:
        """Show it; the last commands stand first."""
        if self.isVisible():
            self.close_palette()
            return
        self._came_from = QApplication.focusWidget()
        self._found = ()
        self.field.clear()
        self._fill()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Put it away; the focus goes back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)

    def keep_state(self) -> None:
        """Remember the last commands over a restart."""
        work = partial(self._state.set_ui_state, _STATE_KEY, json.dumps(self._recent))
        self._runner.run(work, owner=self)

    def entries(self) -> Sequence[Entry]:
        """What is listed now."""
        return self.list.entries()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.field and kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press_key(event)
        if watched is self.field and kind is QEvent.Type.FocusOut and not self.list.hasFocus():
            self.hide()
        elif watched is self._window and kind is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _press_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            self.list.step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.current())
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def _press(self, index: QModelIndex) -> None:
        self._choose(self.list.entry(index))

    def _choose(self, entry: Entry | None) -> None:
        if entry is None or entry.why_not:
            return
        self.close_palette()
        if entry.escalation_id:
            self.escalation_chosen.emit(entry.escalation_id)
            return
        self._recent = [entry.action_id, *(known for known in self._recent if known != entry.action_id)][
            :_RECENT
        ]
        self.chosen.emit(entry.action_id)

    def _search(self, text: str) -> None:
        self._found = [one for one in self._found if match(text, one.text) is not None]
        self._fill()
        if len(text.strip()) >= 2:
            self._runner.run(partial(self._find, text), self._take, owner=self)

    def _find(self, text: str) -> tuple[str, Sequence[Found]]:
        return text, self._finding.find(text)

    def _take(self, answer: tuple[str, Sequence[Found]]) -> None:
        text, found = answer
        if text == self.field.text() and self.isVisible():
            self._found = found
            self._fill()

    def _fill(self) -> None:
        query = self.field.text().strip()
        commands = self._commands(query) if query else self._first_commands()
        escalations = [_of_escalation(one, query) for one in self._found]
        if query.upper().startswith("ESC") or (escalations and not commands):
            self.list.show_entries([*escalations, *commands][:_MOST])
        else:
            self.list.show_entries([*commands[:12], *escalations, *commands[12:]][:_MOST])
        self._place()

    def _commands(self, query: str) -> list[Entry]:
        scored: list[tuple[int, Entry]] = []
        for spec in self._actions:
            if not self._actions[spec.id].isVisible() or spec.id == "palette":
                continue
            entry = self._entry(spec.id)
            found = match(query, entry.text)
            if found is not None:
                scored.append((found.score + 10, entry._replace(places=found.places)))
            elif (by_other_word := match(query, spec.synonyms)) is not None and by_other_word.score > len(
                query
            ) * 4:
                scored.append((by_other_word.score, entry))
        scored.sort(key=_by_score)
        return [entry for _, entry in scored]

    def _first_commands(self) -> list[Entry]:
        recent = [self._entry(known) for known in self._recent if known in self._actions]
        rest = [
            self._entry(spec.id)
            for spec in self._actions
            if spec.id not in self._recent and spec.id != "palette" and self._actions[spec.id].isVisible()
        ]
        return [*recent, *(entry for entry in rest if not entry.why_not)]

    def _entry(self, action_id: str) -> Entry:
        action = self._actions[action_id]
        keys = self._actions.keys_text(action_id)
        text = action.text().replace("&", "")
        return Entry(text, keys, self._actions.why_not(action_id), action_id=action_id)

    def _place(self) -> None:
        width = min(_WIDTH, self._window.width() - 40)
        lines = max(len(self.list.entries()), 1)
        wanted = self.field.sizeHint().height() + lines * line_height(self._theme) + 26
        height = min(wanted, 440, self._window.height() - 120)
        self.setGeometry((self._window.width() - width) // 2, 56, width, height)


def _of_escalation(found: Found, query: str) -> Entry:
    fit = match(query, found.text)
    return Entry(found.text, found.aside, "", fit.places if fit is not None else (), escalation_id=found.id)


def _by_score(scored: tuple[int, Entry]) -> tuple[bool, int, str]:
    return (bool(scored[1].why_not), -scored[0], scored[1].text)


def _recent(text: str | None) -> list[str]:
    try:
        kept = json.loads(text or "[]")
    except ValueError:
        return []
    return [known for known in kept if isinstance(known, str)][:_RECENT] if isinstance(kept, list) else []
