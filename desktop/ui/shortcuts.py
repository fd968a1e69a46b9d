"""The sheet of all keys, made from the table of actions; can be printed."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.drill_mark import marked_text
from desktop.ui.action_set import ActionSet
from desktop.ui.keys_told import (
    IN_A_DRILL,
    IN_A_MESSAGE,
    IN_A_SCENARIO,
    IN_A_STANDUP,
    MOVEMENT,
    ON_A_HANDOFF,
    ON_A_PLAYBOOK,
    ON_TEMPLATES,
    ON_THE_ROSTER,
)
from desktop.ui.kit.button import Button
from desktop.ui.kit.dialogs import mark_around
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.theme import Theme

_PER_ROW = 2
_ELSEWHERE = (
    ("On the roster", ON_THE_ROSTER),
    ("On a handoff", ON_A_HANDOFF),
    ("In a stand-up", IN_A_STANDUP),
    ("On a playbook", ON_A_PLAYBOOK),
    ("At the console of a drill", IN_A_DRILL),
    ("In the editor of a drill", IN_A_SCENARIO),
    ("On templates", ON_TEMPLATES),
    ("In a message", IN_A_MESSAGE),
)


class ShortcutSheet(QDialog):
    """Every key by menu, with a field to look for one."""

    def __init__(self, actions: ActionSet, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(round(760 * theme.text_scale), round(600 * theme.text_scale))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a key or what it does")
        self.search.setAccessibleName("Find a key or what it does")
        self.search.textChanged.connect(self._fill)
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        printing = Button("Print…")
        printing.clicked.connect(self._print)
        close = Button("Close", "primary", keys="Esc")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(printing)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(ScrollColumn(self._grid_holder), 1)
        column.addLayout(buttons)

    def show_keys(self) -> None:
        """Show the sheet with the keys as they are now."""
        self.search.clear()
        self._fill("")
        self.show()
        self.raise_()
        self.search.setFocus()

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Every key as (menu, what it does, keys)."""
        for keys, words in MOVEMENT:
            yield ("On the board", words, keys)
        for place, known in _ELSEWHERE:
            for keys, words in known:
                yield (place, words, keys)
        for spec in self._actions:
            keys = self._actions.keys_text(spec.id)
            if keys and self._actions[spec.id].isVisible():
                yield (spec.menu.partition("/")[0], spec.text.removesuffix("…"), keys)

    def _fill(self, looked_for: str) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.deleteLater()
        wanted = looked_for.casefold()
        line, shown = 0, ""
        for menu, words, keys in self.lines():
            if wanted not in f"{words} {keys}".casefold():
                continue
            if menu != shown:
                shown = menu
                self._grid.addWidget(Label(menu, "heading"), line, 0, 1, 2)
                line += 1
            self._grid.addWidget(Label(words), line, 0)
            self._grid.addWidget(Label(keys, "strong"), line, 1)
            line += 1
        self._grid.setColumnStretch(0, 1)

    def _print(self) -> None:
        # Printing is rare and its library not small: loaded when somebody prints.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            document = QTextDocument()
            document.setPlainText(self.as_text())
            document.print_(printer)

    def as_text(self) -> str:
        """The sheet as plain text, for paper."""
        parts, shown = ["Escalation Desk: keyboard shortcuts"], ""
        for menu, words, keys in self.lines():
            if menu != shown:
                shown = menu
                parts += ["", menu]
            parts.append(f"{keys}\t{words}")
        return marked_text("\n".join(parts), mark_around(self))
