"""The evidence of an escalation: listed, attached, opened by a person only, saved, taken off."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.domain.evidence import Evidence
from desktop.ui.escalation.opening import why_not_open
from desktop.ui.kit.button import Button
from desktop.ui.kit.drop import DropArea
from desktop.ui.kit.label import Label
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.text import counted, file_size, moment, one_line

_MOST_LINES = 8


class EvidenceTab(QWidget):
    """The pieces, newest last, with what can be done with the chosen one.

    Signals:
        dropped: (tuple of NewEvidence or Path) something to attach.
        open_requested: (Evidence) the person wants to see it.
        save_requested: (Evidence)
        remove_requested: (Evidence)
    """

    dropped = Signal(object)
    open_requested = Signal(object)
    save_requested = Signal(object)
    remove_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now: datetime | None = None
        self._model: RowsModel[Evidence] = RowsModel(
            (
                Column("Name", _name, tip=_tip),
                Column("Size", _size, align_right=True),
                Column("Added", self._added),
            ),
            self,
        )
        self._list = self._made_list()
        self._about = Label("", "hint", wrap=True)
        self._drop = DropArea()
        self._drop.dropped.connect(self.dropped)
        self._open, self._save, self._remove = Button("Open"), Button("Save as…"), Button("Remove")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button, slot in (
            (self._open, self._ask_open),
            (self._save, self._ask_save),
            (self._remove, self._ask_remove),
        ):
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._list)
        column.addWidget(self._about)
        column.addLayout(row)
        column.addWidget(self._drop)

    def set_evidence(
        self, pieces: Sequence[Evidence], now: datetime, *, can_attach: bool, can_remove: bool
    ) -> None:
        """Show these pieces."""
        self._now = now
        self._can_remove = can_remove
        chosen = self.chosen
        self._model.set_rows(tuple(pieces))
        self._list.setVisible(bool(pieces))
        self._drop.setVisible(can_attach)
        line = self._list.verticalHeader().defaultSectionSize()
        head = self._list.horizontalHeader().sizeHint().height()
        self._list.setFixedHeight(line * min(len(pieces), _MOST_LINES) + head + 4)
        at = next((row for row, piece in enumerate(pieces) if chosen and piece.id == chosen.id), 0)
        if pieces:
            self._list.setCurrentIndex(self._model.index(at, 0))
        self._show_chosen()

    @property
    def chosen(self) -> Evidence | None:
        """The piece that is marked."""
        return self._model.row(self._list.currentIndex())

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
        piece = self.chosen
        for button in (self._open, self._save, self._remove):
            button.setVisible(piece is not None)
        if piece is None or self._now is None:
            self._about.setText("No evidence yet: logs, pictures and messages are kept here, byte for byte.")
            return
        why_not = why_not_open(piece.name)
        came = " It came with a merged escalation." if piece.moved_from_id else ""
        self._about.setText(
            f"Added by {one_line(piece.added_by[:120])}, {moment(piece.added_at, self._now)}."
            f"{came}{f' {why_not}' if why_not else ''}"
        )
        self._open.setEnabled(not why_not)
        self._open.setToolTip(why_not)
        self._remove.setVisible(self._can_remove)

    def _ask_open(self) -> None:
        if self.chosen is not None and not why_not_open(self.chosen.name):
            self.open_requested.emit(self.chosen)

    def _ask_save(self) -> None:
        if self.chosen is not None:
            self.save_requested.emit(self.chosen)

    def _ask_remove(self) -> None:
        if self.chosen is not None:
            self.remove_requested.emit(self.chosen)

    def _added(self, piece: Evidence) -> str:
        return moment(piece.added_at, self._now) if self._now is not None else ""


def title_of(pieces: Sequence[Evidence]) -> str:
    """What the tab is called: "Evidence 4"."""
    return f"Evidence {len(pieces)}" if pieces else "Evidence"


def _name(piece: Evidence) -> str:
    return one_line(piece.name)


def _size(piece: Evidence) -> str:
    return file_size(piece.size)


def _tip(piece: Evidence) -> str:
    return f"{one_line(piece.name)}\n{counted(piece.size, 'byte')}\nSHA-256 {piece.sha256}"
