"""First step of turning an escalation into a drill: which one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.drill.from_ports import Candidate
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_MOST = 500


class ChooseStep(QWidget):
    """The escalations there are, found by number or words.

    Signals:
        chosen: (int) that one.
        changed: another is the current one.
    """

    chosen = Signal(int)
    changed = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Escalation")
        self._all: Sequence[Candidate] = ()
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find by number or words")
        self.words.setAccessibleName("Find an escalation by number or words")
        self.words.setClearButtonEnabled(True)
        columns = [
            Column[Candidate]("Number", _number, width=150),
            Column[Candidate]("Title", _title, width=400, tip=_title),
        ]
        model = TwoLineModel(columns, step=_no_step, sentence=_sentence)
        self.table = RowTable(model, around.theme, "Escalations", key=_id)
        self.empty = EmptyState(around.icons)
        self.error = Label("", "danger", wrap=True)
        self.error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(12)
        about = (
            "What happened then becomes a drill with invented names. Nothing of the escalation is changed; "
            "deadlines come from the policy, and what the real team needed is shown beside them afterwards."
        )
        column.addWidget(Label(about, "secondary", wrap=True))
        column.addWidget(self.error)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self.words.textChanged.connect(self._filter)
        self.words.returnPressed.connect(self._choose)
        self.table.opened.connect(self._choose)
        self.table.picked.connect(self.changed)
        self._filter()

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """These can be chosen."""
        self._all = candidates
        self._filter()

    def show_error(self, sentence: str) -> None:
        """It cannot be read, and why."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    @property
    def current_id(self) -> int:
        """The chosen one; 0 for none."""
        row = self.table.current() if self.table.isVisibleTo(self) else None
        return row.id if row is not None else 0

    def _filter(self) -> None:
        words = self.words.text().casefold().split()
        found = [
            row for row in self._all if all(word in f"{row.number} {row.title}".casefold() for word in words)
        ]
        self.table.show_rows(found[:_MOST])
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        if self._all:
            self.empty.show_state("search", "No escalation is called so", "Type fewer words.")
        else:
            self.empty.show_state(
                "inbox", "There is no escalation yet", "Drills are made of those that happened."
            )
        self.changed.emit()

    def _choose(self) -> None:
        if self.current_id:
            self.chosen.emit(self.current_id)


def _no_step(_row: Candidate) -> tuple[str, int]:
    return "", -1


def _id(row: Candidate) -> object:
    return row.id


def _number(row: Candidate) -> str:
    return row.number


def _title(row: Candidate) -> str:
    return one_line(row.title)[:300]


def _sentence(row: Candidate) -> str:
    return f"{row.number}, {row.title}"
