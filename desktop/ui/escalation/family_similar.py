"""Escalations that may have the same cause, and what can be done with one of them."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.action_state import ActionState
from desktop.domain.escalation import State
from desktop.domain.rights import Action
from desktop.services.family import Proposal
from desktop.ui.escalation.calls import Answers, family_of
from desktop.ui.escalation.ports import Desk, onlooker_of
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.popover import Popover, top_of_page
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.kit.tip import as_tip
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line

if TYPE_CHECKING:
    from desktop.domain.escalation import Escalation

_WIDTH, _LINES = 760, 8


class Alike(NamedTuple):
    """What was found for one escalation, and what this person may do to it."""

    escalation: "Escalation"
    states: tuple[ActionState, ...]
    proposals: tuple[Proposal, ...]


class SimilarDesk(QObject):
    """Looks for what is alike and shows it over the window.

    Signals:
        wanted: (Action, tuple of ids, answers) a command on one of the two.
        open_requested: (int id)
    """

    wanted = Signal(object, object, object)
    open_requested = Signal(int)

    def __init__(self, desk: Desk, runner: TaskRunner, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._runner = runner
        self._window = window
        self.popover = Popover(window)

    def look(self, escalation_id: int) -> None:
        """Show what is like this one."""
        self._runner.run(partial(_alike, self._desk, escalation_id), self._show, owner=self)

    def _show(self, alike: Alike) -> None:
        listing = SimilarList(alike)
        listing.wanted.connect(self._want)
        listing.open_requested.connect(self._open)
        listing.close_requested.connect(self.popover.close_popover)
        self.popover.show_at(listing, top=top_of_page(self._window))

    def _want(self, action: Action, ids: tuple[int, ...], answers: Answers) -> None:
        self.popover.close_popover()
        self.wanted.emit(action, ids, answers)

    def _open(self, escalation_id: int) -> None:
        self.popover.close_popover()
        self.open_requested.emit(escalation_id)


class SimilarList(QFrame):
    """The proposals, the likeliest first, with the reason for each.

    Signals:
        wanted: (Action, tuple of ids, answers)
        open_requested: (int id) of the marked one.
        close_requested: the person has seen enough.
    """

    wanted = Signal(object, object, object)
    open_requested = Signal(int)
    close_requested = Signal()

    def __init__(self, alike: Alike, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "prompt")
        self._id, self._number = alike.escalation.id, alike.escalation.number
        self._barred: Mapping[Action, str] = {state.action: state.why_not for state in alike.states}
        self.model: RowsModel[Proposal] = RowsModel(_COLUMNS, self)
        self.model.set_rows(alike.proposals)
        self.table = self._made_table()
        self.child = Button("")
        self.parent_ = Button("")
        self.merge = Button("")
        self.open_ = Button("Open it")
        close = Button("Close", keys="Esc")
        for button, slot in (
            (self.child, self._make_child),
            (self.parent_, self._take_in),
            (self.merge, self._merge),
            (self.open_, self._open),
            (close, self.close_requested),
        ):
            button.clicked.connect(slot)
        title = f"Similar to {self._number}"
        self.setAccessibleName(title)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.child, self.parent_, self.merge):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.open_)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(Label(title, "heading"))
        column.addWidget(Label(_said(alike), "secondary", wrap=True))
        column.addWidget(self.table)
        column.addLayout(row)
        found = bool(alike.proposals)
        self.table.setVisible(found)
        for button in (self.child, self.parent_, self.merge, self.open_):
            button.setVisible(found)
        self.setMinimumWidth(_WIDTH if found else 420)
        self.setFocusProxy(self.table if found else close)
        if found:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def showEvent(self, event: QShowEvent) -> None:
        """How high the heading of the table is, is known once it has its looks."""
        super().showEvent(event)
        self._fit(self.table)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(self.minimumSize())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.hasFocus():
            self._open()
        else:
            super().keyPressEvent(event)

    @property
    def chosen(self) -> Proposal | None:
        """The one that is marked."""
        return self.model.row(self.table.currentIndex())

    def _made_table(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName("Similar escalations")
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(max(30, view.fontMetrics().height() + 12))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        for at in range(len(_COLUMNS)):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._fit(view)
        view.selectionModel().currentRowChanged.connect(self._show_chosen)
        view.doubleClicked.connect(self._open)
        return view

    def _fit(self, table: QTableView) -> None:
        table.horizontalHeader().ensurePolished()
        line, head = table.verticalHeader().defaultSectionSize(), table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(line * min(max(len(self.model.rows), 1), _LINES) + head + 8)

    def _show_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        number, ended = chosen.hit.number, ""
        if not chosen.hit.is_open:
            ended = f"{number} is {State(chosen.hit.state).word.lower()}."
        self.child.set_text(f"Make child of {number}")
        self.parent_.set_text("Make it a child of this")
        self.merge.set_text("Merge into it")
        for button, action in (
            (self.child, Action.SET_PARENT),
            (self.parent_, Action.SET_PARENT),
            (self.merge, Action.MERGE),
        ):
            why = self._barred.get(action, "") or ended
            button.setEnabled(not why)
            button.setToolTip(as_tip(why))
            button.setAccessibleDescription(why)
        self.merge.setAccessibleName(f"Merge {self._number} into {number}")

    def _make_child(self) -> None:
        if self.chosen is not None:
            self.wanted.emit(Action.SET_PARENT, (self._id,), {"parent_id": str(self.chosen.hit.id)})

    def _take_in(self) -> None:
        if self.chosen is not None:
            self.wanted.emit(Action.SET_PARENT, (self.chosen.hit.id,), {"parent_id": str(self._id)})

    def _merge(self) -> None:
        if self.chosen is not None:
            self.wanted.emit(Action.MERGE, (self._id,), {"into_id": str(self.chosen.hit.id)})

    def _open(self) -> None:
        if self.chosen is not None:
            self.open_requested.emit(self.chosen.hit.id)


def _alike(desk: Desk, escalation_id: int) -> Alike:
    details = desk.escalations.details.details(escalation_id, onlooker_of(desk))
    return Alike(details.escalation, details.actions, family_of(desk).similar(escalation_id))


def _said(alike: Alike) -> str:
    if not alike.proposals:
        return "Nothing alike was found: neither by the kind of its signals nor by its words."
    return (
        "Parent and child stay apart with their own clocks, and only the parent announces."
        " Merged ones become one."
    )


def _number(proposal: Proposal) -> str:
    return proposal.hit.number


def _title(proposal: Proposal) -> str:
    return one_line(proposal.hit.title[:400])


def _customer(proposal: Proposal) -> str:
    return one_line(proposal.hit.customer[:40])


def _state(proposal: Proposal) -> str:
    return State(proposal.hit.state).word


def _why(proposal: Proposal) -> str:
    return one_line(proposal.why[:60])


_COLUMNS: tuple[Column[Proposal], ...] = (
    Column("Number", _number),
    Column("Title", _title, tip=_title),
    Column("Customer", _customer),
    Column("Stands", _state),
    Column("Why", _why, tip=_why),
)
