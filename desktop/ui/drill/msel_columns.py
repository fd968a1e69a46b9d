"""Second step of taking in a list of injects: which column is what, and how its times are meant."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.drill_msel_check import ListMapping, Looked, columns_of, look_through, samples
from desktop.services.drill_msel import MselTable, start_of
from desktop.ui.drill.msel_ports import TARGETS, WORDS
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.text import counted

_LEFT_OUT = -1
_LONGEST = 60
_HALF = 12
_TIMES = (
    ("elapsed", "Hours and minutes since the beginning"),
    ("minutes", "Minutes and seconds since the beginning"),
    ("clock", "Times of day"),
)
_ASK = ""


class _Target(QWidget):
    """One choice of a column, with the button that confirms a suggestion."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target
        self.box = Choice(WORDS[target], least=12)
        self.confirm = Button("Confirm")
        self.confirm.setAccessibleName(f"Confirm the column for {WORDS[target].lower()}")
        self.confirm.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.box, 1)
        line.addWidget(self.confirm)
        self.setFocusProxy(self.box)


class MselColumnsStep(QWidget):
    """A line for each thing a column can be; what is certain is taken, what is likely is to be confirmed.

    Signals:
        changed: the mapping is another.
        keep_wanted: (str name) keep the mapping under that name.
    """

    changed = Signal()
    keep_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Columns")
        self._table: MselTable | None = None
        self._header_at = 0
        self._start: datetime | None = None
        self.targets: dict[str, _Target] = {}
        self.rows: dict[str, FormRow] = {}
        self._guessed: set[str] = set()
        self._looked: Looked | None = None
        self.times = Choice("How times are meant")
        self.start = QLineEdit()
        self.start.setPlaceholderText("2026-03-02T09:00:00+01:00")
        self.start.setAccessibleName("When the story begins")
        self.keep_name = QLineEdit()
        self.keep_name.setPlaceholderText("Name for this mapping")
        self.keep_name.setAccessibleName("Name to keep the mapping under")
        self.keep = Button("Keep mapping")
        self._lay_out()
        self.times.activated.connect(self._look)
        self.start.textChanged.connect(self._look)
        self.keep.clicked.connect(self._keep)
        self.keep_name.returnPressed.connect(self._keep)

    def show_list(self, table: MselTable, header_at: int, mapping: ListMapping) -> None:
        """The columns of a list as a mapping takes them."""
        self._table, self._header_at = table, header_at
        header = table.rows[header_at][1]
        columns = columns_of(header, mapping)
        self._guessed = set(columns.guessed)
        choices: list[tuple[object, str]] = [(_LEFT_OUT, "Not in the list")]
        choices += [(at, name.strip() or f"Column {at + 1}") for at, name in enumerate(header)]
        for target, part in self.targets.items():
            part.box.offer(choices)
            part.box.set_value(columns.at.get(target, _LEFT_OUT))
        self.times.offer([(_ASK, "Choose…"), *_TIMES])
        self.times.set_value(mapping.times)
        self.start.setText(mapping.start.isoformat() if mapping.start else "")
        self._look()

    def mapping(self) -> ListMapping:
        """As it is chosen here."""
        header = self._table.rows[self._header_at][1] if self._table else ()
        columns = {}
        for target, part in self.targets.items():
            at = part.box.value()
            is_taken = isinstance(at, int) and 0 <= at < len(header)
            columns[target] = header[at] if is_taken and isinstance(at, int) else ""
        return ListMapping(columns, str(self.times.value() or ""), start_of(self.start.text()))

    def why_not(self) -> str:
        """What stands in the way of going on; empty for nothing."""
        if self._guessed:
            return f"{counted(len(self._guessed), 'suggestion')} to confirm."
        if not any(isinstance(self._at(target), int) for target in ("title", "body")):
            return "Say which column is the title or the text."
        if self._asks_times and not self.times.value():
            return "Say how the times are meant."
        if self.start.text().strip() and start_of(self.start.text()) is None:
            return "Write when the story begins like 2026-03-02T09:00:00+01:00."
        return ""

    def focus_first(self) -> None:
        """Put the focus where something is to be decided, else at the top."""
        waiting = next((self.targets[each].confirm for each in self.targets if each in self._guessed), None)
        if waiting is not None:
            waiting.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._asks_times and not self.times.value():
            self.times.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.targets["number"].box.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- parts

    @property
    def _asks_times(self) -> bool:
        return bool(self._looked and self._looked.short)

    def _at(self, target: str) -> int | None:
        value = self.targets[target].box.value()
        return value if isinstance(value, int) and value >= 0 else None

    def _chosen(self) -> None:
        sender = self.sender()
        for target, part in self.targets.items():
            if sender in (part.box, part.confirm):
                self._guessed.discard(target)
                if sender is part.confirm:
                    part.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def _look(self) -> None:
        if self._table is None:
            return
        rows = self._table.rows
        self._looked = look_through(rows, self._header_at, self.mapping())
        below = rows[self._header_at + 1 :]
        for target, part in self.targets.items():
            at = self._at(target)
            is_guessed = target in self._guessed
            part.confirm.setVisible(is_guessed)
            said = " · ".join(text[:_LONGEST] for text in samples(below, at)) if at is not None else ""
            row = self.rows[target]
            row.set_error(f"A suggestion: confirm it or choose another. {said}" if is_guessed else "")
            row.set_hint(said or ("Empty in the first rows." if at is not None else ""))
        self._show_times()
        self.changed.emit()

    def _show_times(self) -> None:
        looked = self._looked
        if looked is None:
            return
        self._times_row.set_visible(bool(looked.short))
        self._times_row.set_hint(f"The list says {', '.join(looked.short)}: asked once for the whole list.")
        needs = self.times.value() == "clock" or not looked.short
        self._start_row.set_visible((needs and looked.needs_start) or bool(self.start.text()))

    def _keep(self) -> None:
        self.keep_wanted.emit(self.keep_name.text().strip())

    def _lay_out(self) -> None:
        left, right, times = FormRows(), FormRows(), FormRows()
        for number, (target, words) in enumerate(TARGETS):
            part = self.targets[target] = _Target(target)
            self.rows[target] = (left if number < _HALF else right).add_row(words, part)
            part.box.activated.connect(self._chosen)
            part.confirm.clicked.connect(self._chosen)
        sides = QHBoxLayout()
        sides.setSpacing(28)
        sides.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        sides.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        self._times_row = times.add_row("Times are", self.times)
        self._start_row = times.add_row(
            "The story begins",
            self.start,
            "Date, time and offset; empty lets the drill begin with the first row.",
        )
        keeping = QHBoxLayout()
        keeping.addStretch(1)
        keeping.addWidget(self.keep_name)
        keeping.addWidget(self.keep)
        self.keep_name.setMinimumWidth(200)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 12, 20, 16)
        column.setSpacing(12)
        about = "Which column is what. Columns that nothing is known of are kept in the notes for staff."
        column.addWidget(Label(about, "secondary", wrap=True))
        column.addWidget(times)
        column.addLayout(sides)
        column.addLayout(keeping)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(inner))
