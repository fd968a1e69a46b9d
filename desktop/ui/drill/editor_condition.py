"""The condition of an inject, drawn as a tree: groups of all, any and not, with plain conditions in them."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_condition import All, AnyOf, Condition, Elapsed, Not, words
from desktop.domain.drill_condition_document import read_condition, write_condition
from desktop.domain.drill_condition_edit import (
    Steps,
    joined,
    may_join,
    may_wrap,
    part_at,
    turned,
    unwrapped,
    with_part,
    wrapped,
)
from desktop.domain.drill_node import Part, Path
from desktop.ui.drill.editor_condition_row import ConditionRow, begun
from desktop.ui.drill.editor_form import focus_on
from desktop.ui.drill.editor_offers import offered
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import PickField
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings

_JOINS = (("all", "All of these hold"), ("any", "Any of these holds"))


class ConditionGroup(QFrame):
    """The frame of a group; what is in it is added by the tree.

    Signals:
        turned: (str) all or any.
        added, unwrapped, removed: of this group.
    """

    turned = Signal(str)
    added = Signal()
    unwrapped = Signal()
    removed = Signal()

    def __init__(self, condition: Condition, around: Surroundings, *, has_join: bool) -> None:
        super().__init__()
        self.setProperty("part", "card")
        is_not = isinstance(condition, Not)
        self.setAccessibleName("The contrary of this" if is_not else "Group of conditions")
        self.join = PickField("How the conditions of this group are joined", least=14)
        self.join.offer_these(list(_JOINS))
        self.join.show_value("any" if isinstance(condition, AnyOf) else "all")
        self.add = Button("Add condition", "small")
        self.open = Button("Ungroup", "small")
        self.open.setToolTip("Take the group away and keep what is in it")
        self.remove = IconButton(around.icons, "close", "Remove this group with all in it")
        self.open.setEnabled(is_not or (isinstance(condition, All | AnyOf) and len(condition.parts) == 1))
        self.add.setEnabled(has_join)
        head = QHBoxLayout()
        head.setSpacing(6)
        if is_not:
            head.addWidget(Label("The contrary of this holds", "strong"), 1)
            for unused in (self.join, self.add):
                unused.setParent(self)
                unused.hide()
        else:
            head.addWidget(self.join, 1)
            head.addWidget(self.add)
        head.addWidget(self.open)
        head.addWidget(self.remove)
        self.parts = QVBoxLayout()
        self.parts.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 8, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self.parts)
        self.join.edited.connect(self._turn)
        self.add.clicked.connect(self.added)
        self.open.clicked.connect(self.unwrapped)
        self.remove.clicked.connect(self.removed)

    def _turn(self, key: object) -> None:
        self.turned.emit(str(key))


class ConditionField(QWidget):
    """The tree of one inject's condition and, beneath it, the same in words."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self.setAccessibleName("Condition")
        self._pen = pen
        self._around = around
        self._base: Path | None = None
        self._shown: Condition | None = None
        self.rows: dict[Steps, ConditionRow] = {}
        self.groups: dict[Steps, ConditionGroup] = {}
        self._root: QWidget | None = None
        self.add = Button("Add condition", "small")
        self.add.clicked.connect(self.add_first)
        self.said = Label("", "secondary", wrap=True)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(6)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        self._whole.addLayout(below)
        self._whole.addWidget(self.said)
        self._to_focus: Steps | None = None

    @property
    def condition(self) -> Condition | None:
        """What is written."""
        document = self._pen.value((*self._base, "when")) if self._base is not None else None
        return read_condition(Part(document, [])) if document else None

    def show_at(self, base: Path | None) -> None:
        """Show the condition of another inject."""
        self._base = base
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or not self._pen.is_ready:
            return
        now = self.condition
        if _shape(now) != _shape(self._shown) or (now is not None and self._root is None):
            self._shown = now
            self._draw()
        else:
            self._shown = now
            self._fill()

    def add_first(self) -> None:
        """Begin a condition, or join one more to a plain one."""
        now = self.condition
        self._write(self._begun() if now is None else joined(now, (), self._begun()))

    def field_at(self, path: Path) -> QWidget | None:
        """Where its condition is drawn."""
        if self._base is None or path[: len(self._base) + 1] != (*self._base, "when"):
            return None
        first = next(iter(self.rows.values()), None)
        return first.kind if first is not None else self.add

    def _begun(self) -> Condition:
        for kind, name in (("decision", "decisions"), ("expectation", "expectations")):
            if found := offered(self._pen, name):
                return begun(self._pen.scenario, kind, str(found[0][0]))
        return Elapsed(max(self._pen.scenario.pace.duration_s // 2, 60))

    def _write(self, condition: Condition | None, *, typed: bool = False) -> None:
        if self._base is not None:
            value = write_condition(condition) if condition is not None else None
            self._pen.put((*self._base, "when"), value, typed=typed)
            self.refresh()

    def _draw(self) -> None:
        """Draw the tree anew; the focus stays where it was, as far as that is still there."""
        held = QApplication.focusWidget()
        had_focus = self._root is not None and held is not None and self._root.isAncestorOf(held)
        if self._root is not None:
            self._whole.removeWidget(self._root)
            self._root.hide()
            self._root.deleteLater()
        self.rows, self.groups, self._root = {}, {}, None
        if self._shown is not None:
            self._root = self._drawn(self._shown, ())
            self._whole.insertWidget(0, self._root)
        self._fill()
        if had_focus or self._to_focus is not None:
            wanted = self._to_focus if self._to_focus in self.rows else next(iter(self.rows), None)
            focus_on(self.rows[wanted].kind if wanted is not None else self.add)
        self._to_focus = None

    def _drawn(self, condition: Condition, path: Steps) -> QWidget:
        if not isinstance(condition, All | AnyOf | Not):
            row = self.rows[path] = ConditionRow(self._pen, self._around)
            row.edited.connect(self._edit_row)
            row.wrapped.connect(self._wrap_row)
            row.removed.connect(self._remove_part)
            return row
        group = ConditionGroup(condition, self._around, has_join=not isinstance(condition, Not))
        self.groups[path] = group
        parts = (condition.part,) if isinstance(condition, Not) else condition.parts
        for at, part in enumerate(parts):
            group.parts.addWidget(self._drawn(part, (*path, at)))
        group.turned.connect(self._turn)
        group.added.connect(self._join)
        group.unwrapped.connect(self._unwrap)
        group.removed.connect(self._remove_part)
        return group

    def _fill(self) -> None:
        now = self._shown
        self.add.setVisible(now is None or not isinstance(now, All | AnyOf))
        self.add.setEnabled(now is None or may_join(now, ()))
        if now is None:
            self.said.setText("No condition yet.")
            return
        for path, row in self.rows.items():
            row.show_condition(part_at(now, path), may_wrap=may_wrap(now, path))
        for path, group in self.groups.items():
            part = part_at(now, path)
            group.join.show_value("any" if isinstance(part, AnyOf) else "all")
        self.said.setText(f"Comes when {words(now)}.")

    def _path_of(self, sender: QObject | None) -> Steps | None:
        parts: dict[Steps, QWidget] = {**self.rows, **self.groups}
        return next((path for path, part in parts.items() if part is sender), None)

    def _edit_row(self, condition: Condition) -> None:
        path, now = self._path_of(self.sender()), self.condition
        if path is not None and now is not None:
            self._write(with_part(now, path, condition), typed=True)

    def _wrap_row(self, form: str) -> None:
        path, now = self._path_of(self.sender()), self.condition
        if path is not None and now is not None and may_wrap(now, path):
            self._to_focus = (*path, 0)
            self._write(wrapped(now, path, form))

    def _remove_part(self) -> None:
        path, now = self._path_of(self.sender()), self.condition
        if path is not None and now is not None:
            self._to_focus = path
            self._write(with_part(now, path, None))

    def _turn(self, form: str) -> None:
        path, now = self._path_of(self.sender()), self.condition
        if path is not None and now is not None:
            self._write(turned(now, path, form))

    def _join(self) -> None:
        path, now = self._path_of(self.sender()), self.condition
        if path is not None and now is not None:
            found = part_at(now, path)
            count = len(found.parts) if isinstance(found, All | AnyOf) else 0
            self._to_focus = (*path, count)
            self._write(joined(now, path, self._begun()))

    def _unwrap(self) -> None:
        path, now = self._path_of(self.sender()), self.condition
        if path is not None and now is not None:
            self._to_focus = path
            self._write(unwrapped(now, path))


def _shape(condition: Condition | None) -> object:
    """How a condition is drawn: its groups and how many parts they have."""
    if isinstance(condition, Not):
        return ("not", _shape(condition.part))
    if isinstance(condition, All | AnyOf):
        return ("group", *(_shape(part) for part in condition.parts))
    return None if condition is None else "row"
