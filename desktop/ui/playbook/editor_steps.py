"""The steps of a playbook: their list, and the chosen one to be written beside or below it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListView, QVBoxLayout, QWidget

from desktop.domain.playbook import Decision, Step
from desktop.domain.playbook_check import MOST_STEPS, Fault
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.playbook.editor_items import Item, StepModel
from desktop.ui.playbook.editor_step_form import StepForm
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_WIDE = 640
_LINES, _FEW_LINES = 16, 7
_ALT = Qt.KeyboardModifier.AltModifier
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class StepsSection(Section):
    """Adds, writes, moves and removes steps; the last one removed can be put back.

    Signals:
        edited: something else is written.
    """

    edited = Signal()

    def __init__(self, around: Surroundings) -> None:
        super().__init__("Steps")
        self._scale = around.theme
        self.model = StepModel(self)
        self.list = StepList()
        self.list.setModel(self.model)
        self.form = StepForm()
        self.empty = Label("No steps yet. Add the first thing to do.", "secondary", wrap=True)
        self.add_button = Button("Add step", "small", keys="Ctrl+Shift+N")
        self.remove_button = IconButton(around.icons, "trash", "Remove the step")
        self.up_button = IconButton(around.icons, "chevron_up", "Move the step up (Alt+Up)")
        self.down_button = IconButton(around.icons, "chevron_down", "Move the step down (Alt+Down)")
        self.back_button = Button("Put the removed step back", "link")
        self._removed: tuple[int, Item] | None = None
        self._lay_out()
        self._connect()

    def offer_decisions(self, decisions: Sequence[Decision]) -> None:
        """What steps can decide."""
        self.form.offer_decisions(decisions)

    def show_steps(self, steps: Iterable[Step], known: Iterable[str]) -> None:
        """Write these; the step that was chosen stays so where it is still there."""
        chosen = self._chosen_id()
        self._removed = None
        self.model.show_steps(steps, known)
        self._choose(max(self.model.row_of(chosen), 0) if self.model.items else -1)
        self._follow()

    def steps(self) -> tuple[Step, ...]:
        """The steps as they are written."""
        return self.model.steps()

    def unread(self) -> tuple[Fault, ...]:
        """What is typed and cannot be read."""
        return tuple(
            Fault(f"steps[{at}].due_after", f"Step {at + 1}: “{item.unread[:40]}” is no length of time.")
            for at, item in enumerate(self.model.items)
            if item.unread
        )

    def add_step(self) -> None:
        """A new step below the chosen one."""
        if len(self.model.items) >= MOST_STEPS:
            return
        self.model.settle()
        row = self.list.currentIndex().row() + 1
        self.model.insert(row, Item(Step("", ""), is_new=True))
        self._choose(row)
        self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def remove_step(self) -> None:
        """Take the chosen step out."""
        row = self.list.currentIndex().row()
        if not 0 <= row < len(self.model.items):
            return
        self.model.settle()
        self._removed = (row, self.model.take(row))
        self._choose(min(row, len(self.model.items) - 1))
        (self.list if self.model.items else self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def put_back(self) -> None:
        """Put the step back that was removed last."""
        if self._removed is None:
            return
        (row, item), self._removed = self._removed, None
        row = min(row, len(self.model.items))
        self.model.insert(row, item)
        self._choose(row)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def move_step(self, by: int) -> None:
        """Take the chosen step up or down."""
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.model.items) and 0 <= row + by < len(self.model.items):
            self.model.move(row, by)
            self._choose(row + by)
            self._tell()

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        bar = [self.add_button, self.up_button, self.down_button, self.remove_button, self.back_button]
        return [*bar, self.list, *self.form.stops()]

    def choose(self, row: int, part: str = "text") -> QWidget | None:
        """Go to a step; gives the field of a part of it."""
        if not 0 <= row < len(self.model.items):
            return None
        self._choose(row)
        return self.form.field_of(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & _ALT and event.key() in _MOVES:
            self.move_step(_MOVES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE * self._scale.text_scale
        wanted = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != wanted:
            self._sides.setDirection(wanted)
        self._fit()

    def _choose(self, row: int) -> None:
        index = self.model.index(row)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self._show(index)

    def _show(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if 0 <= index.row() < len(self.model.items):
            item = self.model.items[index.row()]
            roles = dict.fromkeys(each.step.role for each in self.model.items if each.step.role)
            self.form.offer_roles(tuple(roles))
            self.form.show_step(item.step, index.row() + 1, item.unread)
        self.up_button.setEnabled(index.row() > 0)
        self.down_button.setEnabled(0 <= index.row() < len(self.model.items) - 1)

    def _write(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.model.items):
            self.model.change(row, self.form.step(), self.form.unread())
            self._tell()

    def _settle(self) -> None:
        """The words of a new step are complete: its id stays from now on."""
        self.model.settle()
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.model.items):
            self.form.show_place(row + 1, self.model.items[row].step.id)

    def _chosen_id(self) -> str:
        row, steps = self.list.currentIndex().row(), self.model.steps()
        return steps[row].id if 0 <= row < len(steps) else ""

    def _tell(self) -> None:
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        count = len(self.model.items)
        has_steps = count > 0
        for widget in (self.list, self.form, self.remove_button, self.up_button, self.down_button):
            widget.setVisible(has_steps)
        self.empty.setVisible(not has_steps)
        self.add_button.setEnabled(count < MOST_STEPS)
        self.back_button.setVisible(self._removed is not None)
        self.set_aside(counted(count, "step") if has_steps else "")
        self._fit()

    def _fit(self) -> None:
        """The list is as high as its lines, within limits."""
        is_wide = self._sides.direction() is QBoxLayout.Direction.LeftToRight
        line = max(self.list.sizeHintForRow(0), 24)
        most = _LINES if is_wide else _FEW_LINES
        self.list.setFixedHeight(line * max(1, min(len(self.model.items), most)) + 8)

    def _move_up(self) -> None:
        self.move_step(-1)

    def _move_down(self) -> None:
        self.move_step(1)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._show)
        self.list.move_wanted.connect(self.move_step)
        self.list.remove_wanted.connect(self.remove_step)
        self.list.enter_wanted.connect(self.form.text.setFocus)
        self.form.edited.connect(self._write)
        self.form.words_left.connect(self._settle)
        self.add_button.clicked.connect(self.add_step)
        self.remove_button.clicked.connect(self.remove_step)
        self.back_button.clicked.connect(self.put_back)
        self.up_button.clicked.connect(self._move_up)
        self.down_button.clicked.connect(self._move_down)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self.add_button)
        bar.addWidget(self.up_button)
        bar.addWidget(self.down_button)
        bar.addWidget(self.remove_button)
        bar.addWidget(self.back_button)
        bar.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(16)
        self._sides.addWidget(left, 2)
        self._sides.addWidget(self.form, 3)
        self.body.addWidget(self.empty)
        self.body.addLayout(bar)
        self.body.addLayout(self._sides)


class StepList(QListView):
    """The lines of the steps.

    Signals:
        move_wanted: (int) the chosen step up or down.
        remove_wanted, enter_wanted: the chosen step is to go, or to be written.
    """

    move_wanted = Signal(int)
    remove_wanted = Signal()
    enter_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Steps")
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMinimumWidth(180)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & _ALT and event.key() in _MOVES:
            self.move_wanted.emit(_MOVES[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.enter_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # for the editor: publish
        else:
            super().keyPressEvent(event)
