"""Several things of a kind: a button for every one, and the form of the one that is chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.domain.drill_scenario import Scenario
from desktop.ui.drill.editor_form import focus_on
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.chip import Chip
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class ThingsSpec:
    """A list of things: its key, what one is called, what one begins as, and how one is taken out.

    `words` says one on its button.
    """

    key: str
    thing: str
    begin: Callable[[Scenario], object]
    words: Callable[[dict[str, Any]], str]
    remove: Callable[[Scenario, Path], Scenario] | None = None


class ThingsField(QWidget):
    """Chooses, adds, moves and removes; `form` shows the chosen one and writes it."""

    def __init__(self, spec: ThingsSpec, pen: Pen, around: Surroundings, form: Any) -> None:  # noqa: ANN401
        super().__init__()
        self.spec = spec
        self.form = form
        self._pen = pen
        self._theme = around.theme
        self._base: Path | None = None
        self._at = 0
        self.buttons: list[Chip] = []
        self.setAccessibleName(f"{spec.thing}s")
        self.add = Button(f"Add {spec.thing.lower()}", "small")
        name = spec.thing.lower()
        self.up = IconButton(around.icons, "chevron_left", f"Move the {name} before the one before it")
        self.down = IconButton(around.icons, "chevron_right", f"Move the {name} behind the next one")
        self.remove = IconButton(around.icons, "trash", f"Remove the {name}")
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)
        self._frame = QFrame()
        self._frame.setProperty("part", "card")
        inner = QVBoxLayout(self._frame)
        inner.setContentsMargins(12, 10, 12, 10)
        inner.addWidget(form)
        bar = QHBoxLayout()
        bar.setSpacing(4)
        for widget in (self.add, self.up, self.down, self.remove):
            bar.addWidget(widget)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._holder)
        column.addWidget(self._frame)
        column.addLayout(bar)
        self.add.clicked.connect(self.add_thing)
        self.remove.clicked.connect(self.remove_thing)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)

    @property
    def path(self) -> Path:
        """Where the list stands."""
        return (*(self._base or ()), self.spec.key)

    def show_at(self, base: Path | None) -> None:
        """Show those of another thing."""
        if base != self._base:
            self._at = 0
        self._base = base
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or not self._pen.is_ready:
            return
        things = self._things()
        self._at = min(max(self._at, 0), max(len(things) - 1, 0))
        if len(things) != len(self.buttons):
            self._make(len(things))
        for at, (button, thing) in enumerate(zip(self.buttons, things, strict=True)):
            words = one_line(self.spec.words(thing))
            button.set_label(words if len(words) <= 34 else f"{words[:33]}…")
            button.setAccessibleName(f"{self.spec.thing} {words}")
            button.setChecked(at == self._at)
        self._holder.setVisible(bool(things))
        self._frame.setVisible(bool(things))
        for widget in (self.up, self.down, self.remove):
            widget.setVisible(bool(things))
        self.up.setEnabled(self._at > 0)
        self.down.setEnabled(self._at < len(things) - 1)
        if things:
            self.form.show_at((*self.path, self._at))
        self._holder.updateGeometry()

    def choose(self, at: int) -> None:
        """Show the form of one of them."""
        self._at = at
        self.refresh()

    def add_thing(self) -> None:
        """One more at the end."""
        things = self._things()
        self._at = len(things)
        self._pen.put((*self.path, len(things)), self.spec.begin(self._pen.scenario), typed=False)
        self.refresh()
        focus_on(self.form.first())

    def remove_thing(self) -> None:
        """Take the chosen one out; undo puts it back."""
        place = (*self.path, self._at)
        if self.spec.remove is not None:
            remove = self.spec.remove
            self._pen.edit(lambda scenario: remove(scenario, place), place)
        else:
            self._pen.put(place, None, typed=False)
        self.refresh()
        focus_on(self.buttons[self._at] if self.buttons else self.add)

    def move_thing(self, by: int) -> None:
        """Take the chosen one before or behind its neighbour."""
        things, to = self._things(), self._at + by
        if 0 <= to < len(things):
            things.insert(to, things.pop(self._at))
            self._at = to
            self._pen.put(self.path, things, typed=False)
            self.refresh()

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place; its thing is chosen."""
        own = self.path
        if self._base is None or path[: len(own)] != own:
            return None
        at = path[len(own)] if len(path) > len(own) else None
        if not isinstance(at, int) or at >= len(self.buttons):
            return self.add
        self.choose(at)
        found: QWidget | None = self.form.field_at(path)
        return found or self.buttons[at]

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong with the chosen one."""
        self.form.show_faults(faults)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_bare = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if is_bare and event.key() in _STEPS and any(button.hasFocus() for button in self.buttons):
            to = min(max(self._at + _STEPS[Qt.Key(event.key())], 0), len(self.buttons) - 1)
            self.choose(to)
            focus_on(self.buttons[to])
        else:
            super().keyPressEvent(event)

    def _things(self) -> list[Any]:
        value = self._pen.value(self.path)
        return list(value) if isinstance(value, list) else []

    def _make(self, count: int) -> None:
        while len(self.buttons) > count:
            button = self.buttons.pop()
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        while len(self.buttons) < count:
            button = Chip("", self._theme)
            button.clicked.connect(self._press)
            self.buttons.append(button)
            self._flow.addWidget(button)

    def _press(self) -> None:
        sender = self.sender()
        if isinstance(sender, Chip) and sender in self.buttons:
            self.choose(self.buttons.index(sender))

    def _move_up(self) -> None:
        self.move_thing(-1)

    def _move_down(self) -> None:
        self.move_thing(1)
