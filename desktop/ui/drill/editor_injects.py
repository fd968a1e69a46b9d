"""The page of injects: their list, and the form of the chosen one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.ui.drill.editor_form import focus_on
from desktop.ui.drill.editor_inject import InjectForm
from desktop.ui.drill.editor_inject_list import InjectList
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings


class InjectsPage(QWidget):
    """The list of injects and the form of the chosen one."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self._pen = pen
        self.list = InjectList(pen, around)
        self.form = InjectForm(pen, around)
        self.empty = Label("No injects yet. Add the first thing that happens.", "secondary", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sides = QSplitter()
        self._sides.setChildrenCollapsible(False)
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.empty)
        inner.addWidget(self.form, 1)
        self._sides.addWidget(self.list)
        self._sides.addWidget(right)
        self._sides.setStretchFactor(0, 2)
        self._sides.setStretchFactor(1, 5)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._sides)
        self.list.chosen.connect(self._show)
        self.list.enter_wanted.connect(self.write)

    def refresh(self) -> None:
        """Show what is written by now."""
        self.list.refresh()
        self._show(self.list.at())

    def choose(self, at: int) -> None:
        """Go to an inject."""
        self.list.choose(at)
        self._show(at)

    def write(self) -> None:
        """Begin to write the chosen one."""
        focus_on(self.form.read.fields["subject"])

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place; its inject is chosen."""
        if len(path) < 2 or not isinstance(path[1], int):
            return self.list.add
        self.choose(path[1])
        return self.form.field_at(path) or self.list.view

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say beside each field what is wrong with it."""
        self.form.show_faults(faults)

    def _show(self, at: int) -> None:
        is_one = 0 <= at < len(self._pen.scenario.injects) if self._pen.is_ready else False
        self.form.setVisible(is_one)
        self.empty.setVisible(not is_one)
        self.form.show_at(("injects", at) if is_one else None)
