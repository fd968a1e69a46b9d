"""Last step of taking in a list of injects: where to, and what that makes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.drill_record import ScenarioRow
from desktop.services.drill_msel import MselPreview
from desktop.ui.kit.card import Card
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.text import counted

_FIGURES = (("create", "Create"), ("update", "Update"), ("same", "Unchanged"), ("skip", "Skip"))
_NEW = ""


class MselPreviewStep(QWidget):
    """A new scenario or one there is; counts; what was assumed and is missing.

    Signals:
        changed: it is to go somewhere else, or is called otherwise.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Import")
        self.into = Choice("Take it into")
        self.title = QLineEdit()
        self.title.setPlaceholderText("As the file is called")
        self.figures = {key: Label("–", "display") for key, _ in _FIGURES}
        self.sentence = Label("", "heading", wrap=True)
        self.told = Label("", "body", wrap=True)
        self.told.let_select()
        self.error = Label("", "danger", wrap=True)
        self.error.hide()
        self._lay_out()
        self.into.activated.connect(self._other)
        self.title.editingFinished.connect(self.changed)

    @property
    def slug(self) -> str:
        """The scenario to be brought up to date; empty for a new one."""
        return str(self.into.value() or "")

    def offer(self, rows: Sequence[ScenarioRow]) -> None:
        """The scenarios there are."""
        known = ((row.slug, f"Onto “{row.title}”") for row in rows)
        self.into.offer([(_NEW, "A new scenario"), *known])

    def show_preview(self, preview: MselPreview) -> None:
        """What would be done."""
        self.error.hide()
        for key, _ in _FIGURES:
            value = getattr(preview, key)
            self.figures[key].setText(f"{value if isinstance(value, int) else len(value):,}")
        injects = len(preview.create) + len(preview.update)
        self.sentence.setText(
            f"{counted(injects, 'inject')} would come into the draft. Nothing is kept yet."
            if preview.scenario is not None
            else "No row of the list can be an inject."
        )
        self.told.setText("\n".join(f"• {each}" for each in preview.told))
        self._remarks.setVisible(bool(preview.told))

    def show_error(self, sentence: str) -> None:
        """It cannot be done, and why."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def focus_first(self) -> None:
        """Put the focus where the choice is."""
        self.into.setFocus()

    def _other(self) -> None:
        self._title_row.set_visible(not self.slug)
        self.changed.emit()

    def _lay_out(self) -> None:
        form = FormRows()
        form.add_row(
            "Take it into", self.into, "Onto a scenario, injects of the same number are brought up to date."
        )
        self._title_row = form.add_row("Title", self.title)
        counts = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        for at, (key, words) in enumerate(_FIGURES):
            self.figures[key].setAccessibleName(words)
            grid.addWidget(self.figures[key], 0, at)
            grid.addWidget(Label(words, "secondary"), 1, at)
            grid.setColumnStretch(at, 1)
        counts.body.addLayout(grid)
        self._remarks = Card("To do in the editor, and what was assumed")
        self._remarks.body.addWidget(self.told)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(12)
        for widget in (self.sentence, self.error, form, counts, self._remarks):
            column.addWidget(widget)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(inner))
