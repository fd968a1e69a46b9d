"""The evidence of an escalation: what arrived when, read, saved, taken off, added to and given out."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.domain.evidence import Evidence
from desktop.services.arrivals import Arrivals
from desktop.ui.escalation.evidence_links import NamedList
from desktop.ui.escalation.evidence_rows import CameRow, came, came_words, named
from desktop.ui.escalation.evidence_text import EvidenceText, ExportLine
from desktop.ui.escalation.opening import why_not_open
from desktop.ui.kit.button import Button
from desktop.ui.kit.drop import DropArea
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.text import counted, file_size, moment

_MOST_LINES = 8


class EvidenceTab(QWidget):
    """Files and messages, newest last, with what can be done with the chosen one; below, what they name.

    Signals:
        looked_at: (int escalation id) it is in sight: what came from outside is wanted.
        dropped: (tuple of NewEvidence or Path) something to attach.
        open_requested: (Evidence) the person wants to see it.
        save_requested: (CameRow)
        text_requested: (CameRow) it is to be read as text, whatever it is.
        remove_requested: (Evidence)
        export_requested: all of it is to be given out as one file.
    """

    looked_at = Signal(int)
    dropped = Signal(object)
    open_requested = Signal(object)
    save_requested = Signal(object)
    text_requested = Signal(object)
    remove_requested = Signal(object)
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now: datetime | None = None
        self._escalation_id = 0
        self._can_remove = False
        self._pieces: tuple[Evidence, ...] = ()
        self._arrivals = Arrivals(0)
        self._model: RowsModel[CameRow] = RowsModel(
            (
                Column("Name", _name, tip=_tip),
                Column("Size", _size, align_right=True),
                Column("Came", self._came),
            ),
            self,
        )
        self._list = self._made_list()
        self._about = Label("", "hint", wrap=True)
        self._about.let_select()
        self._earlier = Label("", "hint", wrap=True)
        self.text = EvidenceText()
        self.named = NamedList()
        self.exported = ExportLine()
        self._drop = DropArea()
        self._open, self._save, self._remove = Button("Open"), Button("Save as…"), Button("Remove")
        self._read, self.export = Button("Show text"), Button("Export evidence…")
        self._connect()
        self._lay_out()

    def set_evidence(
        self,
        escalation_id: int,
        pieces: Sequence[Evidence],
        now: datetime,
        *,
        can_attach: bool,
        can_remove: bool,
    ) -> None:
        """Show these pieces; what else came follows by `show_arrivals`."""
        if escalation_id != self._escalation_id:
            self._arrivals = Arrivals(escalation_id)
            self.text.close_text()
            self.exported.hide()
        self._escalation_id, self._now, self._pieces = escalation_id, now, tuple(pieces)
        self._can_remove = can_remove
        self._drop.setVisible(can_attach)
        self._show_rows()
        if self.isVisible():
            self.looked_at.emit(escalation_id)

    def show_arrivals(self, arrivals: Arrivals, *, can_fetch: bool, why_not_allow: str) -> None:
        """Show what came from outside, if it is of the escalation shown."""
        if arrivals.escalation_id == self._escalation_id:
            self._arrivals = arrivals
            self._show_rows()
            self.named.show_rows(named(arrivals), can_fetch=can_fetch, why_not=why_not_allow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._escalation_id:
            self.looked_at.emit(self._escalation_id)

    @property
    def chosen(self) -> CameRow | None:
        """The row that is marked."""
        return self._model.row(self._list.currentIndex())

    @property
    def rows(self) -> Sequence[CameRow]:
        """All rows in their order."""
        return self._model.rows

    def _connect(self) -> None:
        self._drop.dropped.connect(self.dropped)
        self._open.clicked.connect(self._ask_open)
        self._save.clicked.connect(self._ask_save)
        self._remove.clicked.connect(self._ask_remove)
        self._read.clicked.connect(self._ask_text)
        self.export.clicked.connect(self.export_requested)
        self.named.text_requested.connect(self.text.show_text)

    def _lay_out(self) -> None:
        row = FlowLayout(spacing=8)
        for button in (self._read, self._open, self._save, self._remove):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._earlier, self._list, self._about):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.text)
        column.addWidget(self.named)
        column.addWidget(self._drop)
        column.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.exported)

    def _show_rows(self) -> None:
        rows = came(self._pieces, self._arrivals)
        chosen = self.chosen
        if rows != tuple(self._model.rows):
            self._model.set_rows(rows)
            at = next((n for n, row in enumerate(rows) if chosen and row.key == chosen.key), 0)
            if rows:
                self._list.setCurrentIndex(self._model.index(at, 0))
        self._list.setVisible(bool(rows))
        line = self._list.verticalHeader().defaultSectionSize()
        head = self._list.horizontalHeader().sizeHint().height()
        self._list.setFixedHeight(line * min(len(rows), _MOST_LINES) + head + 4)
        left_out = self._arrivals.left_out
        self._earlier.setText(
            f"{counted(left_out, 'earlier message')} not listed; an export holds more of them."
        )
        self._earlier.setVisible(left_out > 0)
        if not self._arrivals.links and not self._arrivals.excerpts:
            self.named.hide()
        self._show_chosen()

    def _made_list(self) -> QTableView:
        view = QTableView()
        view.setModel(self._model)
        view.setAccessibleName("Evidence")
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(max(30, view.fontMetrics().height() + 12))
        header = view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        view.selectionModel().currentRowChanged.connect(self._show_chosen)
        view.doubleClicked.connect(self._ask_open)
        return view

    def _show_chosen(self, _current: QModelIndex | None = None, _previous: QModelIndex | None = None) -> None:
        row = self.chosen
        piece = row.evidence if row is not None else None
        self._read.setVisible(row is not None)
        self._save.setVisible(row is not None)
        self._open.setVisible(piece is not None)
        self._remove.setVisible(piece is not None and self._can_remove)
        if row is None:
            self._about.setText("No evidence yet: logs, pictures and messages are kept here, byte for byte.")
            return
        why_not = why_not_open(piece.name) if piece is not None else ""
        self._about.setText("\n".join(filter(None, (came_words(row), why_not))))
        self._open.setEnabled(not why_not)
        self._open.setToolTip(why_not)
        if self.text.is_open and self.text.key != row.key:
            self._ask_text()

    def _ask_open(self) -> None:
        piece = self.chosen.evidence if self.chosen is not None else None
        if piece is None:
            self._ask_text()
        elif not why_not_open(piece.name):
            self.open_requested.emit(piece)

    def _ask_save(self) -> None:
        if self.chosen is not None:
            self.save_requested.emit(self.chosen)

    def _ask_text(self) -> None:
        if self.chosen is not None:
            self.text.expect(self.chosen.key)
            self.text_requested.emit(self.chosen)

    def _ask_remove(self) -> None:
        if self.chosen is not None and self.chosen.evidence is not None:
            self.remove_requested.emit(self.chosen.evidence)

    def _came(self, row: CameRow) -> str:
        return moment(row.came_at, self._now) if self._now is not None else ""


def _name(row: CameRow) -> str:
    return row.name


def _size(row: CameRow) -> str:
    return file_size(row.size)


def _tip(row: CameRow) -> str:
    return f"{row.name}\n{came_words(row)}"
