"""The links, graphs and pieces of logs that messages name: listed, and fetched only when a person says so."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.domain.signal_link import LinkKind
from desktop.ui.escalation.evidence_rows import NamedRow, named_words
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.kit.tip import as_tip
from desktop.ui.text import one_line

_MOST_LINES = 6


class NamedList(QWidget):
    """Nothing in it can be followed by a click: an address is text.

    Signals:
        fetch_requested: (NamedLink) the person wants what it gives, as evidence.
        text_requested: (str) a piece of a log is to be read.
        message_requested: (str) something to say in passing.
    """

    fetch_requested = Signal(object)
    text_requested = Signal(str)
    message_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_fetch = False
        self._why_not = ""
        self._is_fetching = False
        self.model: RowsModel[NamedRow] = RowsModel(_COLUMNS, self)
        self.table = self._made_table()
        self.about = Label("", "hint", wrap=True)
        self.about.let_select()
        self.fetch = Button("Fetch…")
        self.show_text = Button("Show text")
        self.copy = Button("Copy address")
        self.fetch.clicked.connect(self._ask_fetch)
        self.show_text.clicked.connect(self._ask_text)
        self.copy.clicked.connect(self._copy)
        row = FlowLayout(spacing=8)
        for button in (self.fetch, self.show_text, self.copy):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label("Named in messages", "small_strong"))
        column.addWidget(self.table)
        column.addWidget(self.about)
        column.addLayout(row)
        self.hide()

    def show_rows(self, rows: Sequence[NamedRow], *, can_fetch: bool, why_not: str) -> None:
        """Show these; with `why_not` only hosts that are allowed already can be asked."""
        self._can_fetch, self._why_not = can_fetch, why_not
        chosen = self.chosen
        if tuple(rows) != tuple(self.model.rows):
            self.model.set_rows(tuple(rows))
            at = next((n for n, row in enumerate(rows) if chosen and row.shown == chosen.shown), 0)
            line = self.table.verticalHeader().defaultSectionSize()
            head = self.table.horizontalHeader().sizeHint().height()
            self.table.setFixedHeight(line * min(max(len(rows), 1), _MOST_LINES) + head + 4)
            if rows:
                self.table.setCurrentIndex(self.model.index(at, 0))
        self.setVisible(bool(rows))
        self._show_chosen()

    def set_fetching(self, is_fetching: bool) -> None:
        """While one is fetched no other is."""
        self._is_fetching = is_fetching
        self.fetch.set_text("Fetching…" if is_fetching else "Fetch…")
        self._show_chosen()

    @property
    def chosen(self) -> NamedRow | None:
        """The one that is marked."""
        return self.model.row(self.table.currentIndex())

    def _made_table(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName("Links and logs named in messages")
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(max(30, view.fontMetrics().height() + 12))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        view.selectionModel().currentRowChanged.connect(self._show_chosen)
        return view

    def _show_chosen(self, _current: QModelIndex | None = None, _previous: QModelIndex | None = None) -> None:
        row = self.chosen
        link = row.link if row is not None else None
        self.about.setText(named_words(row) if row is not None else "")
        can_ever = self._can_fetch and link is not None and link.can_fetch
        self.fetch.setVisible(can_ever)
        why = self._why_not if link is not None and not link.is_allowed else ""
        self.fetch.setEnabled(not why and not self._is_fetching)
        self.fetch.setToolTip(as_tip(why))
        self.fetch.setAccessibleDescription(why)
        self.copy.setVisible(link is not None)
        self.show_text.setVisible(row is not None and bool(row.text))

    def _ask_fetch(self) -> None:
        row = self.chosen
        if row is not None and row.link is not None and row.link.link.kind is not LinkKind.CONFIRM:
            self.fetch_requested.emit(row.link)

    def _ask_text(self) -> None:
        if self.chosen is not None:
            self.text_requested.emit(self.chosen.text)

    def _copy(self) -> None:
        if self.chosen is not None:
            QGuiApplication.clipboard().setText(self.chosen.shown)
            self.message_requested.emit("The address is copied.")


def _kind(row: NamedRow) -> str:
    return row.kind


def _shown(row: NamedRow) -> str:
    return row.shown.removeprefix("https://")  # the host is what there has to be room for


def _tip(row: NamedRow) -> str:
    return f"{row.kind}, named by {one_line(row.source[:80])}\n{row.shown[:400]}"


_COLUMNS: tuple[Column[NamedRow], ...] = (
    Column("Kind", _kind),
    Column("Address or text", _shown, tip=_tip),
)
