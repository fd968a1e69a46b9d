"""The list of customers, found by a few letters."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.customer import Customer
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.settings.customer_rows import Shown, columns_of, key_of, matching, second, sentence, step
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, one_line

_TABLE_ROWS = 10
_LONGEST = 60


class CustomerList(Card):
    """Search, table, and what can be done with the chosen customer.

    Signals:
        edit_requested, merge_requested, put_away_requested: (Customer) the chosen one.
        add_requested: (str name) a new one, under the name that was looked for in vain.
    """

    edit_requested = Signal(object)
    merge_requested = Signal(object)
    put_away_requested = Signal(object)
    add_requested = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Customers", parent=parent)
        self._all: Sequence[Shown] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find by name, contact, region or tier")
        self.search.setAccessibleName("Find customers")
        self.search.setClearButtonEnabled(True)
        self.archived = CheckBox("Show archived")
        self.count = Label("", "secondary")
        model = TwoLineModel(columns_of(), step=step, sentence=sentence, second=second, strong=(0,))
        self.table = RowTable(model, around.theme, "Customers", key=key_of, stretch=0, spare=(3, 2))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.empty = EmptyState(around.icons)
        self.empty.hide()
        self.edit_button = Button("Edit", keys="Enter")
        self.merge_button = Button("Merge…")
        self.archive_button = Button("Archive", keys="Del")
        self.new_button = Button("Add customer…")
        self.refusal = Label("", "danger", wrap=True)
        self.refusal.hide()
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.archived.toggled.connect(self._filter)
        self.empty.button_pressed.connect(self._answer_empty)
        self.table.opened.connect(self.edit)
        self.table.picked.connect(self._show_buttons)
        self.edit_button.clicked.connect(self.edit)
        self.merge_button.clicked.connect(self.merge)
        self.archive_button.clicked.connect(self.put_away)
        self.new_button.clicked.connect(self.add_new)

    def _lay_out(self) -> None:
        for button in (self.edit_button, self.merge_button, self.archive_button, self.new_button):
            self.add_to_head(button)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.search, 1)
        line.addWidget(self.archived)
        line.addWidget(self.count)
        self.body.addLayout(line)
        for widget in (self.refusal, self.table, self.empty):
            self.body.addWidget(widget)

    def show_customers(self, rows: Sequence[Shown]) -> None:
        """Show these, as far as they match what is looked for."""
        self._all = rows
        self._filter()

    def refuse(self, sentence: str) -> None:
        """Say why nothing was done; nothing takes that away."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def edit(self) -> None:
        """Ask for the form of the chosen customer."""
        if (chosen := self._chosen()) is not None:
            self.edit_requested.emit(chosen)

    def merge(self) -> None:
        """Ask what the chosen customer duplicates."""
        chosen = self._chosen()
        if chosen is not None and chosen.archived_at is None:
            self.merge_requested.emit(chosen)

    def put_away(self) -> None:
        """Ask for the chosen customer to be archived, or brought back."""
        if (chosen := self._chosen()) is not None:
            self.put_away_requested.emit(chosen)

    def add_new(self) -> None:
        """Ask for a new customer."""
        self.add_requested.emit("" if self.table.selected() else self.search.text().strip())

    def take_focus(self) -> None:
        """Go on in the list after a form, or look for somebody where there is none."""
        (self.table if self.table.selected() else self.search).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Delete and self.table.hasFocus():
            self.put_away()
        elif key == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self.edit()
        elif key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus()
        else:
            super().keyPressEvent(event)

    def _filter(self) -> None:
        is_archived_too = self.archived.isChecked()
        at_hand = [row for row in self._all if is_archived_too or row.customer.archived_at is None]
        rows = matching(at_hand, self.search.text())
        is_whole = len(rows) == len(at_hand)
        self.table.show_rows(rows)
        self.table.fit_height(_TABLE_ROWS)
        words = counted(len(rows), "customer") if is_whole else f"{len(rows):,} of {len(at_hand):,}"
        self.count.setText(words)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if not rows and at_hand:
            looked_for = one_line(self.search.text()[:_LONGEST])
            self.empty.show_state("search", f"No customer matches “{looked_for}”.", "", "Clear the search")
        elif not rows:
            words = "They come with the first escalation, with an import, or by hand."
            self.empty.show_state("customer", "There are no customers yet.", words, "Add customer")
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self._chosen()
        is_archived = chosen is not None and chosen.archived_at is not None
        self.edit_button.setEnabled(chosen is not None)
        self.archive_button.setEnabled(chosen is not None)
        self.merge_button.setEnabled(chosen is not None and not is_archived)
        self.archive_button.set_text("Bring back" if is_archived else "Archive")

    def _chosen(self) -> Customer | None:
        rows = self.table.selected()
        return rows[0].customer if rows else None

    def _answer_empty(self) -> None:
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
        else:
            self.add_new()
