"""One signal of a replay: how it was then and how it is in the sandbox, side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.services.sandbox import ReplayedSignal
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.signals.sandbox_words import compared
from desktop.ui.text import exact, one_line

_LEAST = 320


class SandboxPane(QFrame):
    """What differs is in strong letters, and said in words above."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "details")
        self.title = Label("", "heading", wrap=True)
        self.came = Label("", "secondary", wrap=True)
        self.changes = Label("", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._cells: list[tuple[Label, Label, Label]] = []
        self._add_line("hint")
        for label, words in zip(self._cells[0], ("", "Then", "In the sandbox"), strict=True):
            label.setText(words)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for label in (self.title, self.came, self.changes):
            label.let_select()
            column.addWidget(label)
        column.addLayout(self._grid)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(body))
        self.setMinimumWidth(_LEAST)
        self.show_row(None)

    def show_row(self, row: ReplayedSignal | None) -> None:
        """Show one, or none."""
        self.title.setText(one_line(row.signal.signal.title) if row is not None else "")
        self.came.setText(
            f"{one_line(row.signal.source)} · came {exact(row.signal.received_at)}" if row is not None else ""
        )
        changes = row.changes if row is not None else ()
        self.changes.setText("\n".join(map(one_line, changes)) or ("Nothing differs." if row else ""))
        lines = compared(row) if row is not None else []
        while len(self._cells) <= len(lines):
            self._add_line("body")
        for at, cells in enumerate(self._cells[1:]):
            is_used = at < len(lines)
            texts = lines[at] if is_used else ("", "", "")
            for cell, text in zip(cells, texts, strict=True):
                cell.setText(text)
                cell.setVisible(is_used)
            cells[2].set_role("strong" if texts[1] != texts[2] else "body")
        for cell in self._cells[0]:
            cell.setVisible(bool(lines))

    def texts(self) -> list[tuple[str, str, str]]:
        """What is compared, as it is shown."""
        shown = [cells for cells in self._cells[1:] if not cells[0].isHidden()]
        return [(name.text(), then.text(), now.text()) for name, then, now in shown]

    def _add_line(self, role: str) -> None:
        row = len(self._cells)
        cells = (Label("", "hint"), Label("", role, wrap=True), Label("", role, wrap=True))
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
            if column:
                cell.let_select()
        self._cells.append(cells)
