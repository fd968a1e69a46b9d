"""Third step of an import: what the file's own words stand for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.ticket_field import BY_KEY
from desktop.domain.ticket_mapping import TicketMapping
from desktop.domain.ticket_words import Word
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.text import counted

_MOST = 40
_REFUSE = "Refuse such rows"


class WordsStep(QWidget):
    """A card for each field with choices: its words, how often each stands there, and what it means.

    Signals:
        changed: a word means something else.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Words")
        self._mapping: TicketMapping | None = None
        self._rows: dict[QComboBox, FormRow] = {}
        self.boxes: dict[tuple[str, str], QComboBox] = {}
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(20, 12, 20, 16)
        self._column.setSpacing(12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(self._inner))

    def show_words(self, mapping: TicketMapping, words: Sequence[Word]) -> None:
        """The words of a file under a mapping; those nobody has translated are marked."""
        self._mapping = mapping
        self._clear()
        by_key: dict[str, list[Word]] = {}
        for word in words:
            by_key.setdefault(word.key, []).append(word)
        said = "Say what the file's words stand for. Rows with a word that stands for nothing are refused."
        if not by_key:
            said = "No field with fixed choices is filled by this file: there is nothing to translate."
        self._column.addWidget(Label(said, "secondary", wrap=True))
        sides = QHBoxLayout()
        sides.setSpacing(16)
        columns = [QVBoxLayout(), QVBoxLayout()]
        lengths = [0, 0]
        for key, own in by_key.items():
            at = 0 if lengths[0] <= lengths[1] else 1
            columns[at].addWidget(self._card(key, own))
            lengths[at] += len(own) + 2
        for column in columns:
            column.setSpacing(12)
            column.addStretch(1)
            sides.addLayout(column, 1)
        self._column.addLayout(sides)
        self._column.addStretch(1)

    def mapping(self) -> TicketMapping | None:
        """The mapping with the words as they are translated here."""
        return self._mapping

    def unknown(self) -> int:
        """How many words stand for nothing."""
        return sum(not box.currentData() for box in self.boxes.values())

    def focus_first(self) -> None:
        """Put the focus on the first word that stands for nothing, else on the first."""
        boxes = list(self.boxes.values())
        for box in [box for box in boxes if not box.currentData()] or boxes:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _card(self, key: str, words: Sequence[Word]) -> Card:
        card = Card(BY_KEY[key].words, counted(len(words), "word"))
        rows = FormRows()
        for word in words[:_MOST]:
            box = QComboBox()
            for value, meaning in BY_KEY[key].choices:
                box.addItem(meaning, value)
            box.addItem(_REFUSE, "")
            box.setCurrentIndex(box.findData(word.meaning))
            box.setAccessibleName(f"{BY_KEY[key].words} “{word.word}” stands for")
            box.activated.connect(self._translate)
            self.boxes[key, word.word] = box
            row = rows.add_row(word.word[:40], box, counted(word.rows, "row"))
            self._rows[box] = row
            self._mark(box)
        card.body.addWidget(rows)
        if len(words) > _MOST:
            card.body.addWidget(Label(f"and {len(words) - _MOST:,} more, as the mapping says", "hint"))
        return card

    def _translate(self) -> None:
        if self._mapping is None:
            return
        for (key, word), box in self.boxes.items():
            if box is self.sender():
                self._mapping = self._mapping.with_values(key, {word: str(box.currentData() or "")})
                self._mark(box)
        self.changed.emit()

    def _mark(self, box: QComboBox) -> None:
        self._rows[box].set_error(
            "" if box.currentData() else "Stands for nothing yet: such rows are refused."
        )

    def _clear(self) -> None:
        self.boxes.clear()
        self._rows.clear()
        _empty(self._column)


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout):
            _empty(inner)
            inner.deleteLater()
